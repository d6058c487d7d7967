import type { ClockReading } from "../model/clock-reading.ts";
import type { Seconds } from "../model/units.ts";

/** How long the kernel that stamps the log has been up, at the moment /proc/uptime was read. */
export interface HostUptime {
  readonly uptimeS: Seconds;
  /** Half-width from the source's own resolution. */
  readonly errorS: Seconds;
  /** True when /proc/uptime belongs to somebody else (a container's own) and another source had to serve. */
  readonly foreign: boolean;
}

/** A stamp may run ahead of /proc/uptime by drift, never by more than this share (tsc.c calibrates to 500 ppm). */
const maxDrift = 5e-4;
/** Slack for reads that do not happen at the same instant. */
const slackS: Seconds = 2;
/** `btime` is in whole seconds and read at another instant than the clock. */
const btimeSlackS: Seconds = 3;

/**
 * Chooses the uptime that the stamps of this log can belong to, or null when no source fits the newest stamp.
 * In a container /proc/uptime may be virtual (lxcfs) while the log is the physical host's: a stamp beyond the
 * uptime proves it; a process start time (proc(5), field 22) or btime that disagrees tells it.
 */
export function hostUptimeOf(reading: ClockReading, lastStampS: Seconds | null): HostUptime | null {
  const { uptimeS, sinceBootS } = reading;
  const sinceBtimeS =
    reading.beforeMs === null || reading.bootAtMs === null
      ? null
      : (reading.beforeMs - reading.bootAtMs) / 1000;
  const fits = (candidateS: Seconds | null): candidateS is Seconds =>
    candidateS !== null &&
    candidateS >= 0 &&
    (lastStampS === null || lastStampS <= candidateS * (1 + maxDrift) + slackS);

  const disagrees =
    uptimeS === null ||
    (sinceBootS === null
      ? reading.uptimeIsMounted === true ||
        (sinceBtimeS !== null && Math.abs(sinceBtimeS - uptimeS) > btimeSlackS)
      : Math.abs(sinceBootS - uptimeS) > slackS);
  if (fits(uptimeS) && !disagrees) return { uptimeS, errorS: 0.01, foreign: false };
  if (fits(sinceBootS)) return { uptimeS: sinceBootS, errorS: slackS, foreign: true };
  if (fits(sinceBtimeS)) return { uptimeS: sinceBtimeS, errorS: 1, foreign: true };
  return null;
}

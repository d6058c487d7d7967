import type { HostClock } from "../../model/host-facts.ts";
import type { EpochMs, Seconds } from "../../model/units.ts";
import { numberIn, type ProcFiles } from "./proc-files.ts";

/**
 * USER_HZ, the unit of starttime in /proc/PID/stat (include/asm-generic/param.h): 100 on every architecture but
 * the retired alpha and ia64, so that no host need start a getconf for it.
 */
const ticksPerSecond = 100;

/** What /proc/uptime is rounded down to. */
const uptimeStepMs = 10;

/** `date 1795403854.956876596 +0800` from `date '+%s.%N %z'`; busybox has no %N and prints it as it stands. */
const dateLine = /^date (\d{1,11})(?:\.(\d{1,9})|\.%?N)?(?: ([+-])(\d\d)(\d\d))?\s*$/mu;

interface DateReading {
  /** The instant lies in [fromMs, toMs]: a second apart where date has no fraction. */
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
  readonly utcOffsetS: Seconds | null;
}

function parseDate(text: string): DateReading | null {
  const found = dateLine.exec(text);
  if (found === null) return null;
  const [, seconds, fraction, sign, hours, minutes] = found;
  const fromMs = Number(seconds) * 1000 + (fraction === undefined ? 0 : Number(`0.${fraction}`) * 1000);
  const offsetS = Number(hours) * 3600 + Number(minutes) * 60;
  return {
    fromMs,
    toMs: fraction === undefined ? fromMs + 999 : fromMs,
    // `+ 0` because minus zero is another value to Object.is.
    utcOffsetS: sign === undefined ? null : (sign === "-" ? -offsetS : offsetS) + 0,
  };
}

/** `uptime 1809.96 3541.57`: both fields of /proc/uptime (uptime_proc_show, fs/proc/uptime.c). */
function parseUptimeS(text: string): Seconds | null {
  const found = /^uptime (\d{1,12}(?:\.\d+)?)(?: |$)/mu.exec(text)?.[1];
  return found === undefined ? null : Number(found);
}

/** Field 22 of /proc/self/stat, starttime (proc_pid_stat, fs/proc/array.c); the name before it may hold anything. */
function parseStartS(text: string): Seconds | null {
  const line = /^self-stat .*\)(.*)$/mu.exec(text)?.[1];
  const ticks = line?.trim().split(" ")[22 - 3] ?? "";
  return /^\d{1,15}$/u.test(ticks) ? Number(ticks) / ticksPerSecond : null;
}

/** Whether /proc/uptime is a mount of its own (lxcfs); null when no mount at all could be seen. */
function parseUptimeMounted(mountinfo: readonly string[] | undefined): boolean | null {
  if (mountinfo === undefined) return null;
  return mountinfo.some((line) => line.split(" ")[4] === "/proc/uptime");
}

/**
 * The host's clocks from the `clock` and `clock-after` sections and from /proc. `clock-after` holds the uptime
 * once more, or a date where there is no /proc/uptime.
 */
export function parseClock(clockText: string, afterText: string, proc: ProcFiles): Omit<HostClock, "zone"> {
  const before = parseDate(clockText);
  const uptimeS = parseUptimeS(clockText);
  const laterS = parseUptimeS(afterText);
  const bootS = numberIn(proc.get("proc/stat"), /^btime (\d{1,11})$/u);
  let afterMs = parseDate(afterText)?.toMs ?? null;
  if (afterMs === null && before !== null && uptimeS !== null && laterS !== null && laterS >= uptimeS) {
    afterMs = before.toMs + (laterS - uptimeS) * 1000 + uptimeStepMs;
  }
  return {
    beforeMs: before?.fromMs ?? null,
    afterMs,
    uptimeS,
    bootAtMs: bootS === null ? null : bootS * 1000,
    sinceBootS: parseStartS(clockText),
    uptimeIsMounted: parseUptimeMounted(proc.get("proc/self/mountinfo")),
    cpuClock: null,
    utcOffsetS: before?.utcOffsetS ?? null,
  };
}

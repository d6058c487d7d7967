import type { HostClock } from "../../model/host-facts.ts";
import type { EpochMs, Seconds } from "../../model/units.ts";
import { numberIn, type ProcFiles } from "./proc-files.ts";

/**
 * USER_HZ, the unit of starttime in /proc/PID/stat (include/asm-generic/param.h): 100 on every architecture but
 * the retired alpha and ia64, so that no host need start a getconf for it.
 */
const ticksPerSecond = 100;

/** What /proc/uptime is rounded down to; a container's own may tell whole seconds (lxcfs, proc_uptime_read). */
const [uptimeStepMs, wholeStepMs] = [10, 1000];

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

/** `uptime 1809.96 3541.57`: both fields of /proc/uptime (uptime_proc_show, fs/proc/uptime.c), as they were read then. */
function parseUptimeS(text: string, look: "began" | "uptime" | "ended"): Seconds | null {
  const found = new RegExp(`^${look} (\\d{1,12}(?:\\.\\d+)?)(?: |$)`, "mu").exec(text)?.[1];
  return found === undefined ? null : Number(found);
}

/** `cpu_clk                                 : 5213612.170093`: milliseconds of local_clock() (kernel/sched/debug.c). */
function parseCpuClockS(text: string): Seconds | null {
  const found = /^cpu_clk +: (\d{1,14}\.\d{6})\s*$/mu.exec(text)?.[1];
  return found === undefined ? null : Number(found) / 1000;
}

/** The latest that the host's clock can have shown when the uptime was looked at again; null without both looks. */
function afterUptime(date: DateReading | null, fromS: Seconds | null, toS: Seconds | null): EpochMs | null {
  if (date === null || fromS === null || toS === null || toS < fromS) return null;
  const isWhole = Number.isInteger(fromS) && Number.isInteger(toS);
  return date.toMs + (toS - fromS) * 1000 + (isWhole ? wholeStepMs : uptimeStepMs);
}

/** What a visit wrote into the kernel's log: the line's word, and when it was written by the host's clock. */
export interface WrittenMark {
  readonly word: string;
  readonly beforeMs: EpochMs;
  readonly afterMs: EpochMs;
}

/** The mark section: `word 3f81c0a94d2e7b65`, with a date and looks at the uptime before and after; null where one is missing. */
export function parseWrittenMark(text: string): WrittenMark | null {
  const word = /^word ([A-Za-z0-9]{16,64})$/mu.exec(text)?.[1];
  const date = parseDate(text);
  const afterMs = afterUptime(date, parseUptimeS(text, "began"), parseUptimeS(text, "uptime"));
  if (word === undefined || date === null || afterMs === null) return null;
  return { word, beforeMs: date.fromMs, afterMs };
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
  const uptimeS = parseUptimeS(clockText, "uptime");
  // Old answers tell no uptime before the date.
  const beganS = parseUptimeS(clockText, "began") ?? uptimeS;
  const cpuClockS = parseCpuClockS(clockText);
  const cpuAfterMs = afterUptime(before, beganS, parseUptimeS(clockText, "ended"));
  const bootS = numberIn(proc.get("proc/stat"), /^btime (\d{1,11})$/u);
  const afterMs =
    parseDate(afterText)?.toMs ?? afterUptime(before, beganS, parseUptimeS(afterText, "uptime"));
  return {
    beforeMs: before?.fromMs ?? null,
    afterMs,
    uptimeS,
    bootAtMs: bootS === null ? null : bootS * 1000,
    sinceBootS: parseStartS(clockText),
    uptimeIsMounted: parseUptimeMounted(proc.get("proc/self/mountinfo")),
    cpuClock:
      cpuClockS === null || before === null || cpuAfterMs === null
        ? null
        : { stampS: cpuClockS, beforeMs: before.fromMs, afterMs: cpuAfterMs },
    utcOffsetS: before?.utcOffsetS ?? null,
  };
}

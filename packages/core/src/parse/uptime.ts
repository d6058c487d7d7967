import type { Seconds } from "../model/units.ts";
import type { Uptime } from "../model/uptime.ts";

// 04:46:40 up 12 days,  2:46,  1 user,  load average: 0.20, 0.10, 0.05      procps
// 16:42:10 up 8 days 23:11, load average: 0.02, 0.01, 0.00                   uutils, busybox
// 4:42pm  up 4496 day(s), 21:19,  2 users,  load average: 1.21, 2.88, 0.80   Solaris
const upPattern = /\bup\s+(.{1,80}?)(?=,?\s*\d{1,6} users?\b|,?\s*load averages?:|\s*$)/i;
const loadPattern =
  /load averages?:\s*(\d{1,6}[.,]\d{1,3}),?\s+(\d{1,6}[.,]\d{1,3}),?\s+(\d{1,6}[.,]\d{1,3})/i;

/** What `uptime` prints is shorter than this. */
const longestLine = 400;

/** Words of durations and what one of each lasts. `hr(s)` and `min(s)` are Solaris and AIX, a year is procps' 365 days. */
const units: readonly (readonly [pattern: RegExp, seconds: Seconds])[] = [
  [/^(\d{1,6}) ?decades?\b,?/i, 315_360_000],
  [/^(\d{1,6}) ?years?\b,?/i, 31_536_000],
  [/^(\d{1,6}) ?weeks?\b,?/i, 604_800],
  [/^(\d{1,6}) ?day(?:s|\(s\))?(?!\w),?/i, 86_400],
  [/^(\d{1,6}) ?(?:hours?|hrs?(?:\(s\))?)(?!\w),?/i, 3600],
  [/^(\d{1,6}) ?(?:minutes?|mins?(?:\(s\))?)(?!\w),?/i, 60],
  [/^(\d{1,6}) ?(?:seconds?|secs?(?:\(s\))?)(?!\w),?/i, 1],
];

/** Reads what `uptime` prints: that of procps (`-p` too), busybox, uutils, Solaris, the BSDs. What it does not say is null. */
export function parseUptime(text: string): Uptime {
  const lines = text.split("\n").map((one) => one.slice(0, longestLine));
  const line = lines.find((one) => /\bup\s/.test(one) || loadPattern.test(one)) ?? "";
  const up = upPattern.exec(line)?.[1];
  const users = /(?:^|[\s,])(\d{1,6}) users?\b/.exec(line)?.[1];
  const load = loadPattern.exec(line);
  return {
    uptimeS: up === undefined ? null : parseDuration(up),
    users: users === undefined ? null : Number(users),
    load1: loadOf(load?.[1]),
    load5: loadOf(load?.[2]),
    load15: loadOf(load?.[3]),
  };
}

function loadOf(digits: string | undefined): number | null {
  return digits === undefined ? null : Number(digits.replace(",", "."));
}

/** `12 days,  2:46`, `3 min`, `2:46`; null when any of it is not understood: half a duration is a wrong one. */
function parseDuration(text: string): Seconds | null {
  let rest = text.trim().replace(/,$/, "");
  if (rest === "") return null;
  let seconds = 0;
  while (rest !== "") {
    const clock = /^(\d{1,2}):(\d{2})$/.exec(rest);
    if (clock !== null) return seconds + Number(clock[1]) * 3600 + Number(clock[2]) * 60;
    const [pattern, each] = units.find(([one]) => one.test(rest)) ?? [];
    const match = pattern?.exec(rest);
    if (match === undefined || match === null || each === undefined) return null;
    seconds += Number(match[1]) * each;
    rest = rest.slice(match[0].length).trim();
  }
  return seconds;
}

import type { Alert } from "../model/alert.ts";
import type { EpochMs, Seconds } from "../model/units.ts";
import { isoHead, rfc3164Head } from "./kernel-log/syslog-head.ts";
import { parseTimeOfDay } from "./time-of-day.ts";

/** A time as monitoring systems write it; null where it is none that is known. */
export function parseAlertTime(text: string): Alert["written"] | null {
  // [1430331827] and 1430331827.125, 1430331827125: seconds (Nagios) or milliseconds since 1970
  const [, whole, fraction = ""] = /^\[?(\d{10}|\d{13})(?:\.(\d{1,6}))?\]?$/.exec(text) ?? [];
  if (whole !== undefined) return sinceEpoch(whole, fraction);
  // 2015-04-30 02:23
  const toSeconds = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d$/.test(text) ? `${text}:00` : text;
  const head = isoHead(`${toSeconds} `) ?? rfc3164Head(`${toSeconds} `);
  if (head !== null) {
    return head.written === null || toSeconds === text ? head.written : { ...head.written, resolutionS: 60 };
  }
  return parseTimeOfDay(text);
}

function sinceEpoch(whole: string, fraction: string): Alert["written"] {
  const isMillis = whole.length === 13;
  const localMs: EpochMs = isMillis
    ? Number(whole)
    : Number(whole) * 1000 + Number(`0.${fraction || 0}`) * 1000;
  const resolutionS: Seconds = isMillis ? 0.001 : 10 ** -fraction.length;
  return { localMs, hasYear: true, offsetS: 0, resolutionS, by: "received" };
}

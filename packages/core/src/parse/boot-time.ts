import type { WrittenTime } from "../model/kernel-record.ts";
import { isoHead } from "./kernel-log/syslog-head.ts";

// 2026-01-02 03:04:05     uptime -s (procps 3.3.3)
const pattern = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;

/** Boot time, to the second and local to the host, as `uptime -s` prints it; null where there is no such line. */
export function parseBootTime(text: string): WrittenTime | null {
  const line = text.split("\n", 20).find((one) => pattern.test(one.trim()));
  return line === undefined ? null : (isoHead(`${line.trim()} `)?.written ?? null);
}

import type { KernelRecord } from "../../model/kernel-record.ts";
import { lineFormat } from "./line-format.ts";
import type { LogFormat } from "./log-format.ts";
import { syslogRecord } from "./syslog-record.ts";
import { rfc3164Head } from "./syslog-head.ts";

/** `[W] `: the first letter of the level. */
const levelPattern = /^\[([CEWNID])\] /;
const levels: Readonly<Record<string, number>> = { C: 2, E: 3, W: 4, N: 5, I: 6, D: 7 };

/** The log of Keenetic routers: `[W] Oct 22 20:02:33 kernel: msg`. */
export const keeneticFormat: LogFormat = lineFormat({ name: "keenetic", peel });

function peel(line: string, at: number): KernelRecord | null {
  const level = levelPattern.exec(line);
  if (level === null) return null;
  const rest = line.slice(level[0].length);
  const head = rfc3164Head(rest);
  return head === null ? null : { ...syslogRecord(rest, at, head), level: levels[level[1] ?? ""] ?? null };
}

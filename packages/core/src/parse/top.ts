import type { Process } from "../model/process-snapshot.ts";
import type { TopScreen } from "../model/top-screen.ts";
import type { Seconds } from "../model/units.ts";
import type { PsColumn } from "./ps/ps-columns.ts";
import { psColumnsOf } from "./ps/ps-columns.ts";
import { readTable } from "./ps/read-table.ts";
import { parseTimeOfDay } from "./time-of-day.ts";
import { parseTopMemory } from "./top-memory.ts";
import { parseUptime } from "./uptime.ts";
import { withoutEscapes } from "./without-escapes.ts";

// top - 09:44:49 up 278 days, 19:17,  2 users,  load average: 0.45, 0.69, 0.44      procps, toprc: summary_show
const firstOfProcps = /^top - /;
// Mem: 449532K used, 159356K free, 0K shrd, 0K buff, 13991K cached                  busybox, procps/top.c
const firstOfBusybox = /^Mem: \d{1,20}K used,/;

/** Reads what top prints (procps 3.2 on, busybox): one screen after another, the last one perhaps cut by the file's end. */
export function parseTop(text: string): readonly TopScreen[] {
  const lines = withoutEscapes(text).split(/\r?\n/);
  const starts = lines.flatMap((line, at) =>
    firstOfProcps.test(line) || firstOfBusybox.test(line) ? [at] : [],
  );
  const header = lines.findIndex((line) => isTopHeader(line));
  // A table alone, its summary cut off or switched off.
  const from = header !== -1 && header < (starts[0] ?? Infinity) ? [0, ...starts] : starts;
  return from.map((at, index) => readScreen(lines.slice(at, from[index + 1])));
}

/** Whether a line is the header of a table of top, which no ps prints. */
export function isTopHeader(line: string): boolean {
  return psColumnsOf(line)?.some(({ heading }) => /^(?:VIRT|RES|TIME\+|%VSZ)$/.test(heading)) ?? false;
}

function readScreen(lines: readonly string[]): TopScreen {
  const at = lines.findIndex((line) => isTopHeader(line));
  const summary = lines.slice(0, at === -1 ? undefined : at);
  const columns = at === -1 ? null : psColumnsOf(lines[at] ?? "");
  return {
    timeOfDayS: timeOfDayOf(summary),
    uptime: parseUptime(summary.filter((line) => /load average/i.test(line)).join("\n")),
    memory: parseTopMemory(summary),
    processes: columns === null ? [] : processesOf(summary, lines.slice(at + 1), columns),
  };
}

function processesOf(
  summary: readonly string[],
  rows: readonly string[],
  columns: readonly PsColumn[],
): readonly Process[] {
  // Threads: 512 total,   1 running, …       top -H
  const areThreads = summary.some((line) => line.startsWith("Threads:"));
  return areThreads ? [] : readTable(rows, columns, true);
}

function timeOfDayOf(summary: readonly string[]): Seconds | null {
  const [, time = ""] =
    /^top - (\d{1,2}:\d\d(?::\d\d)?) /.exec(summary.find((line) => firstOfProcps.test(line)) ?? "") ?? [];
  return parseTimeOfDay(time)?.timeOfDayS ?? null;
}

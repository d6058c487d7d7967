import type { Process } from "../../model/process-snapshot.ts";
import { toKiB } from "../size-kib.ts";
import type { PsCells } from "./cut-row.ts";
import { rowCutter } from "./cut-row.ts";
import { areNames, nameOf, nameOfArgs, withoutForest } from "./process-name.ts";
import type { PsColumn, PsField } from "./ps-columns.ts";

/** pid_t is an int, uid_t an unsigned int: no larger number is one. */
const [mostPids, mostUids] = [2 ** 31, 2 ** 32];

/**
 * Reads the rows below a header of ps or top. Rows that do not fit the columns are left out, and so are threads: of the
 * rows of one pid the first counts. `namesByDefault`: whether a COMMAND of which nothing else tells holds names.
 */
export function readTable(
  lines: readonly string[],
  columns: readonly PsColumn[],
  namesByDefault: boolean,
): readonly Process[] {
  const rows = lines.map(rowCutter(columns)).filter((row) => row !== null);
  const commandAt = columns.flatMap(({ field }, at) => (field === "command" ? [at] : []));
  const [firstAt, secondAt] = commandAt;
  const commands = firstAt === undefined ? [] : rows.map((row) => withoutForest(row[firstAt] ?? ""));
  // `ps` and `ps -e` print names, and so do columns of a fixed width.
  const isPlain = columns.map(({ heading }) => heading).join(" ") === "PID TTY TIME CMD";
  const isInside = firstAt !== undefined && firstAt < columns.length - 1;
  const hasNames = secondAt !== undefined || areNames(commands, namesByDefault || isPlain || isInside);
  const seen = new Set<number>();
  return rows.flatMap((row, at) => {
    const args = secondAt === undefined ? null : (row[secondAt] ?? "");
    const read = processOf(row, columns, commands[at] ?? "", args, hasNames);
    if (read === null || seen.has(read.pid)) return [];
    seen.add(read.pid);
    return [read];
  });
}

/** With two COMMAND columns the first is the name, the second the arguments. */
function processOf(
  row: PsCells,
  columns: readonly PsColumn[],
  command: string,
  second: string | null,
  hasNames: boolean,
): Process | null {
  const text = (field: PsField): string | null =>
    row[columns.findIndex((column) => column.field === field)] ?? null;
  const pid = idOf(text("pid"), mostPids);
  const args = withoutForest(second ?? (hasNames ? "" : command));
  const name = hasNames ? nameOf(command) : nameOfArgs(args);
  if (pid === null || name === "") return null;
  const uidText = text("uid");
  return {
    pid,
    ppid: idOf(text("ppid"), mostPids),
    uid: idOf(uidText, mostUids),
    // -ef heads the user's name UID.
    user: text("user") ?? (/^(?:\d{1,4096}|[-?])$/.test(uidText ?? "-") ? null : uidText),
    rssKiB: toKiB(text("rss")),
    vszKiB: toKiB(text("vsz")),
    startText: said(text("start")),
    name,
    args: args === "" ? null : args,
  };
}

function said(text: string | null): string | null {
  return text === "-" || text === "?" ? null : text;
}

function idOf(text: string | null, most: number): number | null {
  return text !== null && /^\d{1,10}$/.test(text) && Number(text) < most ? Number(text) : null;
}

import type { Process } from "../model/process-snapshot.ts";
import type { KiB } from "../model/units.ts";

/** How one column of ps is read. `take` cuts its text off the front of the row; null: the row is not one. */
type Take = (rest: string) => readonly [text: string, rest: string] | null;

type Field = "pid" | "ppid" | "uid" | "user" | "rss" | "vsz" | "start" | "name" | "args";

/** The columns of ps that are understood, by their heading; a column that is not here is skipped as one word. */
const headings = new Map<string, Field>([
  ["PID", "pid"],
  ["PPID", "ppid"],
  ["UID", "uid"],
  ["USER", "user"],
  ["RSS", "rss"],
  ["VSZ", "vsz"],
  ["STARTED", "start"],
  ["COMMAND", "name"],
  ["CMD", "name"],
]);

const word: Take = (rest) => {
  const found = /^(\S{1,4096})\s{0,64}/.exec(rest);
  return found === null ? null : [found[1] ?? "", rest.slice(found[0].length)];
};
/** lstart: `Sun Apr 19 02:57:58 2015`, in the words of the host's language. */
const fiveWords: Take = (rest) => {
  const found = /^(\S{1,40} {1,4}\S{1,40} {1,4}\S{1,40} {1,4}\S{1,40} {1,4}\S{1,40}) ?/.exec(rest);
  return found === null ? null : [found[1] ?? "", rest.slice(found[0].length)];
};
/** A name may hold blanks: its column has a fixed width, and all but the last column are padded to it. */
const columnOf =
  (width: number): Take =>
  (rest) => [rest.slice(0, width).trimEnd(), rest.slice(width + 1)];
const lineEnd: Take = (rest) => [rest.trimEnd(), ""];

/** More columns than anybody asks for. */
const mostColumns = 64;

/**
 * Reads the processes that ps prints, by its header line; text before the header (warnings of old procps) is
 * passed over. With two COMMAND columns the first is the name, the second the arguments; a COMMAND alone, as plain
 * busybox prints it, is the arguments.
 */
export function parsePs(text: string): readonly Process[] {
  const lines = text.split("\n");
  const at = lines.findIndex((line) => /^\s*PID\s/.test(line));
  const columns = at === -1 ? [] : columnsOf(lines[at] ?? "");
  return lines
    .slice(at + 1)
    .map((line) => parseRow(line, columns))
    .filter((process) => process !== null);
}

function columnsOf(header: string): readonly { readonly field: Field | null; readonly take: Take }[] {
  const found = [...header.matchAll(/\S+/g)]
    .slice(0, mostColumns)
    .map(({ 0: heading, index }) => ({ heading, index }));
  return found.map(({ heading, index }, at) => {
    const isLast = at === found.length - 1;
    const field = headings.get(heading) ?? null;
    if (isLast) return { field: heading === "COMMAND" ? "args" : field, take: lineEnd };
    if (heading === "STARTED") return { field, take: fiveWords };
    const next = found[at + 1];
    if (field === "name" && next !== undefined) return { field, take: columnOf(next.index - index - 1) };
    return { field, take: word };
  });
}

function parseRow(line: string, columns: ReturnType<typeof columnsOf>): Process | null {
  const texts = new Map<Field, string>();
  let rest = line.trimStart();
  for (const { field, take } of columns) {
    const taken = take(rest);
    if (taken === null) return null;
    rest = taken[1];
    if (field !== null) texts.set(field, taken[0]);
  }
  const pid = idOf(texts.get("pid"), mostPids);
  const args = texts.get("args") ?? "";
  const name = texts.get("name") ?? nameOf(args);
  if (pid === null || name === "") return null;
  return {
    pid,
    ppid: idOf(texts.get("ppid"), mostPids),
    uid: idOf(texts.get("uid"), mostUids),
    user: texts.get("user") ?? null,
    rssKiB: toKiB(texts.get("rss")),
    vszKiB: toKiB(texts.get("vsz")),
    startText: texts.get("start") ?? null,
    name,
    args: args === "" ? null : args,
  };
}

/** `[kworker/0:1]` is a kernel thread and `{sh} /bin/sh -c …` a thread's own name; else what the path ends in. */
function nameOf(args: string): string {
  const [, bracketed] = /^[[{](.{1,64}?)[\]}](?:\s|$)/.exec(args) ?? [];
  const [path = ""] = args.split(" ", 1);
  return bracketed ?? path.slice(path.lastIndexOf("/") + 1);
}

/** pid_t is an int, uid_t an unsigned int: no larger number is one. */
const [mostPids, mostUids] = [2 ** 31, 2 ** 32];

function idOf(text: string | undefined, most: number): number | null {
  return text !== undefined && /^\d{1,10}$/.test(text) && Number(text) < most ? Number(text) : null;
}

const unitKiB = new Map([
  ["", 1],
  ["k", 1],
  ["m", 1024],
  ["g", 1024 ** 2],
  ["t", 1024 ** 3],
]);

/** procps counts KiB; busybox writes large sizes as `124m` or `1.2g`. */
function toKiB(text: string | undefined): KiB | null {
  const [, amount, unit = ""] = /^(\d{1,12}(?:\.\d{1,3})?)([kmgt]?)$/i.exec(text ?? "") ?? [];
  const sizeKiB = Math.round(Number(amount) * (unitKiB.get(unit.toLowerCase()) ?? 1));
  return Number.isSafeInteger(sizeKiB) ? sizeKiB : null;
}

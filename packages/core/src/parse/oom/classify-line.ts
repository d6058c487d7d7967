import { parseConstraint } from "./lines/constraint.ts";
import type { ConstraintLine } from "./lines/constraint.ts";
import { parseCpuLine } from "./lines/cpu-line.ts";
import type { CpuLine } from "./lines/cpu-line.ts";
import { parseDetail } from "./lines/detail.ts";
import type { DetailLine } from "./lines/detail.ts";
import { parseGroupKill } from "./lines/group-kill.ts";
import type { GroupKillLine } from "./lines/group-kill.ts";
import { parseHeader } from "./lines/header.ts";
import type { HeaderLine } from "./lines/header.ts";
import { parseKill } from "./lines/kill.ts";
import type { KillLine } from "./lines/kill.ts";
import { parseManual } from "./lines/manual.ts";
import type { ManualLine } from "./lines/manual.ts";
import { parseMemcg } from "./lines/memcg.ts";
import type { MemcgLine } from "./lines/memcg.ts";
import { parseNotAKill } from "./lines/not-a-kill.ts";
import type { NotAKillLine } from "./lines/not-a-kill.ts";
import { parsePanic } from "./lines/panic.ts";
import type { PanicLine } from "./lines/panic.ts";
import { parseReaper } from "./lines/reaper.ts";
import type { ReaperLine } from "./lines/reaper.ts";
import { parseSelection } from "./lines/selection.ts";
import type { SelectionLine } from "./lines/selection.ts";
import { parseSharing } from "./lines/sharing.ts";
import type { SharingLine } from "./lines/sharing.ts";
import { parseMemInfo } from "./lines/show-mem.ts";
import type { MemInfoLine } from "./lines/show-mem.ts";
import { parseTableHeader } from "./lines/task-table.ts";
import type { TableHeaderLine } from "./lines/task-table.ts";

/** A line of an OOM report whose meaning does not hang on the lines around it; task rows do. */
export type OomLine =
  | ConstraintLine
  | CpuLine
  | DetailLine
  | GroupKillLine
  | HeaderLine
  | KillLine
  | ManualLine
  | MemInfoLine
  | MemcgLine
  | NotAKillLine
  | PanicLine
  | ReaperLine
  | SelectionLine
  | SharingLine
  | TableHeaderLine;

/** One kind of line: a sign that is cheap to look for, then the one function that reads it. */
interface LineKind {
  readonly sign: string;
  readonly parse: (text: string) => OomLine | null;
}

/** Kinds that may stand anywhere in a log. A further kind is one row in one of these tables and one file. */
const anywhere: readonly LineKind[] = [
  { sign: "oom-killer:", parse: parseHeader },
  { sign: "oom-kill:", parse: parseConstraint },
  { sign: " exited, free=", parse: parseReaper },
  { sign: "illed process", parse: parseKill },
  { sign: "killing process", parse: parseKill },
  { sign: "sharing same memory", parse: parseSharing },
  { sign: "ill process", parse: parseSelection },
  { sign: "have killed", parse: parseNotAKill },
  { sign: "already exiting", parse: parseNotAKill },
  { sign: "oom_reaper: ", parse: parseReaper },
  { sign: "oom killer ", parse: parseReaper },
  { sign: "oom.group", parse: parseGroupKill },
  { sign: "total_vm", parse: parseTableHeader },
  { sign: "no killable", parse: parsePanic },
  { sign: "not syncing", parse: parsePanic },
  { sign: "Manual OOM", parse: parseManual },
];

/** Kinds that mean something only inside a report. */
const inside: readonly LineKind[] = [
  { sign: "omm: ", parse: parseCpuLine },
  { sign: " limit", parse: parseMemcg },
  { sign: "Mem-", parse: parseMemInfo },
  { sign: " swap", parse: parseMemInfo },
  { sign: "free:", parse: parseMemInfo },
  { sign: "slab_unreclaimable:", parse: parseMemInfo },
  { sign: "pagetables:", parse: parseMemInfo },
  { sign: " RAM", parse: parseMemInfo },
  { sign: "*", parse: parseMemInfo },
  { sign: "", parse: parseDetail },
];

/** All signs of `anywhere`, for one look at each of the many lines that are no part of any report. */
const anySign =
  /oom|ill(?:ed|ing)? process|have killed|already exiting|total_vm|no killable|not syncing|Manual OOM/;

/** What a record of the kernel log says in an OOM report, or null; `isInside`: the dump of a report is going on. */
export function classifyLine(text: string, isInside: boolean): OomLine | null {
  const line = anySign.test(text) ? firstOfLines(text) : null;
  // What begins with a bracket is a row of the table, whatever its task is named.
  return line ?? (isInside && !text.startsWith("[") ? firstOf(inside, text) : null);
}

/** The message is the first line of its record: others may have been hung on it. A name may hold a line break, though. */
function firstOfLines(text: string): OomLine | null {
  const end = text.indexOf("\n");
  if (end === -1) return firstOrCut(text);
  const start = text.slice(0, end);
  const line = firstOrCut(start);
  const isCut = line === null ? anySign.test(start) : line.kind === "kill" && line.kill.name === null;
  return (isCut ? firstOf(anywhere, text) : null) ?? line;
}

/** What pagers and terminals put where they cut a line. */
const cutMark = /(?:\.{3}|[>\u2026])$/u;

/** A line that means nothing with the mark of a cut may mean something without it. */
function firstOrCut(text: string): OomLine | null {
  const line = firstOf(anywhere, text);
  return line === null && cutMark.test(text) ? firstOf(anywhere, text.replace(cutMark, "")) : line;
}

function firstOf(kinds: readonly LineKind[], text: string): OomLine | null {
  for (const { sign, parse } of kinds) {
    const line = text.includes(sign) ? parse(text) : null;
    if (line !== null) return line;
  }
  return null;
}

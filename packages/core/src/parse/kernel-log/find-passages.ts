import { dumpLine, taskRow } from "./dump-lines.ts";
import { findSigns } from "./find-signs.ts";
import type { HeldBytes } from "./held-bytes.ts";
import type { LogFormat } from "./log-format.ts";
import type { SignRole } from "./signs.ts";

/** Where a passage lies, as offsets in all bytes of the log. */
interface PassageRange {
  readonly start: number;
  readonly end: number;
  /** It ends with the log, and a report was still going on. */
  readonly isOpen: boolean;
}

/** Looks for the passages of a log as its bytes come in. */
export interface PassageFinder {
  /** The passages that have come to their end since the last call; `isLast`: nothing comes after what is held. */
  find(isLast: boolean): readonly PassageRange[];
  /** What lies before this offset is needed no more. */
  readonly neededFrom: number;
}

/** A passage whose end is not known yet. */
interface Passage {
  readonly start: number;
  /** End of its last line with a sign. */
  last: number;
  /** A dump goes on, a death was announced and is not told yet, or neither. */
  state: "dump" | "announced" | "told";
  /** So many records behind `last` belong to it. */
  reach: number;
  /** How far its end has been looked for: an offset, and the records between `last` and there. */
  walked: number;
  records: number;
}

/** Pieces of a message that another CPU's lines stand between. */
const recordsBefore = 8;
/** So many records belong to a sign behind it: a table of ten thousand tasks and the dump before it, a trace, a word. */
const reaches: Readonly<Record<SignRole, number>> = {
  opens: 20_000,
  announces: 64,
  closes: 8,
  traces: 64,
  tells: 8,
};
/** A record of journalctl -o verbose or export has fewer lines. */
const recordLines = 200;
/** parseOomReports takes what stands in a log's first lines for the rest of a dump, whatever it is. */
const headRecords = 500;
/** Other records between two rows of one table. */
const strangersBetween = 32;
/** So far back the rows of a dump are looked for whose head is lost. */
const bytesBack = 1024 * 1024;
/** A storm is told in pieces: from here on the next report begins the next passage, then the next sign does. */
const fineBytes = 192 * 1024;
const largeBytes = 512 * 1024;
/** No dump is larger, and no passage, whatever a log holds. */
const mostBytes = 8 * 1024 * 1024;

/** Formats whose records are of many lines each. */
const manyLined: ReadonlySet<string> = new Set([
  "dmesg-json",
  "journal-export",
  "journal-json",
  "journal-verbose",
]);
const manyLines = 40;

/** Finds the stretches around signs that have to be read, at whole records; where its bytes were cut changes nothing. */
export function passageFinder(held: HeldBytes, format: LogFormat): PassageFinder {
  const isOneLined = !manyLined.has(format.name);
  const linesARecord = isOneLined ? 1 : manyLines;
  const strangers = strangersBetween * linesARecord;
  const begins = (line: number): boolean => format.beginsRecord(held.textOfLine(line));
  /** End of the last passage, and what has been searched for signs. */
  let [doneTo, searched] = [0, 0];
  /** End of the log's first lines, and how many of them are still to come. */
  let [headEnd, headLines] = [0, headRecords * linesARecord];
  let current: Passage | null = null;
  let ranges: PassageRange[] = [];

  /** The beginning of the record that a line belongs to, not before an offset. */
  const recordStart = (start: number, notBefore: number): number => {
    let line = start;
    for (let left = recordLines; left > 0 && line > notBefore && !begins(line); left -= 1) {
      line = Math.max(notBefore, held.lineStart(line - 1));
    }
    return line;
  };
  /** The next line from an offset on with which a record begins, or the end of what is held. */
  const nextRecord = (offset: number): number => {
    let line = offset;
    for (let left = recordLines; left > 0 && line < held.end && !begins(line); left -= 1)
      line = held.lineEnd(line);
    return line;
  };
  /** Where a passage begins whose first sign stands in this line. */
  const passageStart = (sign: number, role: SignRole): number => {
    if (sign < headEnd && sign <= bytesBack) return doneTo;
    // What is held reaches back at least so far; that it may reach back farther must not matter.
    const notBefore = Math.max(doneTo, sign > bytesBack ? held.lineEnd(sign - bytesBack) : 0);
    const isAfterDump = role === "closes" || role === "announces";
    let [first, line] = [sign, sign];
    for (let others = 1; line > notBefore && others <= strangers; others += 1) {
      const next = line;
      line = held.lineStart(line - 1);
      const text = held.textOfLine(line);
      if (isAfterDump && taskRow.test(text)) [first, others] = [line, 0];
      // Figures of a dump that nothing ties to this sign are another's.
      else if (first === next && others <= recordsBefore && !dumpLine.test(text)) first = line;
      else if (!isAfterDump) break;
    }
    return recordStart(first, notBefore);
  };
  const walkHead = (): void => {
    while (headLines > 0 && headEnd < held.end) {
      headEnd = held.lineEnd(headEnd);
      headLines -= 1;
    }
  };

  /** Walks on from the last sign, not beyond an offset; true when the passage reaches no farther than where it got. */
  const walk = (passage: Passage, to: number, isLast: boolean): boolean => {
    const isOver = (): boolean =>
      passage.records >= passage.reach || passage.walked - passage.last >= mostBytes;
    while (!isOver() && passage.walked < to) {
      const line = held.lineEnd(passage.walked);
      const next = isOneLined ? line : nextRecord(line);
      // The rest of this record is still to come.
      if (!isOneLined && next === held.end && !isLast) break;
      passage.walked = next;
      passage.records += 1;
    }
    return isOver();
  };
  /** Where a passage ends that reaches no farther: at whole records, and not inside a dump. Null: not known yet. */
  const passageEnd = (passage: Passage, to: number, isLast: boolean): number | null => {
    let end = nextRecord(passage.walked);
    const most = end + bytesBack;
    for (let [line, others] = [end, 0]; others <= strangers && end < most; others += 1) {
      if (line >= to) return isLast ? end : null;
      const isDump = dumpLine.test(held.textOfLine(line));
      line = held.lineEnd(line);
      if (isDump) [end, others] = [nextRecord(line), 0];
    }
    return end;
  };
  const close = (passage: Passage, end: number, isOpen: boolean): void => {
    ranges.push({ start: passage.start, end, isOpen });
    doneTo = end;
    current = null;
  };
  const take = (last: number, role: SignRole): void => {
    if (current !== null && last < current.last) {
      current.reach = reachAfter(current, role);
      current.state = stateAfter(current.state, role);
      return;
    }
    const sign = held.lineStart(last);
    if (current !== null && walk(current, sign, false) && current.walked < sign) {
      const end = passageEnd(current, sign, true) ?? sign;
      if (end < sign) close(current, end, false);
    }
    if (current !== null && isFull(current, sign, role))
      close(current, recordStart(sign, current.last), false);
    const start: number = current?.start ?? passageStart(sign, role);
    const end = held.lineEnd(last);
    const state = stateAfter(current?.state ?? "told", role);
    current = { start, last: end, state, reach: reachAfter(current, role), walked: end, records: 0 };
  };
  return {
    find: (isLast) => {
      ranges = [];
      walkHead();
      const from = held.from;
      findSigns(held.view(), searched - from, held.end - from, (last, role) => take(from + last, role));
      searched = held.end;
      const rest = current;
      if (rest === null) return ranges;
      const isOver = walk(rest, held.end, isLast);
      const end = isOver ? passageEnd(rest, held.end, isLast) : null;
      if (end !== null && (end < held.end || isLast))
        close(rest, end, isLast && end === held.end && isGoingOn(rest, held));
      else if (isLast) close(rest, held.end, isGoingOn(rest, held));
      return ranges;
    },
    get neededFrom() {
      return current?.start ?? Math.max(doneTo, held.lineStart(Math.max(0, searched - bytesBack)));
    },
  };
}

function stateAfter(state: Passage["state"], role: SignRole): Passage["state"] {
  if (role === "tells" || role === "traces") return state;
  return role === "opens" ? "dump" : role === "announces" ? "announced" : "told";
}

/** What is left of the reach of signs before, or the sign's own; a dump reaches no farther than its end. */
function reachAfter(passage: Passage | null, role: SignRole): number {
  const own = reaches[role];
  const isEnd = passage?.state === "dump" && (role === "announces" || role === "closes");
  return passage === null || isEnd ? own : Math.max(own, passage.reach - passage.records);
}

/** Whether a passage is so large that the next one begins with a sign. */
function isFull({ start, state }: Passage, sign: number, role: SignRole): boolean {
  const bytes = sign - start;
  return bytes > mostBytes || (state === "told" && bytes > (role === "opens" ? fineBytes : largeBytes));
}

/** Whether the log ends inside a report: a death is announced, or the dump is going on. */
function isGoingOn({ state, last }: Passage, held: HeldBytes): boolean {
  if (state !== "dump") return state === "announced";
  let line = held.end;
  for (let left = reaches.announces; left > 0 && line > last; left -= 1) {
    line = held.lineStart(line - 1);
    if (dumpLine.test(held.textOfLine(line))) return true;
  }
  return line <= last;
}

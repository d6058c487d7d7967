import type { KernelRecord, LogFormatName } from "../../model/kernel-record.ts";
import { longLineCutter } from "./cut-long-lines.ts";
import { formatNamed } from "./detect-format.ts";
import { passageFinder } from "./find-passages.ts";
import type { PassageFinder } from "./find-passages.ts";
import { heldBytes } from "./held-bytes.ts";
import type { HeldBytes } from "./held-bytes.ts";
import { linesOf } from "./line-walk.ts";

/** Lines of a log around signs of death, read. */
export interface Passage {
  readonly records: readonly KernelRecord[];
  /** Its lines, byte for byte; of an endless line the beginning. */
  readonly bytes: Uint8Array;
  /** 0-based number of its first line in the input. */
  readonly line: number;
  /** A report was still going on at its end, and the log ended there. */
  readonly isOpen: boolean;
}

/** Reads a log as its bytes come in, cut anywhere. */
export interface LogReader {
  readonly format: LogFormatName;
  /** Gives the passages that are whole. */
  push(bytes: Uint8Array): readonly Passage[];
  /** The end of the input: what is left. */
  end(): readonly Passage[];
  /** Lines so far. */
  readonly lineCount: number;
  /** Lines of passages that no record could take. */
  readonly unread: number;
  /** Lines of which only the beginning was read. */
  readonly longLines: number;
}

const nothing = new Uint8Array(0);
/** More than so many bytes are never searched at once, so that no more are held. */
const pieceBytes = 256 * 1024;
/** Formats that need all lines get them in blocks of this size. */
const blockBytes = 16 * 1024 * 1024;

/**
 * Reads a log of any length in flat memory: only the lines around signs of death are decoded and read, the others are
 * searched as bytes and counted. `firstLine` is the number of its first line. `given` are the log's first bytes, where
 * they lie in memory anyway: they are not copied, and read with what is pushed next or at the end.
 */
export function logReader(name: LogFormatName, firstLine = 0, given: Uint8Array = nothing): LogReader {
  const format = formatNamed(name);
  const cutter = longLineCutter();
  const [beginning = nothing, ...others] = cutter.cut(given);
  const held = heldBytes(beginning);
  others.forEach((piece) => held.append(piece));
  const finder = format.needsAll ? blockFinder(held) : passageFinder(held, format);
  /** Lines are counted once, up to an offset. */
  let [counted, line] = [0, firstLine];
  let unread = 0;
  const countTo = (offset: number): number => {
    if (offset > counted) line += held.countLines(counted, offset);
    counted = Math.max(counted, offset);
    return line;
  };
  const read = (isLast: boolean): readonly Passage[] => {
    const passages = finder.find(isLast).map(({ start, end, isOpen }): Passage => {
      const at = countTo(start);
      const bytes = held.slice(start, end);
      const found = format.read(linesOf(bytes), at);
      unread += found.unread;
      return { records: found.records, bytes, line: at, isOpen };
    });
    // Both the finder and the count are done with what is dropped.
    countTo(Math.max(finder.neededFrom, counted));
    held.drop(finder.neededFrom);
    return passages;
  };
  return {
    format: name,
    push: (bytes) => {
      const passages: Passage[] = [];
      for (let at = 0; at < bytes.length; at += pieceBytes) {
        const end = held.end;
        for (const piece of cutter.cut(bytes.subarray(at, at + pieceBytes))) held.append(piece);
        if (held.end > end) passages.push(...read(false));
      }
      return passages;
    },
    end: () => {
      held.finish();
      return read(true);
    },
    get lineCount() {
      return line - firstLine + held.countLines(counted, held.end) + (held.endsInLine ? 1 : 0);
    },
    get unread() {
      return unread;
    },
    get longLines() {
      return cutter.longLines;
    },
  };
}

/** Hands out all lines, in blocks. */
function blockFinder(held: HeldBytes): PassageFinder {
  let doneTo = 0;
  return {
    find: (isLast) => {
      const range = { start: doneTo, end: held.end, isOpen: false };
      if (range.end === doneTo || (!isLast && range.end - doneTo < blockBytes)) return [];
      doneTo = range.end;
      return [range];
    },
    get neededFrom() {
      return doneTo;
    },
  };
}

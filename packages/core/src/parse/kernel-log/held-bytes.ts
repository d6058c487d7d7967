import { countLines, lineEnd, lineStart, textOfLine } from "./line-walk.ts";

/** The part of a log that is still needed, addressed by offsets in all of its bytes. */
export interface HeldBytes {
  /** Offset of the first byte held. */
  readonly from: number;
  /** Offset behind the last whole line. */
  readonly end: number;
  /** The last of the whole lines has no line feed. */
  readonly endsInLine: boolean;
  append(bytes: Uint8Array): void;
  /** No more comes: the last line is whole without a line feed, too. */
  finish(): void;
  /** What lies before an offset is needed no more. */
  drop(before: number): void;
  lineStart(offset: number): number;
  lineEnd(offset: number): number;
  textOfLine(start: number): string;
  countLines(from: number, to: number): number;
  /** A copy. */
  slice(from: number, to: number): Uint8Array;
  /** The whole lines as they lie in memory, until the next call of `append`. */
  view(): Uint8Array;
}

const lineFeed = 10;
/** Moving bytes to the front is worth it when so many are free there. */
const slackBytes = 1024 * 1024;

/** Holds bytes that lie in memory anyway, which are neither copied nor changed; by default none. */
export function heldBytes(given: Uint8Array = new Uint8Array(0)): HeldBytes {
  let memory = given;
  /** Offset of the first byte of `memory`; places of the first byte needed, of the end, of the end of whole lines. */
  let base = 0;
  let [first, filled, whole] = [0, given.length, given.lastIndexOf(lineFeed) + 1];
  const lines = (): Uint8Array => memory.subarray(0, whole);

  const makeRoom = (bytes: number): void => {
    if (filled + bytes <= memory.length) return;
    const held = filled - first;
    const size = Math.max(memory.length, held + bytes + slackBytes);
    const isReusable = memory !== given && first >= slackBytes && size === memory.length;
    const next = isReusable ? memory : new Uint8Array(size);
    next.set(memory.subarray(first, filled));
    memory = next;
    base += first;
    whole -= first;
    [first, filled] = [0, held];
  };
  return {
    get from() {
      return base + first;
    },
    get end() {
      return base + whole;
    },
    get endsInLine() {
      return whole > 0 && memory[whole - 1] !== lineFeed;
    },
    append: (bytes) => {
      makeRoom(bytes.length);
      memory.set(bytes, filled);
      const feed = bytes.lastIndexOf(lineFeed);
      if (feed !== -1) whole = filled + feed + 1;
      filled += bytes.length;
    },
    finish: () => {
      whole = filled;
    },
    drop: (before) => {
      first = Math.max(first, Math.min(before - base, whole));
    },
    lineStart: (offset) => Math.max(first, lineStart(lines(), offset - base)) + base,
    lineEnd: (offset) => lineEnd(lines(), offset - base) + base,
    textOfLine: (start) => textOfLine(lines(), start - base),
    countLines: (from, to) => countLines(memory, from - base, to - base),
    slice: (from, to) => memory.slice(from - base, to - base),
    view: () => memory.subarray(first, whole),
  };
}

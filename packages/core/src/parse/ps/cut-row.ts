import type { PsColumn } from "./ps-columns.ts";

/** Texts of the columns of one row; null where a text cannot be told from its neighbour's. */
export type PsCells = readonly (string | null)[];

/** A row of hostile arguments may be as long as it likes; what is longer is not read. */
const longestWord = 4096;

/** So many rows of a table may be tried in other ways: a table none of whose rows fits is no table, however long. */
const mostTried = 1000;

/** Cuts the rows of a table by its columns; null for a row that is none: it is never shifted to make it fit. */
export function rowCutter(columns: readonly PsColumn[]): (line: string) => PsCells | null {
  let tried = 0;
  return (line) => {
    const cells = cut(line, columns, null);
    if (cells !== null || tried >= mostTried) return cells;
    tried += 1;
    return cutGlued(line, columns);
  };
}

/** Too wide a number of an old ps runs into the next column: of every way to part them only what all agree on counts. */
function cutGlued(line: string, columns: readonly PsColumn[]): PsCells | null {
  const ways = columns
    .flatMap(({ isNumber }, at) => (isNumber && columns[at + 1]?.isNumber === true ? [at] : []))
    .map((at) => cut(line, columns, at))
    .filter((way) => way !== null);
  return ways[0]?.map((cell, at) => (ways.every((way) => way[at] === cell) ? cell : null)) ?? null;
}

/** `glued`: number of a column that has run into the one behind it, or null. */
function cut(line: string, columns: readonly PsColumn[], glued: number | null): PsCells | null {
  const cells: (string | null)[] = [];
  let rest = line.trimStart();
  for (const [at, column] of columns.entries()) {
    if (glued !== null && at === glued + 1) {
      cells.push(null);
      continue;
    }
    const length = lengthOf(rest, column, columns[at + 1]);
    const cell = rest.slice(0, length).trimEnd();
    if (column.isLast) {
      cells.push(cell);
      break;
    }
    if (cell === "" && column.field !== "command") return null;
    if (at === glued) {
      if (!/^\d[\d.,]{0,40}$/.test(cell)) return null;
      cells.push(null);
    } else {
      if (column.shape?.test(cell) === false) return null;
      cells.push(cell);
    }
    rest = rest.slice(length).replace(/^[ \t]{1,4096}/, "");
  }
  return cells;
}

function lengthOf(rest: string, column: PsColumn, next: PsColumn | undefined): number {
  if (column.isLast || next === undefined) return rest.length;
  const { heading, field } = column;
  if (field === "command") return nameLength(rest, column, next);
  if (field === "start") return startLength(rest);
  // busybox: a process of high priority that is not swapped out is "S <"
  const spaced = heading === "STAT" ? /^[A-Z] [<N](?=\s)/.exec(rest) : null;
  return (spaced ?? word.exec(rest))?.[0].length ?? 0;
}

const word = new RegExp(`^\\S{1,${longestWord}}`);
// Sun Apr 19 02:57:58 2015 (lstart; ctime(3), or strftime in the host's language)
const fiveWords = /^\S{1,40} {1,4}\S{1,40} {1,4}\S{1,40} {1,4}\d\d:\d\d:\d\d {1,4}\d{4}(?!\S)/;
// Feb 09 (start of procps; Solaris and AIX)
const monthAndDay = /^[^\s\d?:-]{3,10} {1,2}\d{1,2}(?!\S)/;

function startLength(rest: string): number {
  return (fiveWords.exec(rest) ?? monthAndDay.exec(rest) ?? word.exec(rest))?.[0].length ?? 0;
}

/**
 * A name may hold blanks: its column has a fixed width. It ends where the next heading begins; the value below that one
 * may begin further left, because numbers are set to the right: no word is cut in two.
 */
function nameLength(rest: string, { from }: PsColumn, next: PsColumn): number {
  const width = next.field === "start" ? beforeStart(rest, next.from - from) : next.from - from;
  if (width >= rest.length || /\s/.test(rest[width - 1] ?? " ")) return width;
  const blank = Math.max(rest.lastIndexOf(" ", width - 1), 0);
  return blank === 0 ? width : blank;
}

/** lstart is 24 wide, its heading STARTED stands at its right end. */
function beforeStart(rest: string, width: number): number {
  const year = /\s\d\d:\d\d:\d\d \d{4}(?!\S)/.exec(rest.slice(0, longestWord));
  if (year === null) return width;
  const words = /(?:\S{1,40} {1,4}){2}\S{1,40}$/.exec(rest.slice(Math.max(year.index - 140, 0), year.index));
  return words === null ? width : Math.max(year.index - words[0].length, 0);
}

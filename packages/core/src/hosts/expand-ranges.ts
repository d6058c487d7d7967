import { checkRangeBlanks } from "./check-range-blanks.ts";
import { hostListError, quoted } from "./host-list-error.ts";

/** The most hosts that the ranges of one list or one expression may make. */
export const mostFromRanges = 100_000;

/** A name cut at its brackets: literal text and the numbers of each range, in turn. */
type Piece = readonly string[];

const writeRanges = "write ranges as web[01-12]";

/**
 * `01-12`, `7` or `0-10/5`. Padding is that of the low end, as in pdsh: 01-100 is 01 … 99, 100. A high end that is
 * padded on its own (1-05) says two things at once.
 */
function expandRange(range: string, word: string, place: string, room: number): string[] {
  const found = /^(\d{1,15})(?:-(\d{1,15})(?:\/(\d{1,15}))?)?$/u.exec(range);
  const [, low = "", high = low, step = "1"] = found ?? [];
  if (found === null) {
    throw hostListError(place, `range ${quoted(word)} is not made of numbers`, writeRanges);
  }
  if (high.length !== low.length && high.startsWith("0")) {
    const hint = `give both ends the same width: [${low.padStart(high.length, "0")}-${high}]`;
    throw hostListError(place, `range ${quoted(word)} has ends of different widths`, hint);
  }
  if (Number(high) < Number(low)) {
    throw hostListError(place, `range ${quoted(word)} runs backwards`, `write the smaller number first`);
  }
  if (Number(step) === 0) {
    throw hostListError(place, `range ${quoted(word)} has a step of 0`, "write steps as web[0-10/5]");
  }
  const count = Math.floor((Number(high) - Number(low)) / Number(step)) + 1;
  if (count > room) throw tooMany(word, place);
  const width = low.startsWith("0") ? low.length : 0;
  return Array.from({ length: count }, (_, index) =>
    String(Number(low) + index * Number(step)).padStart(width, "0"),
  );
}

function tooMany(word: string, place: string): Error {
  return hostListError(
    place,
    `range ${quoted(word)} makes more than ${mostFromRanges} hosts`,
    "name fewer hosts at a time",
  );
}

function toPieces(word: string, place: string, room: number): Piece[] {
  const pieces: Piece[] = [];
  let rest = word;
  while (rest !== "") {
    const open = rest.indexOf("[");
    const literal = open === -1 ? rest : rest.slice(0, open);
    if (literal.includes("]")) {
      throw hostListError(place, `range ${quoted(word)} has no opening bracket`, writeRanges);
    }
    if (literal !== "") pieces.push([literal]);
    if (open === -1) break;
    const close = rest.indexOf("]", open);
    if (close === -1) {
      throw hostListError(place, `range ${quoted(word)} has no closing bracket`, writeRanges);
    }
    const inside = rest.slice(open + 1, close);
    checkRangeBlanks(rest.slice(0, close + 1), place);
    if (inside === "") throw hostListError(place, `range ${quoted(word)} is empty`, writeRanges);
    pieces.push(inside.split(",").flatMap((range) => expandRange(range, word, place, room)));
    rest = rest.slice(close + 1);
  }
  return pieces;
}

/**
 * The names that a name with ranges stands for, in order: `web[01-03]`, `web[1-2]-ib[0-1]`, `web[1,5,7-9]`,
 * `web[0-10/5]`; the last range turns fastest. More than `room` names are an error before they are made.
 */
export function expandRanges(word: string, place: string, room: number = mostFromRanges): string[] {
  const pieces = toPieces(word, place, room);
  const count = pieces.reduce((product, piece) => product * piece.length, 1);
  if (count > 1 && count > room) throw tooMany(word, place);
  return pieces.reduce<string[]>(
    (names, piece) => names.flatMap((name) => piece.map((part) => name + part)),
    [""],
  );
}

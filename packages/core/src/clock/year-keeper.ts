import type { WrittenTime } from "../model/kernel-record.ts";
import type { EpochMs, Millis } from "../model/units.ts";

const dayMs: Millis = 86_400_000;
/** Zones are up to 14 hours away, and the clock that says what is latest may be another than the one that wrote. */
const slackMs: Millis = dayMs;
/** A date that goes back by more has passed New Year; by less, somebody set the clock or lines are out of order. */
const turnMs: Millis = 183 * dayMs;

/**
 * Gives the times of one text their years as it comes in: call it with every written time, first to last. `latestMs`: no
 * record is later (when the file was captured, else when it was last modified).
 *
 * The first date is put into the latest year that does not lie after `latestMs` + 1 day; each following one stays in the
 * year of the one before, and is one year on where it would go back by more than half a year (Dec→Jan). So a text over
 * New Year is right as long as it begins less than a year before `latestMs`. The beginning of a longer one is a year too
 * late, until a date that would lie after `latestMs` shows it: a file that can be read twice has its yearCounter, and `firstYear` is
 * the year of the first date where that was counted.
 */
export function yearKeeper(
  latestMs: EpochMs,
  firstYear: number | null = null,
): (written: WrittenTime) => WrittenTime {
  let beforeMs: EpochMs | null = null;
  const yearOf = (localMs: EpochMs): number => {
    const latestYear = latestYearOf(localMs, latestMs + slackMs);
    return Math.min(beforeMs === null ? (firstYear ?? latestYear) : yearAfter(localMs, beforeMs), latestYear);
  };
  return (written) => {
    const dated = written.hasYear ? written : writtenIn(written, yearOf(written.localMs));
    beforeMs = dated.localMs;
    return dated;
  };
}

/** From a line of a text on, 0-based, dates without a year are of this one. */
export interface YearTurn {
  readonly line: number;
  readonly year: number;
}

/** Counts New Years over a whole text, before its dates are given their years. */
export interface YearCounter {
  /** Call it with the date of every line that tells one without a year, first to last. */
  see(localMs: EpochMs, line: number): void;
  /**
   * In the order of their lines: the last date seen lies in the latest year that fits `latestMs`, and every New Year between
   * puts those before it a year back. Null where no date was seen, or the text turns to and fro like none that time wrote.
   */
  turns(latestMs: EpochMs): readonly YearTurn[] | null;
}

/** Lines of two daemons change places around New Year now and then; a text that does so more often is not in order. */
const mostTurns = 1000;

/** Opens the count of one text. */
export function yearCounter(): YearCounter {
  // Far enough from year 1 and 9999 to count in either direction.
  const startYear = 4000;
  const turns: YearTurn[] = [];
  let beforeMs: EpochMs | null = null;
  let last: EpochMs | null = null;
  return {
    see: (localMs, line) => {
      const year = beforeMs === null ? startYear : yearAfter(localMs, beforeMs);
      if (turns.at(-1)?.year !== year && turns.length <= mostTurns) turns.push({ line, year });
      beforeMs = inYear(localMs, year);
      last = localMs;
    },
    turns: (latestMs) => {
      if (beforeMs === null || last === null || turns.length > mostTurns) return null;
      const behind = yearIn(beforeMs) - latestYearOf(last, latestMs + slackMs);
      return turns.map(({ line, year }) => ({ line, year: year - behind }));
    },
  };
}

/** A time in the year that holds at its line; one before the first line counted stands before the first turn, too. */
export function yearedBy(turns: readonly YearTurn[], written: WrittenTime, line: number): WrittenTime {
  if (written.hasYear) return written;
  const turn = turns.findLast((one) => one.line <= line) ?? turns[0];
  return turn === undefined ? written : writtenIn(written, turn.year);
}

function writtenIn(written: WrittenTime, year: number): WrittenTime {
  return { ...written, localMs: inYear(written.localMs, year), hasYear: true };
}

/** The year of a date that follows another in a file. */
function yearAfter(localMs: EpochMs, beforeMs: EpochMs): number {
  const year = yearIn(beforeMs);
  if (inYear(localMs, year) < beforeMs - turnMs) return year + 1;
  // Around New Year lines of two CPUs or daemons may be out of order.
  return inYear(localMs, year - 1) >= beforeMs - slackMs ? year - 1 : year;
}

/** The largest year in which the date exists and is not after `latestMs`. */
function latestYearOf(localMs: EpochMs, latestMs: EpochMs): number {
  let year = yearIn(latestMs);
  // February 29 comes every four years, at the turn of most centuries after eight.
  for (let tries = 0; tries < 9; tries += 1, year -= 1) {
    if (inYear(localMs, year) <= latestMs && isIn(localMs, year)) return year;
  }
  return year;
}

/** A date in another year; February 29 becomes March 1 in a year that has none. */
function inYear(localMs: EpochMs, year: number): EpochMs {
  const wholeMs = Math.floor(localMs);
  const date = new Date(wholeMs);
  return date.setUTCFullYear(year) + (localMs - wholeMs);
}

function isIn(localMs: EpochMs, year: number): boolean {
  return (
    new Date(Math.floor(inYear(localMs, year))).getUTCDate() === new Date(Math.floor(localMs)).getUTCDate()
  );
}

/** Year of a local time. */
export function yearIn(localMs: EpochMs): number {
  return new Date(Math.floor(localMs)).getUTCFullYear();
}

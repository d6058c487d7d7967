import type { WrittenTime } from "../model/kernel-record.ts";
import type { EpochMs, Millis } from "../model/units.ts";

const dayMs: Millis = 86_400_000;
/** Zones are up to 14 hours away, and the clock that says what is latest may be another than the one that wrote. */
const slackMs: Millis = dayMs;
/** A date that goes back by more has passed New Year; by less, somebody set the clock or lines are out of order. */
const turnMs: Millis = 183 * dayMs;

/**
 * Gives the times of one file their years: call it with every written time, first to last. `latestMs`: no record is
 * later (when the file was captured, else when it was last modified).
 *
 * The first date is put into the latest year that does not lie after `latestMs` + 1 day; each following one stays in the
 * year of the one before, and is one year on where it would go back by more than half a year (Dec→Jan). So a file over
 * New Year is right as long as it begins less than a year before `latestMs`. One that goes on for longer, over two New
 * Years, has to be counted beforehand: `firstYear` of firstYearOf. Without that, a date that would lie after `latestMs`
 * shows that the years before it were one too late, and the years from there on are right.
 */
export function yearKeeper(
  latestMs: EpochMs,
  firstYear: number | null = null,
): (written: WrittenTime) => WrittenTime {
  let beforeMs: EpochMs | null = null;
  const yearOf = (localMs: EpochMs): number => {
    const latestYear = latestYearOf(localMs, latestMs + slackMs);
    if (beforeMs === null) return Math.min(firstYear ?? latestYear, latestYear);
    return Math.min(yearAfter(localMs, beforeMs), latestYear);
  };
  return (written) => {
    const localMs = written.hasYear ? written.localMs : inYear(written.localMs, yearOf(written.localMs));
    beforeMs = localMs;
    return written.hasYear ? written : { ...written, localMs, hasYear: true };
  };
}

/**
 * The year of the first date without one, counted over a whole file: the last date lies in the latest year that fits
 * `latestMs`, and every New Year between puts the first one a year back. Null where no date is without a year.
 */
export function firstYearOf(writtenTimes: Iterable<WrittenTime>, latestMs: EpochMs): number | null {
  // Far enough from year 1 and 9999 to count in either direction.
  const startYear = 4000;
  let beforeMs: EpochMs | null = null;
  let last: EpochMs | null = null;
  for (const { localMs, hasYear } of writtenTimes) {
    if (hasYear) continue;
    beforeMs = inYear(localMs, beforeMs === null ? startYear : yearAfter(localMs, beforeMs));
    last = localMs;
  }
  if (beforeMs === null || last === null) return null;
  return latestYearOf(last, latestMs + slackMs) - (yearIn(beforeMs) - startYear);
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

function yearIn(localMs: EpochMs): number {
  return new Date(Math.floor(localMs)).getUTCFullYear();
}

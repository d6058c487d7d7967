import { expect, test } from "vitest";
import { calendars } from "../../../../packages/core/src/analysis/recurrence/calendar.ts";
import type { Calendar } from "../../../../packages/core/src/analysis/recurrence/calendar.ts";
import { exposureOf } from "../../../../packages/core/src/analysis/recurrence/exposure.ts";
import { minuteAt, mondayMin } from "./history-of.ts";

const calendarOf = (kind: string): Calendar => {
  const found = calendars.find((calendar) => calendar.kind === kind);
  if (found === undefined) throw new Error(`no calendar ${kind}`);
  return found;
};
const [daily, weekly] = [calendarOf("daily"), calendarOf("weekly")];

test("a whole number of weeks leaves every window its even share", () => {
  const share = exposureOf([{ fromMin: mondayMin + 77, toMin: mondayMin + 77 + 3 * 10_080 }]);
  expect(share(daily, 150, 60)).toBeCloseTo(60 / 1440, 6);
  expect(share(weekly, 10_050, 60)).toBeCloseTo(60 / 10_080, 6);
});

test("what is watched from 08 to 20 has twice the share there, and little elsewhere", () => {
  const days = Array.from({ length: 14 }, (_, day) => ({
    fromMin: mondayMin + minuteAt(day, 8, 0),
    toMin: mondayMin + minuteAt(day, 20, 0),
  }));
  const share = exposureOf(days);
  expect(share(daily, 600, 60)).toBeCloseTo(60 / 720, 6);
  expect(share(daily, 60, 60)).toBeCloseTo((60 / 1440) * 0.25, 6);
});

test("a stretch over the end of the week is counted on both of its sides", () => {
  const share = exposureOf([
    { fromMin: mondayMin + minuteAt(6, 23, 0), toMin: mondayMin + minuteAt(7, 1, 0) },
  ]);
  expect(share(daily, 1380, 120)).toBeCloseTo(1, 6);
});

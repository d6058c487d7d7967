import { createHash } from "node:crypto";
import type { Episode } from "../../model/episode.ts";
import type {
  DailyJob,
  LocalSpan,
  Recurrence,
  RecurrenceKind,
  RecurrenceLevel,
} from "../../model/recurrence.ts";
import { namesByCount } from "../episodes.ts";
import { cycleOf, dayMin, weekdayOf, weekMin } from "./calendar.ts";
import type { Calendar } from "./calendar.ts";
import { jobsAround } from "./jobs-around.ts";
import { cyclesSeen } from "./pattern.ts";
import type { Pattern } from "./pattern.ts";

/** Where a pattern was found. */
export interface Place {
  readonly group: string | null;
  readonly watched: readonly LocalSpan[];
  readonly jobs: readonly DailyJob[];
}

/** So many nights without one at the weekend are no accident: (5/7)^6 = 13 %. */
const leastWeekdays = 6;

/** A pattern in the words of the model. */
export function toRecurrence(pattern: Pattern, place: Place, level: RecurrenceLevel): Recurrence {
  const { calendar, centerMin, hits } = pattern;
  const kind = kindOf(pattern);
  const periodMin = calendar.kind === "monthly" ? 30 * dayMin : calendar.periodMin;
  return {
    ...tellHits(hits, `${place.group ?? ""}\0${periodMin}`),
    group: place.group,
    kind,
    periodMin,
    centerMin,
    spreadMin: pattern.spreadMin,
    seen: cyclesSeen(pattern),
    watched: cyclesWatched(calendar, centerMin, hits, place.watched, kind),
    p: pattern.p,
    level,
    jobs: jobsAround(pattern, place.jobs),
    driftMinPerDay: pattern.driftMinPerDay,
  };
}

/** What follows from the episodes alone; `scope` goes into the id. */
export function tellHits(
  hits: readonly Episode[],
  scope: string,
): Pick<Recurrence, "id" | "hosts" | "processes" | "incidents" | "firstMs" | "lastMs" | "lastLocalMin"> {
  const deaths = hits.flatMap((hit) => hit.deaths).toSorted((a, b) => a.atMs - b.atMs);
  const hosts = [...new Set(hits.map(({ host }) => host))].toSorted();
  const id = createHash("sha256")
    .update(`${scope}\0${hits[0]?.id ?? ""}`)
    .digest("hex")
    .slice(0, 12);
  return {
    id: `r-${id}`,
    hosts,
    processes: namesByCount(deaths),
    incidents: deaths.map((death) => death.id),
    firstMs: deaths[0]?.atMs ?? 0,
    lastMs: deaths.at(-1)?.atMs ?? 0,
    lastLocalMin: deaths.at(-1)?.localMin ?? 0,
  };
}

function kindOf({ calendar, hits, centerMin }: Pattern): RecurrenceKind {
  if (calendar.kind !== "daily") return calendar.kind;
  // The weekday of the slot, not of the death: what is due at 23:55 may die after midnight.
  const days = new Map(
    hits.map(({ localMin }) => [
      cycleOf(calendar, localMin, centerMin),
      weekdayOf(cycleOf(calendar, localMin, centerMin) * dayMin + centerMin),
    ]),
  );
  const atWeekend = [...days.values()].some((day) => day >= 5);
  return days.size >= leastWeekdays && !atWeekend ? "weekdays" : "daily";
}

/** Cycles from the first death to the last whose centre was watched; null where nobody knows. */
function cyclesWatched(
  calendar: Calendar,
  centerMin: number,
  hits: readonly Episode[],
  watched: readonly LocalSpan[],
  kind: RecurrenceKind,
): number | null {
  if (watched.length === 0 || calendar.kind === "monthly") return null;
  const { periodMin } = calendar;
  const cycles = hits.map(({ localMin }) => cycleOf(calendar, localMin, centerMin));
  const [first, last] = [Math.min(...cycles), Math.max(...cycles)];
  const seen = new Set(cycles);
  const mondayMin = periodMin === weekMin ? 3 * dayMin : 0;
  let count = 0;
  for (let cycle = first; cycle <= last; cycle += 1) {
    const at = cycle * periodMin + centerMin - mondayMin;
    if (kind === "weekdays" && weekdayOf(at) >= 5) continue;
    const isWatched = watched.some(({ fromMin, toMin }) => fromMin <= at && at < toMin);
    if (isWatched || seen.has(cycle)) count += 1;
  }
  return count;
}

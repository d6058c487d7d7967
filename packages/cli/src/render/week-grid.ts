import { toEpisodes } from "@inquest/core";
import type { HostHistory, LocalSpan } from "@inquest/core";

/** Names of the weekdays as tables and charts print them. */
export const weekdayNames: readonly string[] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

const weekHours = 168;
/** 1970-01-01 00:00 was a Thursday: hour 72 of its week. */
const epochHour = 72;

/** One hour of the week, local time. */
export interface WeekCell {
  /** 0 is Monday. */
  readonly weekday: number;
  readonly hour: number;
  /** Episodes, not deaths: a storm is one. */
  readonly episodes: number;
  /** Whether some host's log is known to cover it. */
  readonly isWatched: boolean;
}

/** Episodes by weekday and hour: 168 cells from Monday 00:00. A host whose coverage nobody knows watches nothing. */
export function weekGridOf(
  histories: readonly Pick<HostHistory, "host" | "deaths" | "watched">[],
): readonly WeekCell[] {
  const counts = Array.from({ length: weekHours }, () => 0);
  const seen = Array.from({ length: weekHours }, () => false);
  for (const { host, deaths, watched } of histories) {
    for (const { localMin } of toEpisodes(host, deaths)) {
      const hour = weekHourOf(localMin);
      counts[hour] = (counts[hour] ?? 0) + 1;
    }
    for (const span of watched) for (const hour of hoursOf(span)) seen[hour] = true;
  }
  return counts.map((episodes, at) => ({
    weekday: Math.floor(at / 24),
    hour: at % 24,
    episodes,
    isWatched: seen[at] ?? false,
  }));
}

function* hoursOf({ fromMin, toMin }: LocalSpan): Generator<number> {
  let left = weekHours;
  for (let hour = Math.floor(fromMin / 60); hour * 60 < toMin && left > 0; hour += 1, left -= 1)
    yield weekHourOf(hour * 60);
}

function weekHourOf(localMin: number): number {
  const hour = Math.floor(localMin / 60) + epochHour;
  return ((hour % weekHours) + weekHours) % weekHours;
}

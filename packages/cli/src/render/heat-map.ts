import { styleText } from "node:util";
import { toEpisodes } from "@inquest/core";
import type { HostHistory } from "@inquest/core";
import type { Look } from "./table.ts";

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const weekHours = 168;
/** 1970-01-01 00:00 was a Thursday: hour 72 of its week. */
const epochHour = 72;

/**
 * Weekday × hour of the episodes (not the kills: a storm is one) in local time, each day's sum last; 80 columns. A dot: watched, nothing
 * died; blank: nobody watched; where nobody knows what was watched, every hour counts as watched.
 */
export function formatHeatMap(histories: readonly HostHistory[], look: Pick<Look, "color">): string {
  const counts = Array.from({ length: weekHours }, () => 0);
  const seen = Array.from({ length: weekHours }, () => false);
  for (const { host, deaths, watched } of histories) {
    for (const { localMin } of toEpisodes(host, deaths)) {
      const hour = weekHourOf(localMin);
      counts[hour] = (counts[hour] ?? 0) + 1;
    }
    if (watched.length === 0) seen.fill(true);
    for (const { fromMin, toMin } of watched)
      for (
        let hour = Math.floor(fromMin / 60), left = weekHours;
        hour * 60 < toMin && left > 0;
        hour += 1, left -= 1
      )
        seen[weekHourOf(hour * 60)] = true;
  }
  const most = Math.max(1, ...counts);
  const rows = weekdays.map((day, at) => {
    const cells = Array.from({ length: 24 }, (_, hour) => {
      const index = at * 24 + hour;
      return cellText(counts[index] ?? 0, seen[index] ?? false, most, look);
    });
    const total = counts.slice(at * 24, at * 24 + 24).reduce((sum, count) => sum + count, 0);
    return `${day} ${cells.join("")}${String(total).padStart(4)}`;
  });
  const head = Array.from({ length: 24 }, (_, hour) => ` ${String(hour).padStart(2, "0")}`).join("");
  return [`    ${head} all`, ...rows].map((line) => `${line}\n`).join("");
}

function weekHourOf(localMin: number): number {
  const hour = Math.floor(localMin / 60) + epochHour;
  return ((hour % weekHours) + weekHours) % weekHours;
}

function cellText(count: number, isSeen: boolean, most: number, { color }: Pick<Look, "color">): string {
  if (count === 0) return isSeen ? "  ." : "   ";
  const text = count > 99 ? "99+" : String(count).padStart(3);
  if (!color) return text;
  const tone = count > most * 0.66 ? "red" : count > most * 0.33 ? "yellow" : "dim";
  return styleText(tone, text, { validateStream: false });
}

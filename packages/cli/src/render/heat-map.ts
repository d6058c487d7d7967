import { styleText } from "node:util";
import type { HostHistory } from "@inquest/core";
import type { Look } from "./table.ts";
import { weekdayNames, weekGridOf } from "./week-grid.ts";

/**
 * Weekday × hour of the episodes (not the kills: a storm is one) in local time, each day's sum last; 80 columns. A dot: watched, nothing
 * died; blank: nobody watched; where nobody knows what was watched, every hour counts as watched.
 */
export function formatHeatMap(histories: readonly HostHistory[], look: Pick<Look, "color">): string {
  const cells = weekGridOf(histories);
  const anyUnknown = histories.some(({ watched }) => watched.length === 0);
  const most = Math.max(1, ...cells.map(({ episodes }) => episodes));
  const rows = weekdayNames.map((day, at) => {
    const own = cells.slice(at * 24, at * 24 + 24);
    const texts = own.map(({ episodes, isWatched }) =>
      cellText(episodes, isWatched || anyUnknown, most, look),
    );
    const total = own.reduce((sum, { episodes }) => sum + episodes, 0);
    return `${day} ${texts.join("")}${String(total).padStart(4)}`;
  });
  const head = Array.from({ length: 24 }, (_, hour) => ` ${String(hour).padStart(2, "0")}`).join("");
  return [`    ${head} all`, ...rows].map((line) => `${line}\n`).join("");
}

function cellText(count: number, isSeen: boolean, most: number, { color }: Pick<Look, "color">): string {
  if (count === 0) return isSeen ? "  ." : "   ";
  const text = count > 99 ? "99+" : String(count).padStart(3);
  if (!color) return text;
  const tone = count > most * 0.66 ? "red" : count > most * 0.33 ? "yellow" : "dim";
  return styleText(tone, text, { validateStream: false });
}

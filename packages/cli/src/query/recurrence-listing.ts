import type { HostHistory, Recurrence } from "@inquest/core";
import { formatHeatMap } from "../render/heat-map.ts";
import type { Listing } from "../render/listing.ts";
import { recurrenceCells, recurrenceColumns } from "../render/recurring-csv.ts";
import { recurrenceJson } from "../render/recurring-json.ts";
import { formatRecurrence } from "../render/recurring-sentence.ts";
import type { Look } from "../render/table.ts";
import { wrapped } from "../render/wrapped.ts";

/** How recurrences are listed; the table for people ends with the heat map of all that was looked at. */
export function recurrenceListing(
  histories: readonly HostHistory[],
  look: Look & { readonly zone: string | null },
): Listing<Recurrence> {
  return {
    columns: recurrenceColumns,
    toJson: recurrenceJson,
    toCells: async (item) => recurrenceCells(item),
    toTable: (items) =>
      [
        ...items.map((item) => `${wrapped(formatRecurrence(item, look.zone), look.width)}\n`),
        ...(items.length === 0 ? [] : ["\n"]),
      ].join("") + formatHeatMap(histories, look),
  };
}

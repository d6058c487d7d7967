import { annotationFields } from "./annotation-fields.ts";
import type { PlannedChange } from "./planned-change.ts";
import { formatCount } from "./quantity.ts";
import { sanitize } from "./sanitize.ts";

/** A reviewer's word in a sentence: quoted, or `empty`. */
export function formatWords(words: string | null): string {
  return words === null ? "empty" : sanitize(JSON.stringify(words));
}

/** One incident and what changes on it, a line a field. */
export function formatChange({ incident, fields }: PlannedChange): string {
  const { id, host, victim } = incident;
  const head = `${id} ${sanitize(host)}${victim.name === null ? "" : ` ${sanitize(victim.name)}`}\n`;
  const lines = fields.map(({ field, before, after }) =>
    after === null
      ? `  ${field}: ${formatWords(before)} is removed\n`
      : before === null
        ? `  ${field}: ${formatWords(after)}\n`
        : `  ${field}: ${formatWords(before)} becomes ${formatWords(after)}\n`,
  );
  return head + lines.join("");
}

/** How much changes: `3 of 40 incidents change: status 2, note 1; 1 word is removed`. */
export function formatChangeTotals(changes: readonly PlannedChange[], incidents: number): string {
  const all = changes.flatMap(({ fields }) => fields);
  const counts = annotationFields
    .map((field) => ({ field, count: all.filter((change) => change.field === field).length }))
    .filter(({ count }) => count > 0);
  const removed = all.filter(({ after }) => after === null).length;
  const figures = counts.map(({ field, count }) => `${field} ${count}`).join(", ");
  return [
    `${changes.length} of ${formatCount(incidents, "incident")} changed${figures === "" ? "" : `: ${figures}`}`,
    ...(removed === 0 ? [] : [`${formatCount(removed, "word")} removed`]),
  ].join("; ");
}

import type { Annotation, Incident } from "@inquest/core";
import type { AnnotationRevision, Store } from "@inquest/store";
import { formatWords } from "../render/annotation-diff.ts";
import type { PlannedChange } from "../render/planned-change.ts";
import type { AnnotationField } from "../render/annotation-fields.ts";
import { noAnnotation } from "../render/annotation-fields.ts";
import { mergeCell } from "./merge-cell.ts";
import { changeTo } from "./plan-changes.ts";
import type { ReviewPlan } from "./plan-changes.ts";
import type { ReviewRow } from "./read-review.ts";

/** What one row of a sheet asks of one field. */
interface Wish {
  readonly to: string | null;
  readonly line: number;
}

interface Draft {
  readonly incident: Incident;
  readonly history: readonly AnnotationRevision[];
  readonly wishes: Map<AnnotationField, Wish>;
  /** Fields on which rows disagree, or the store and the sheet. */
  readonly refused: Set<AnnotationField>;
}

/**
 * What a reviewed sheet changes. With `overwrite` the sheet wins where the store was changed since it was written, and
 * the last of several rows; without, such fields are left out and named.
 */
export async function planReview(
  store: Store,
  rows: readonly ReviewRow[],
  { file, overwrite }: { readonly file: string; readonly overwrite: boolean },
): Promise<ReviewPlan> {
  const drafts = new Map<string, Draft>();
  const refusals: string[] = [];
  for (const row of rows) {
    const incident = await findWhole(store, row);
    if (incident === null) {
      refusals.push(`${file}:${row.line}: incident "${row.id}" is not in the store`);
      continue;
    }
    const key = JSON.stringify([incident.host, incident.id]);
    const draft = drafts.get(key) ?? (await openDraft(store, incident));
    drafts.set(key, draft);
    for (const [field, cell] of row.cells) {
      const now = incident.annotation[field];
      const merged = mergeCell(cell, now, await baseOf(store, row, draft, field));
      if (merged.is === "untouched") continue;
      const place = `${file}:${row.line}: ${incident.id}: ${field}`;
      const earlier = draft.wishes.get(field);
      if (earlier !== undefined && earlier.to !== merged.to && !overwrite) {
        draft.refused.add(field);
        refusals.push(
          `${place} is ${formatWords(merged.to)} here and ${formatWords(earlier.to)} in line ${earlier.line}`,
        );
      } else if (merged.is === "conflict" && !overwrite) {
        draft.refused.add(field);
        refusals.push(
          `${place} is ${formatWords(merged.to)} here, and the store was changed to ${formatWords(now)} since`,
        );
      } else draft.wishes.set(field, { to: merged.to, line: row.line });
    }
  }
  return { changes: [...drafts.values()].flatMap(changesOf), refusals, incidents: drafts.size };
}

function changesOf({ incident, history, wishes, refused }: Draft): readonly PlannedChange[] {
  const words = [...wishes]
    .filter(([field]) => !refused.has(field))
    .map(([field, { to }]) => [field, to] as const);
  const change = changeTo(incident, history.at(-1)?.rev ?? 0, new Map(words));
  return change === null ? [] : [change];
}

async function openDraft(store: Store, incident: Incident): Promise<Draft> {
  const history = await store.annotationHistory(incident.host, incident.id);
  return { incident, history, wishes: new Map(), refused: new Set() };
}

/** By whole id or alias: a prefix in a sheet is a cell that went wrong. */
async function findWhole(store: Store, { id }: ReviewRow): Promise<Incident | null> {
  return /^k-[0-9a-f]{12}$/.test(id) ? store.findIncident(id) : null;
}

/** What the store said when the sheet was written: by the id that is in it, which may be an alias by now. */
async function baseOf(
  store: Store,
  row: ReviewRow,
  { incident, history }: Draft,
  field: keyof Annotation,
): Promise<Parameters<typeof mergeCell>[2]> {
  if (row.rev === null) return { former: history.slice(0, -1).map(({ annotation }) => annotation[field]) };
  if (row.rev === 0) return { value: noAnnotation[field] };
  const own = row.id === incident.id ? history : await store.annotationHistory(incident.host, row.id);
  const base = own.find(({ rev }) => rev === row.rev) ?? history.find(({ rev }) => rev === row.rev);
  return base === undefined
    ? { former: history.map(({ annotation }) => annotation[field]) }
    : { value: base.annotation[field] };
}

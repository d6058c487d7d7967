import type { Annotation, Incident } from "@inquest/core";
import { annotationFields } from "../render/annotation-fields.ts";
import type { AnnotationField } from "../render/annotation-fields.ts";
import type { FieldChange, PlannedChange } from "../render/planned-change.ts";

/** What is to be done, and what cannot be. */
export interface ReviewPlan {
  readonly changes: readonly PlannedChange[];
  /** Rows and fields that are left out, in words, with file and line. */
  readonly refusals: readonly string[];
  /** Incidents that were looked at. */
  readonly incidents: number;
}

/** The change that brings an incident to these words; null where it has them already. */
export function changeTo(
  incident: Incident,
  rev: number,
  words: ReadonlyMap<AnnotationField, string | null>,
): PlannedChange | null {
  const fields = annotationFields.flatMap((field): readonly FieldChange[] => {
    const before = incident.annotation[field];
    const after = words.get(field);
    return after === undefined || after === before ? [] : [{ field, before, after }];
  });
  return fields.length === 0 ? null : { incident, rev, fields };
}

/** The annotation of an incident after a change. */
export function annotationAfter({ incident, fields }: PlannedChange): Annotation {
  return {
    ...incident.annotation,
    ...Object.fromEntries(fields.map(({ field, after }) => [field, after])),
  };
}

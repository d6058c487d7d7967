import type { Incident } from "@inquest/core";
import type { AnnotationField } from "./annotation-fields.ts";

/** One field of one incident that is to change. */
export interface FieldChange {
  readonly field: AnnotationField;
  readonly before: string | null;
  readonly after: string | null;
}

/** What is to change on one incident. */
export interface PlannedChange {
  readonly incident: Incident;
  /** Revision it is made from. */
  readonly rev: number;
  readonly fields: readonly FieldChange[];
}

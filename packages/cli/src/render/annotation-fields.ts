import type { Annotation } from "@inquest/core";

/** What a reviewer may write on an incident: names of columns and of options, in the order of the export. */
export const annotationFields: readonly AnnotationField[] = ["status", "owner", "cause", "ticket", "note"];
export type AnnotationField = keyof Annotation;

/** An incident that nobody wrote on. */
export const noAnnotation: Annotation = { status: null, owner: null, cause: null, ticket: null, note: null };

import type { Annotation } from "@inquest/core";
import type { ColumnsOf } from "./columns.ts";

/** The column of every field of an annotation, in both of its tables. */
export const annotationColumns: ColumnsOf<Annotation> = {
  status: "status",
  owner: "owner",
  cause: "cause",
  ticket: "ticket",
  note: "note",
};

import type { AnnotationRevision } from "@inquest/store";
import { formatWords } from "./annotation-diff.ts";
import { annotationFields } from "./annotation-fields.ts";
import { formatTable } from "./table.ts";
import type { Look } from "./table.ts";
import { formatInstant, formatZonedInstant, sharedOffset } from "./wall-time.ts";

/** Every state that annotations had, one a line: when, who wrote it, and the words that stood then. */
export function formatAnnotationHistory(
  revisions: readonly (AnnotationRevision & { readonly id: string })[],
  look: Look & { readonly zone: string },
): string {
  const { zone } = look;
  const offset = sharedOffset(revisions.flatMap(({ atMs }) => (atMs === null ? [] : [{ atMs, zone }])));
  const formatTime = offset === null ? formatZonedInstant : formatInstant;
  return formatTable(
    [
      { title: "ID" },
      { title: "REV", align: "right" },
      { title: offset === null ? "TIME" : `TIME ${offset}` },
      { title: "BY", shrinks: true },
      { title: "WORDS", moves: true },
    ],
    revisions.map(({ id, rev, atMs, author, source, annotation }) => [
      id,
      String(rev),
      atMs === null ? "?" : formatTime(atMs, zone),
      [author ?? "?", ...(source === null ? [] : [`from ${source}`])].join(" "),
      wordsOf(annotation),
    ]),
    look,
  );
}

function wordsOf(annotation: AnnotationRevision["annotation"]): string {
  const words = annotationFields.flatMap((field) =>
    annotation[field] === null ? [] : [`${field} ${formatWords(annotation[field])}`],
  );
  return words.join(", ") || "empty";
}

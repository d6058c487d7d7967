import { UsageError } from "@inquest/core";
import { CsvError, parse } from "csv-parse/sync";
import { z } from "zod";
import type { AnnotationField } from "../render/annotation-fields.ts";
import { annotationFields } from "../render/annotation-fields.ts";

/** One row of a reviewed sheet. */
export interface ReviewRow {
  /** 1-based, of the row's first line. */
  readonly line: number;
  readonly id: string;
  /** Revision of the annotation that the sheet was made from; null: the sheet does not say. */
  readonly rev: number | null;
  /** The reviewer's cells as they stand in the sheet; a field without a cell is not in it. */
  readonly cells: ReadonlyMap<AnnotationField, string>;
}

const idColumn = "incident_id";
const separators = [",", ";", "\t"] as const;
/** Numbers may put a table's name above the header, Excel a `sep=` line. */
const linesToHeader = 8;
const parsed = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }));

/** Rows of a sheet that has a column incident_id, whatever program saved it. Throws UsageError with file and line. */
export function readReview(text: string, file: string): readonly ReviewRow[] {
  const body = text.replace(/^\uFEFF/, "");
  const { at: headLine, separator } = findHeader(body, file);
  const lines = body.split(/\r\n|\n|\r/);
  const records = recordsOf(lines.slice(headLine).join("\n"), separator, file, headLine);
  const head = records[0]?.cells.map((name) => name.trim().toLowerCase()) ?? [];
  const twice = head.find((name, at) => name !== "" && head.indexOf(name) !== at);
  if (twice !== undefined)
    throw new UsageError("bad-review", `${file}:${headLine + 1}: column "${twice}" is there twice`);
  if (!annotationFields.some((field) => head.includes(field)))
    throw new UsageError("bad-review", `${file}:${headLine + 1}: no column is one that a reviewer fills in`, {
      hint: `keep one or more of ${annotationFields.join(", ")}`,
    });
  return records.slice(1).flatMap(({ cells, line }) => {
    const cell = (name: string): string | undefined => {
      const at = head.indexOf(name);
      return at === -1 ? undefined : cells[at];
    };
    const id = withoutGuard((cell(idColumn) ?? "").trim());
    if (cells.every((one) => one.trim() === "")) return [];
    const rev = (cell("annotation_rev") ?? "").trim();
    return [
      {
        line,
        id,
        rev: /^\d{1,9}$/.test(rev) ? Number(rev) : null,
        cells: new Map(
          annotationFields.flatMap((field) => {
            const found = cell(field);
            return found === undefined ? [] : [[field, found] as const];
          }),
        ),
      },
    ];
  });
}

/** A cell without the one ' that `export csv` puts before what a spreadsheet would run. */
export function withoutGuard(cell: string): string {
  return /^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}

function findHeader(text: string, file: string): { readonly at: number; readonly separator: string } {
  const lines = text.split(/\r\n|\n|\r/, linesToHeader);
  const named = new RegExp(`(?:^|[,;\\t])\\s*"?${idColumn}"?\\s*(?:[,;\\t]|$)`, "i");
  const at = lines.findIndex((line) => named.test(line));
  const line = lines[at];
  if (line === undefined)
    throw new UsageError("bad-review", `${file}: no column ${idColumn}`, {
      hint: "write such a file with inquest export csv incidents",
    });
  const [separator = ","] = separators.toSorted((one, other) => countOf(line, other) - countOf(line, one));
  return { at, separator };
}

function countOf(line: string, separator: string): number {
  return line.split(separator).length;
}

function recordsOf(
  text: string,
  separator: string,
  file: string,
  linesBefore: number,
): readonly { readonly cells: readonly string[]; readonly line: number }[] {
  try {
    const found = parsed.parse(
      parse(text, { delimiter: separator, info: true, relax_column_count: true, skip_empty_lines: false }),
    );
    // `lines` counts to the record's end: it begins behind the one before it.
    return found.map(({ record }, at) => ({
      cells: record,
      line: linesBefore + (found[at - 1]?.info.lines ?? 0) + 1,
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = linesBefore + (typeof error["lines"] === "number" ? error["lines"] : 1);
    throw new UsageError("bad-review", `${file}:${line}: is no CSV: ${error.message}`, { cause: error });
  }
}

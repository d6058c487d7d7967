import { stringify } from "csv-stringify/sync";
import { sanitize } from "./sanitize.ts";

/** What a cell may hold: null is an empty cell, a list is sorted and joined by `;`. */
export type CsvValue = string | number | boolean | null | readonly string[];

/** How a CSV file is written. */
/** How cells and lines are written. */
export interface CsvStyle {
  /** Byte order mark and CRLF, for spreadsheets that want them. */
  readonly excel: boolean;
  /** A leading ' before text that a spreadsheet would run as a formula. */
  readonly guard: boolean;
  /** For a terminal: control characters made visible. A file keeps them. */
  readonly sanitize: boolean;
}

/** One row by RFC 4180, line end included. Numbers are never guarded. */
export function csvRow(values: readonly CsvValue[], style: CsvStyle): string {
  const cells = values.map((value) => (typeof value === "number" ? String(value) : textCell(value, style)));
  // RFC 4180 quotes CR wherever it stands; csv-stringify by itself only the line end that it writes.
  return stringify([cells], { record_delimiter: style.excel ? "\r\n" : "\n", quoted_match: /[\r\n]/ });
}

/** The header row, after the byte order mark where there is one. */
export function csvHead(columns: readonly string[], style: CsvStyle): string {
  return (style.excel ? "\uFEFF" : "") + csvRow(columns, { ...style, guard: false });
}

function textCell(value: string | boolean | null | readonly string[], style: CsvStyle): string {
  if (value === null) return "";
  const text = typeof value === "object" ? value.toSorted().join(";") : String(value);
  const shown = style.sanitize ? sanitize(text) : text;
  return style.guard && /^[=+\-@\t\r]/.test(shown) ? `'${shown}` : shown;
}

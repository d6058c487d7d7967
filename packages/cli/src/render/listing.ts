import { csvHead, csvRow } from "./csv.ts";
import type { CsvStyle, CsvValue } from "./csv.ts";
import { fieldOf, fieldText, pickFields } from "./fields.ts";
import type { FieldSource } from "./fields.ts";
import type { JsonObject } from "./incident-json.ts";
import { toJson } from "./json.ts";
import { sanitize } from "./sanitize.ts";
import { formatTable } from "./table.ts";
import type { Look } from "./table.ts";

/** How the things of one list are printed, in every form. */
export interface Listing<T> {
  /** Columns of its CSV, in order. */
  readonly columns: readonly string[];
  /** May have to ask the store. */
  toJson(item: T): JsonObject | Promise<JsonObject>;
  /** Cells in the order of the columns; may have to ask the store. */
  toCells(item: T): Promise<readonly CsvValue[]>;
  /** The whole table for people. */
  toTable(items: readonly T[]): string;
}

/** What was asked of a list. */
export interface ListWishes {
  readonly format: "table" | "json" | "jsonl" | "csv";
  /** --fields. */
  readonly fields: readonly string[] | null;
  /** --field: every value of this one. */
  readonly field: string | null;
  readonly csv: CsvStyle;
  readonly look: Look;
}

/** A list as the texts that make it up. */
export async function* listingTexts<T>(
  items: AsyncIterable<T> | Iterable<T>,
  listing: Listing<T>,
  wishes: ListWishes,
): AsyncGenerator<string> {
  const { format, fields, field } = wishes;
  if (field !== null) yield* valueTexts(items, listing, field);
  else if (format === "csv") yield* csvTexts(items, listing, wishes);
  else if (format === "table") yield await tableText(items, listing, wishes);
  else yield* jsonTexts(items, listing, fields, format);
}

/** CSV with its header row, all columns or those of --fields. */
export async function* csvTexts<T>(
  items: AsyncIterable<T> | Iterable<T>,
  listing: Listing<T>,
  { fields, csv }: Pick<ListWishes, "fields" | "csv">,
): AsyncGenerator<string> {
  yield csvHead(fields ?? listing.columns, csv);
  for await (const item of items) {
    const cells = fields === null ? await listing.toCells(item) : await fieldCells(item, listing, fields);
    yield csvRow(cells, csv);
  }
}

/** JSON, an object a line or one array. */
export async function* jsonTexts<T>(
  items: AsyncIterable<T> | Iterable<T>,
  listing: Listing<T>,
  fields: readonly string[] | null,
  format: "json" | "jsonl",
): AsyncGenerator<string> {
  let before = "[";
  for await (const item of items) {
    const value =
      fields === null ? await listing.toJson(item) : pickFields(await sourceOf(item, listing), fields);
    yield format === "jsonl" ? `${toJson(value)}\n` : `${before}\n${toJson(value)}`;
    before = ",";
  }
  if (format === "json") yield before === "[" ? "[]\n" : "\n]\n";
}

async function tableText<T>(
  items: AsyncIterable<T> | Iterable<T>,
  listing: Listing<T>,
  wishes: ListWishes,
): Promise<string> {
  const rows: T[] = [];
  for await (const item of items) rows.push(item);
  if (rows.length === 0) return "";
  const { fields, look } = wishes;
  if (fields === null) return listing.toTable(rows);
  const texts = await Promise.all(
    rows.map(async (row) => (await fieldCells(row, listing, fields)).map((value) => fieldText(value) ?? "?")),
  );
  return formatTable(
    fields.map((name) => ({ title: sanitize(name.toUpperCase()), shrinks: true })),
    texts,
    look,
  );
}

/** As coredumpctl --field: each value once, in the order in which they come. */
async function* valueTexts<T>(
  items: AsyncIterable<T> | Iterable<T>,
  listing: Listing<T>,
  field: string,
): AsyncGenerator<string> {
  const told = new Set<string>();
  for await (const item of items) {
    const text = fieldText(fieldOf(await sourceOf(item, listing), field));
    if (text === null || told.has(text)) continue;
    told.add(text);
    yield `${sanitize(text)}\n`;
  }
}

async function fieldCells<T>(
  item: T,
  listing: Listing<T>,
  fields: readonly string[],
): Promise<readonly CsvValue[]> {
  const source = await sourceOf(item, listing);
  return fields.map((name) => {
    const cell = source.cell(name);
    const value = cell === undefined ? fieldOf(source, name) : cell;
    return typeof value === "number" || typeof value === "boolean" ? value : fieldText(value);
  });
}

async function sourceOf<T>(item: T, listing: Listing<T>): Promise<FieldSource> {
  const cells = await listing.toCells(item);
  const byColumn = new Map(listing.columns.map((column, at) => [column, cells[at] ?? null]));
  return { json: await listing.toJson(item), cell: (column) => byColumn.get(column) };
}

import type { SqlRow, SqlValue } from "./sql.ts";

/** The column of every field of T: adding a field without a column is a type error. */
export type ColumnsOf<T> = { readonly [field in keyof Required<T> & string]: string };

/** The fields of an object as columns; all null when there is no object. */
export function toColumns<T extends object>(columns: ColumnsOf<T>, object: T | null): SqlRow {
  return write(columns, object, (value) => value);
}

/** The columns as the object they came from: the caller vouches that toColumns wrote them. */
export function fromColumns<T extends object>(columns: ColumnsOf<T>, row: SqlRow): T {
  return read(columns, row, (value) => value);
}

/** Like fromColumns; an object of which nothing is known comes back as null. */
export function fromKnownColumns<T extends object>(columns: ColumnsOf<T>, row: SqlRow): T | null {
  const known = Object.values<string>(columns).some((column) => row[column] !== null);
  return known ? fromColumns(columns, row) : null;
}

/** Fields that are lists, as columns of JSON text; a list that is null stays null. */
export function toJsonColumns<T extends object>(columns: ColumnsOf<T>, object: T): SqlRow {
  return write(columns, object, (value) => (value === null ? null : JSON.stringify(value)));
}

/** The lists behind toJsonColumns. */
export function fromJsonColumns<T extends object>(columns: ColumnsOf<T>, row: SqlRow): T {
  return read(columns, row, (value) => (typeof value === "string" ? JSON.parse(value) : null));
}

function write<T extends object>(
  columns: ColumnsOf<T>,
  object: T | null,
  toValue: (field: SqlValue) => SqlValue,
): SqlRow {
  const fields = new Map<string, SqlValue>(Object.entries(object ?? {}));
  const pairs = Object.entries<string>(columns);
  return Object.fromEntries(pairs.map(([field, column]) => [column, toValue(fields.get(field) ?? null)]));
}

function read<T extends object>(
  columns: ColumnsOf<T>,
  row: SqlRow,
  toField: (value: SqlValue) => unknown,
): T {
  const pairs = Object.entries<string>(columns);
  const fields = Object.fromEntries(
    pairs.map(([field, column]) => [field, toField(row[column] ?? null)] as const),
  );
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same columns wrote these fields of a T
  return fields as T;
}

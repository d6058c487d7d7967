/** What a column holds. Unknown is null. */
export type SqlValue = string | number | Uint8Array | null;

/** One row by column name. */
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** One prepared statement; values are bound by place (`?`) or by name (`@name`, from one SqlRow). */
export interface SqlStatement<Row> {
  run(...values: readonly (SqlValue | SqlRow)[]): unknown;
  get(...values: readonly (SqlValue | SqlRow)[]): Row | undefined;
  all(...values: readonly (SqlValue | SqlRow)[]): Row[];
}

/** The open database as the table files see it: only open-store.ts knows the driver behind it. */
export interface Sql {
  /**
   * Compiled once a text, so texts come from fixed fragments and values are always bound. The caller vouches that
   * the columns of the text make a Row: STRICT tables hold what was written.
   */
  statement<Row = SqlRow>(text: string): SqlStatement<Row>;
  /** All or nothing; takes the write lock at once (BEGIN IMMEDIATE), so two writers wait instead of failing midway. */
  write<T>(work: () => T): T;
  /** Several reads of one moment. */
  read<T>(work: () => T): T;
  /** Copies the whole database, as it is at one moment, into a new file; others may write meanwhile. */
  backup(path: string): Promise<void>;
  close(): void;
}

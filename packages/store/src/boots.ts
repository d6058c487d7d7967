import type { EpochMs, KnownBoot } from "@inquest/core";
import type { ColumnsOf } from "./columns.ts";
import { fromColumns, fromJsonColumns, toColumns, toJsonColumns } from "./columns.ts";
import type { Sql, SqlRow } from "./sql.ts";
import { upsertSql } from "./upsert-sql.ts";

type Tail = Pick<KnownBoot, "tail">;
type PlainBoot = Omit<KnownBoot, "tail">;

const bootColumns: ColumnsOf<PlainBoot> = {
  boot: "boot",
  bootId: "boot_id",
  bootAtMs: "boot_at_ms",
  lastStampUs: "last_stamp_us",
  lastSeq: "last_seq",
};

const tailColumns: ColumnsOf<Tail> = { tail: "tail" };

/** Writes what is known of a boot after a visit that ended then; a later visit's word is kept. */
export function saveBoot(sql: Sql, host: string, visitedMs: EpochMs, boot: KnownBoot): void {
  const row: SqlRow = {
    host,
    ...toColumns<PlainBoot>(bootColumns, boot),
    ...toJsonColumns<Tail>(tailColumns, boot),
    visited_ms: visitedMs,
  };
  const text = upsertSql("boots", row, ["host", "boot"]);
  // Two collectors may read one host at once: the one that read last knows the log's end.
  sql.statement(`${text} WHERE excluded.visited_ms >= boots.visited_ms`).run(row);
}

/** Boots of a host, the latest visited last. */
export function loadBoots(sql: Sql, host: string): readonly KnownBoot[] {
  const rows = sql.statement("SELECT * FROM boots WHERE host = ? ORDER BY visited_ms, boot").all(host);
  return rows.map((row) =>
    Object.assign(fromColumns<PlainBoot>(bootColumns, row), fromJsonColumns<Tail>(tailColumns, row)),
  );
}

import type { EpochMs, KnownBoot } from "@inquest/core";
import type { ColumnsOf } from "./columns.ts";
import { fromColumns, fromJsonColumns, toColumns, toJsonColumns } from "./columns.ts";
import type { Sql, SqlRow } from "./sql.ts";
import { upsertSql } from "./upsert-sql.ts";

type Lists = Pick<KnownBoot, "tail" | "lateKills">;
type PlainBoot = Omit<KnownBoot, keyof Lists>;

const bootColumns: ColumnsOf<PlainBoot> = {
  boot: "boot",
  bootId: "boot_id",
  bootAtMs: "boot_at_ms",
  lastStampUs: "last_stamp_us",
  lastSeq: "last_seq",
  readMs: "read_ms",
  drift: "drift",
  visitedMs: "visited_ms",
  lastWords: "last_words",
};

const listColumns: ColumnsOf<Lists> = { tail: "tail", lateKills: "late_kills" };

/** Writes what is known of a boot after a visit that ended then; a later visit's word is kept. */
export function saveBoot(sql: Sql, host: string, visitedMs: EpochMs, boot: KnownBoot): void {
  // Two collectors may read one host at once: the one that read last knows the log's end.
  save(sql, host, visitedMs, boot, "excluded.visited_ms >= boots.visited_ms");
}

/**
 * Writes what a saved log told of a boot. Only a log that goes further than what is known of its boot has a say, and
 * never one about when a host was visited last.
 */
export function saveImportedBoot(sql: Sql, host: string, capturedMs: EpochMs, boot: KnownBoot): void {
  const known = sql
    .statement<{ visitedMs: EpochMs }>(
      "SELECT visited_ms AS visitedMs FROM boots WHERE host = ? AND boot = ?",
    )
    .get(host, boot.boot);
  save(sql, host, known?.visitedMs ?? capturedMs, boot, "excluded.last_stamp_us >= boots.last_stamp_us");
}

function save(sql: Sql, host: string, visitedMs: EpochMs, boot: KnownBoot, condition: string): void {
  const row: SqlRow = {
    host,
    ...toColumns<PlainBoot>(bootColumns, boot),
    ...toJsonColumns<Lists>(listColumns, boot),
    visited_ms: visitedMs,
  };
  sql.statement(`${upsertSql("boots", row, ["host", "boot"])} WHERE ${condition}`).run(row);
}

/** Boots of a host, the latest visited last. */
export function loadBoots(sql: Sql, host: string): readonly KnownBoot[] {
  const rows = sql.statement("SELECT * FROM boots WHERE host = ? ORDER BY visited_ms, boot").all(host);
  return rows.map((row) =>
    Object.assign(fromColumns<PlainBoot>(bootColumns, row), fromJsonColumns<Lists>(listColumns, row)),
  );
}

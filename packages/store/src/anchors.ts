import type { Anchor, BootClock, EpochMs, KeptAnchor, Micros } from "@inquest/core";
import type { Sql, SqlRow } from "./sql.ts";
import { upsertSql } from "./upsert-sql.ts";

/** An anchor as its row has it: a side that is open is NULL. */
interface AnchorRow extends Pick<KeptAnchor, "kind" | "run" | "bootAtMs"> {
  readonly stampUs: Micros;
  readonly loMs: EpochMs | null;
  readonly hiMs: EpochMs | null;
}

const columns = "kind, stamp_us AS stampUs, lo_ms AS loMs, hi_ms AS hiMs, boot_at_ms AS bootAtMs, run";

/**
 * Writes the anchors that one visit brought. Of one kind and stamp the narrowest bounds stay: the newest record of a quiet
 * host is the same each time, and was there at the first. Of the uptimes the oldest and the newest stay, which is all
 * that is asked of them.
 */
export function saveAnchors(
  sql: Sql,
  host: string,
  boot: string,
  run: number,
  anchors: readonly Anchor[],
): void {
  const find = sql.statement<AnchorRow>(
    `SELECT ${columns} FROM anchors WHERE host = ? AND boot = ? AND kind = ? AND stamp_us = ?`,
  );
  for (const anchor of anchors.toSorted(byKey)) {
    const stampUs = Math.round(anchor.stampS * 1e6);
    const known = find.get(host, boot, anchor.kind, stampUs);
    const [loMs, hiMs] = [
      highest(known?.loMs ?? null, anchor.loMs),
      lowest(known?.hiMs ?? null, anchor.hiMs),
    ];
    const isTorn = loMs !== null && hiMs !== null && loMs > hiMs;
    if (known !== undefined && (isTorn || (loMs === known.loMs && hiMs === known.hiMs))) continue;
    const row: SqlRow = {
      host,
      boot,
      kind: anchor.kind,
      stamp_us: stampUs,
      lo_ms: loMs,
      hi_ms: hiMs,
      boot_at_ms: anchor.bootAtMs,
      run,
    };
    sql.statement(upsertSql("anchors", row, ["host", "boot", "kind", "stamp_us"])).run(row);
  }
  sql
    .statement(
      `DELETE FROM anchors WHERE host = @host AND boot = @boot AND kind IN ('uptime', 'foreign-uptime')
       AND stamp_us NOT IN (
         SELECT min(stamp_us) FROM anchors
         WHERE host = @host AND boot = @boot AND kind IN ('uptime', 'foreign-uptime')
         UNION ALL SELECT max(stamp_us) FROM anchors
         WHERE host = @host AND boot = @boot AND kind IN ('uptime', 'foreign-uptime'))`,
    )
    .run({ host, boot });
}

/** Forgets what one visit had brought, before its evidence is read again. */
export function dropAnchors(sql: Sql, host: string, run: number): void {
  sql.statement("DELETE FROM anchors WHERE host = ? AND run = ?").run(host, run);
}

/** All that dates the stamps of a boot, or null for a boot that no visit read. */
export function loadBootClock(sql: Sql, host: string, boot: string): BootClock | null {
  const known = sql
    .statement<Pick<BootClock, "drift" | "latestMs">>(
      "SELECT drift, visited_ms AS latestMs FROM boots WHERE host = ? AND boot = ?",
    )
    .get(host, boot);
  if (known === undefined) return null;
  const rows = sql
    .statement<AnchorRow>(`SELECT ${columns} FROM anchors WHERE host = ? AND boot = ?`)
    .all(host, boot);
  return { ...known, anchors: rows.map(toAnchor) };
}

function toAnchor({ kind, stampUs, loMs, hiMs, bootAtMs, run }: AnchorRow): KeptAnchor {
  return { kind, stampS: stampUs / 1e6, loMs: loMs ?? -Infinity, hiMs: hiMs ?? Infinity, bootAtMs, run };
}

function byKey(one: Anchor, other: Anchor): number {
  return one.kind === other.kind ? one.stampS - other.stampS : one.kind < other.kind ? -1 : 1;
}

function highest(known: EpochMs | null, loMs: EpochMs): EpochMs | null {
  const found = Math.max(known ?? -Infinity, loMs);
  return Number.isFinite(found) ? found : null;
}

function lowest(known: EpochMs | null, hiMs: EpochMs): EpochMs | null {
  const found = Math.min(known ?? Infinity, hiMs);
  return Number.isFinite(found) ? found : null;
}

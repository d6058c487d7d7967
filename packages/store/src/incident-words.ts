import type { EpochMs, Micros, Seconds, Sighting } from "@inquest/core";
import type { Sql } from "./sql.ts";

/** Seconds after the kernel by which a daemon may have written a line down: it reads up to 19 s late. */
const daemonLagS = 20;

/** When the words of a death were said, as far as their carriers tell. */
export interface Saying {
  /** printk stamp of the line; two different stamps are two deaths. */
  readonly stampUs: Micros | null;
  readonly atMs: EpochMs | null;
  /** Half-width; null exactly when `atMs` is. */
  readonly errorS: Seconds | null;
}

/** The words of a stored incident. */
export type StoredSaying = Saying & { readonly id: string };

/** When a sighting's words were said. */
export function sayingOf({ stampUs, time }: Sighting["incident"]): Saying {
  return { stampUs, atMs: time.atMs, errorS: time.errorS };
}

/** Whether the same words, said twice on one host, can tell of one death. */
export function canBeOneDeath(one: Saying, other: Saying): boolean {
  if (one.stampUs !== null && other.stampUs !== null) return one.stampUs === other.stampUs;
  return (distanceS(one, other) ?? 0) <= (one.errorS ?? 0) + (other.errorS ?? 0) + daemonLagS;
}

/** The one nearest in time to a saying, of equally near ones the earliest; what has no time comes last. */
export function nearestSaying(said: Saying, candidates: readonly StoredSaying[]): StoredSaying | null {
  const sorted = candidates.toSorted(
    (one, other) =>
      order(distanceS(one, said), distanceS(other, said)) ||
      order(one.atMs, other.atMs) ||
      order(one.stampUs, other.stampUs) ||
      (one.id < other.id ? -1 : 1),
  );
  return sorted[0] ?? null;
}

/** Every incident of a host that was told in these words. */
export function loadSayings(sql: Sql, host: string, words: string): readonly StoredSaying[] {
  return sql
    .statement<StoredSaying>(
      `SELECT id, stamp_us AS stampUs, at_ms AS atMs, at_error_s AS errorS
       FROM incident_words WHERE host = ? AND words = ?`,
    )
    .all(host, words);
}

/** Writes that an incident was told in these words; of several tellings the stamp and the narrowest time stay. */
export function saveSaying(sql: Sql, host: string, words: string, saying: StoredSaying): void {
  const known = sql
    .statement<Saying>(
      `SELECT stamp_us AS stampUs, at_ms AS atMs, at_error_s AS errorS
       FROM incident_words WHERE host = ? AND words = ? AND id = ?`,
    )
    .get(host, words, saying.id);
  const stampUs = smaller(known?.stampUs ?? null, saying.stampUs);
  const isNarrower =
    known === undefined || (order(saying.errorS, known.errorS) || order(saying.atMs, known.atMs)) < 0;
  if (!isNarrower && stampUs === known.stampUs) return;
  const { atMs, errorS } = isNarrower ? saying : known;
  sql
    .statement(
      `INSERT INTO incident_words (host, words, id, stamp_us, at_ms, at_error_s) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (host, words, id) DO UPDATE
       SET stamp_us = excluded.stamp_us, at_ms = excluded.at_ms, at_error_s = excluded.at_error_s`,
    )
    .run(host, words, saying.id, stampUs, atMs, errorS);
}

/** Hands all words of an incident to the one it merged into. */
export function moveSayings(sql: Sql, host: string, from: string, to: string): void {
  const rows = sql
    .statement<Saying & { readonly words: string }>(
      `SELECT words, stamp_us AS stampUs, at_ms AS atMs, at_error_s AS errorS
       FROM incident_words WHERE host = ? AND id = ?`,
    )
    .all(host, from);
  for (const { words, ...saying } of rows) saveSaying(sql, host, words, { ...saying, id: to });
}

function distanceS(one: Saying, other: Saying): Seconds | null {
  return one.atMs === null || other.atMs === null ? null : Math.abs(one.atMs - other.atMs) / 1000;
}

/** Smaller first, unknown last. */
function order(one: number | null, other: number | null): number {
  if (one === other) return 0;
  return (one ?? Infinity) - (other ?? Infinity);
}

function smaller(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}

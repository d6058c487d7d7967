import { hash } from "node:crypto";
import type { Evidence } from "@inquest/core";
import { probeSections } from "@inquest/core";
import type { Sql, SqlRow } from "./sql.ts";
import { insertSql } from "./upsert-sql.ts";
import { compress, decompress } from "./zstd.ts";

type EvidenceRow = Pick<Evidence, "section" | "via"> & { readonly bytes_zstd: Uint8Array };

/** Writes the raw sections of one visit; bytes that the host sent before are not stored again. */
export function saveEvidence(sql: Sql, host: string, run: number, evidence: readonly Evidence[]): void {
  const bySection = evidence.toSorted((one, other) => (one.section < other.section ? -1 : 1));
  for (const { section, via, bytes } of bySection) {
    const row: SqlRow = { host, run, section, via, sha256: saveBlob(sql, host, bytes) };
    sql.statement(insertSql("evidence", row)).run(row);
  }
}

/** Writes bytes of a host once by content; returns their SHA-256. */
export function saveBlob(sql: Sql, host: string, bytes: Uint8Array): string {
  const sha256 = hash("sha256", bytes);
  const known = sql.statement("SELECT 1 FROM evidence_blobs WHERE host = ? AND sha256 = ?");
  if (known.get(host, sha256) === undefined) {
    const blob: SqlRow = { host, sha256, size_bytes: bytes.length, bytes_zstd: compress(bytes) };
    sql.statement(insertSql("evidence_blobs", blob)).run(blob);
  }
  return sha256;
}

/** Raw sections of one visit, in the order of the probe. */
export function loadEvidence(sql: Sql, host: string, run: number): readonly Evidence[] {
  const rows = sql
    .statement<EvidenceRow>(
      `SELECT section, via, bytes_zstd FROM evidence JOIN evidence_blobs USING (host, sha256)
       WHERE host = ? AND run = ?`,
    )
    .all(host, run);
  return rows
    .map(({ section, via, bytes_zstd }) => ({ section, via, bytes: decompress(bytes_zstd) }))
    .toSorted((one, other) => probeSections.indexOf(one.section) - probeSections.indexOf(other.section));
}

import type { EpochMs } from "@inquest/core";
import type { Pruned, StoreCheck, StoreUsage } from "@inquest/store";
import { formatCount, formatKiB } from "./quantity.ts";
import { sanitize } from "./sanitize.ts";
import { formatTable } from "./table.ts";
import { formatUtc } from "./wall-time.ts";

const day = (atMs: EpochMs | null): string => (atMs === null ? "?" : formatUtc(atMs));

const formatBytes = (bytes: number): string => (bytes < 1024 ? `${bytes} B` : formatKiB(bytes / 1024));

/** What takes the room: by table, then by host. */
export function formatUsage(
  usage: StoreUsage,
  { columns, color }: { readonly columns: number | null; readonly color: boolean },
): string {
  const look = { width: columns, color };
  const tables = formatTable(
    [{ title: "TABLE" }, { title: "ROWS", align: "right" }, { title: "SIZE", align: "right" }],
    usage.tables.map(({ table, rows, bytes }) => [table, String(rows), formatBytes(bytes)]),
    look,
  );
  const hosts = formatTable(
    [
      { title: "HOST", shrinks: true },
      { title: "INCIDENTS", align: "right" },
      { title: "EVIDENCE", align: "right" },
      { title: "OLDEST" },
      { title: "NEWEST" },
    ],
    usage.hosts.map((host) => [
      host.host,
      String(host.incidents),
      formatBytes(host.bytes),
      day(host.oldestMs),
      day(host.newestMs),
    ]),
    look,
  );
  const total = `${formatBytes(usage.bytes)} altogether, ${formatBytes(usage.freeBytes)} of it free\n`;
  return `${tables}\n${usage.hosts.length === 0 ? "" : `${hosts}\n`}${total}`;
}

/** What is wrong with the store, or that nothing is. */
export function formatCheck({ version, damages, unusedBytes }: StoreCheck): string {
  const unused = unusedBytes === 0 ? "" : `; ${formatBytes(unusedBytes)} that nothing refers to`;
  if (damages.length === 0) return `the store is sound (schema ${version})${unused}\n`;
  const lines = damages.map((damage) => `${sanitize(damage)}\n`).join("");
  return `${lines}${formatCount(damages.length, "damage")} found: restore a backup, or move the file away and collect again\n`;
}

/** What went out of the store, or would. */
export function formatPruned(
  { incidents, annotated, evidence, bytes }: Pruned,
  { beforeMs, dryRun }: { readonly beforeMs: EpochMs; readonly dryRun: boolean },
): string {
  const kept = annotated === 0 ? "" : `; ${formatCount(annotated, "annotated one")} kept`;
  return `${dryRun ? "dry run, nothing is removed: " : ""}before ${formatUtc(beforeMs)}: ${formatCount(incidents, "incident")}${kept}, raw evidence of ${formatCount(evidence, "reading")}, ${formatBytes(bytes)}\n`;
}

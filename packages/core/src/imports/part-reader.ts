import { yearKeeper } from "../clock/written-time.ts";
import { logFormatNames } from "../model/kernel-record.ts";
import type { WrittenTime } from "../model/kernel-record.ts";
import type { EpochMs } from "../model/units.ts";
import type { ImportBatch, ImportedFile } from "../model/visit.ts";
import { importBatches } from "../normalize/import-batch.ts";
import { logReader } from "../parse/kernel-log/log-reader.ts";
import { outputReader } from "./output-reader.ts";

/** A stored stretch of a saved file. */
export type StoredPart = Pick<ImportBatch, "part" | "line" | "bytes">;

/** Reads the stored stretches of one saved file of one host again, in their order, with the parsers of today. */
export function partReader(file: ImportedFile, nowMs: EpochMs): (stored: StoredPart) => ImportBatch {
  const format = logFormatNames.find((name) => name === file.format);
  const latestMs = Math.min(file.capturedMs ?? nowMs, nowMs);
  if (format === undefined) {
    const read = outputReader(file, latestMs);
    return ({ part, line, bytes }) => ({ ...read(bytes), part, line });
  }
  const keep = yearKeeper(Math.min(file.capturedMs ?? file.modifiedMs ?? latestMs, latestMs), file.firstYear);
  const yeared = new WeakMap<WrittenTime, WrittenTime>();
  const batchOf = importBatches(file, latestMs, (written) => yeared.get(written) ?? written);
  return ({ part, line, bytes }) => {
    const reader = logReader(format, line);
    const records = [...reader.push(bytes), ...reader.end()].flatMap((passage) => passage.records);
    for (const { written } of records) if (written !== null) yeared.set(written, keep(written));
    return { ...batchOf({ records, bytes, line }).batch, part };
  };
}

import { driftOf } from "../clock/drift.ts";
import { stampDater } from "../clock/stamp-dater.ts";
import { wallTimeOfWritten } from "../clock/written-time.ts";
import type { Anchor } from "../model/anchor.ts";
import type { DeathEcho } from "../model/death.ts";
import type { KernelRecord, WrittenTime } from "../model/kernel-record.ts";
import type { EpochMs } from "../model/units.ts";
import type { ImportBatch, ImportedFile } from "../model/visit.ts";
import type { WallTime } from "../model/wall-time.ts";
import { placeDeaths } from "./place-deaths.ts";
import { recordKeysOf } from "./record-keys.ts";
import type { Scene } from "./scene.ts";

/** Lines of one host that stand together in a saved log, read. */
export interface ReadPart {
  readonly records: readonly KernelRecord[];
  /** The lines they were read from, byte for byte; `line` is the 0-based number of the first in the file. */
  readonly bytes: Uint8Array;
  readonly line: number;
}

/** What a part brings to the store, and what others say in it of deaths that it does not hold. */
export interface ImportedPart {
  readonly batch: ImportBatch;
  readonly unmatched: readonly DeathEcho[];
}

/** `--boot-time` is a time that somebody read somewhere, to the second. */
const bootTimeErrorMs = 1000;
/** A saved log rarely tells how well the clock was calibrated. */
const drift = driftOf(false);

/**
 * Places the parts of one saved log of one host, in their order: repeated lines are counted over all of it. `latestMs`:
 * nothing in it is later, collector clock; `years` gives a time its year.
 */
export function importBatches(
  file: ImportedFile,
  latestMs: EpochMs,
  years: (written: WrittenTime) => WrittenTime,
): (part: ReadPart) => ImportedPart {
  const counted = new Map<string, number>();
  let parts = 0;
  return ({ records, bytes, line }) => {
    const scene: Scene = {
      host: file.host,
      groups: [],
      boot: null,
      bootId: null,
      kernel: null,
      pageSizeKiB: null,
      zone: file.zone,
      utcOffsetS: null,
      timeOf: (record) => timeOf(record, file, latestMs, years),
      keyOf: recordKeysOf(records, counted),
      users: new Map(),
      source: "import",
    };
    const placed = placeDeaths(records, scene, { bytes, line });
    const part = parts;
    parts += 1;
    return {
      batch: {
        file,
        part,
        boot: null,
        sightings: placed.sightings,
        reports: placed.reports,
        snapshot: null,
        figures: null,
        bytes,
        line,
      },
      unmatched: placed.unmatched,
    };
  };
}

/** By what is written beside the record, else by its stamp where `--boot-time` says what stamps count from. */
function timeOf(
  record: KernelRecord | null,
  { zone, bootAtMs }: ImportedFile,
  latestMs: EpochMs,
  years: (written: WrittenTime) => WrittenTime,
): WallTime {
  if (record !== null && record.written !== null)
    return wallTimeOfWritten(years(record.written), { zone, latestMs });
  const stampUs = record?.stampUs ?? null;
  if (stampUs === null || bootAtMs === null) return { atMs: null, errorS: null, method: "ordered-only" };
  const anchors: readonly Anchor[] = [
    {
      kind: "boot-time",
      stampS: 0,
      loMs: bootAtMs - bootTimeErrorMs,
      hiMs: bootAtMs + bootTimeErrorMs,
      bootAtMs: null,
    },
  ];
  return stampDater(anchors, { drift, latestMs })(stampUs).time;
}

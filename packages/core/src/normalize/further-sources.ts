import { hostZoneOf } from "../clock/local-time.ts";
import type { StampDater } from "../clock/stamp-dater.ts";
import { instantOfWritten, wallTimeOfWritten, yearKeeper } from "../clock/written-time.ts";
import type { LogPair } from "../model/anchor.ts";
import type { KernelLog, KernelRecord, WrittenTime } from "../model/kernel-record.ts";
import type { ProbeOutput, ProbeSectionName } from "../model/probe-output.ts";
import type { EpochMs, Micros, Millis, Seconds } from "../model/units.ts";
import type { WallTime } from "../model/wall-time.ts";
import { logReader } from "../parse/kernel-log/log-reader.ts";
import { detectFormat } from "../parse/kernel-log/detect-format.ts";
import type { PlacedDeaths } from "./place-deaths.ts";
import { placeDeaths } from "./place-deaths.ts";
import { recordKeysOf, textHash } from "./record-keys.ts";
import type { Scene } from "./scene.ts";
import { sectionBytes } from "./section-text.ts";

/** Sections that hold kernel lines besides the ring buffer, and the carrier that an incident names as its source. */
const carriers = [
  ["log-files", "syslog"],
  ["journal", "journal"],
] as const satisfies readonly (readonly [ProbeSectionName, string])[];

/** So many lines tell what form a log has. */
const sampleBytes = 64 * 1024;
/** Of a storm the last deaths are enough to set a clock by. */
const mostPairs = 64;
/** A time that may be wrong by its zone says nothing about a clock. */
const widestPairMs: Millis = 3_600_000;
/** What a boot writes before a daemon reads is read all at once. */
const backlogUs: Micros = 60_000_000;
const exactS: Seconds = 2;

/** What further sources tell of deaths, and of the clock of the boot that is going on. */
export type FurtherDeaths = Pick<PlacedDeaths, "sightings" | "reports"> & {
  /** Times beside records of deaths that the ring buffer still holds, or that the journal ascribes to its boot. */
  readonly pairs: readonly LogPair[];
};

/** The boot that is going on: what dates its stamps, its ring buffer, and the latest instant of anything, host clock. */
export interface GoingBoot {
  readonly dateOf: StampDater;
  readonly log: KernelLog;
  readonly latestMs: EpochMs;
}

/**
 * Places the deaths that the logs on a host's disk and its journal tell of: what its ring buffer has lost, and once more
 * what it still holds.
 */
export function placeFurtherSources(output: ProbeOutput, scene: Scene, boot: GoingBoot): FurtherDeaths {
  const found = carriers.map(([section, source]) =>
    placeSource(sectionBytes(output, section), source, scene, boot),
  );
  return {
    sightings: found.flatMap(({ sightings }) => sightings),
    reports: found.flatMap(({ reports }) => reports),
    pairs: found.flatMap(({ pairs }) => pairs.slice(-mostPairs)),
  };
}

function placeSource(
  bytes: Uint8Array,
  source: "syslog" | "journal",
  scene: Scene,
  boot: GoingBoot,
): FurtherDeaths {
  if (bytes.length === 0) return { sightings: [], reports: [], pairs: [] };
  const context = { zone: hostZoneOf(scene), latestMs: boot.latestMs };
  const years = yearKeeper(boot.latestMs);
  const written = new Map<KernelRecord, WrittenTime>();
  const timeOf = (record: KernelRecord | null): WallTime => {
    if (record === null || record.written === null)
      return boot.dateOf(record?.bootId === scene.bootId ? (record?.stampUs ?? null) : null).time;
    const dated = years(record.written);
    written.set(record, dated);
    const time = wallTimeOfWritten(dated, context);
    return isExact(record, dated, time) ? { ...time, method: "exact" } : time;
  };
  const sample = new TextDecoder().decode(bytes.subarray(0, sampleBytes)).split("\n");
  const reader = logReader(detectFormat(sample).name, 0, bytes);
  const counted = new Map<string, number>();
  const placed = reader.end().map(({ records, bytes: raw, line }) =>
    placeDeaths(
      records,
      {
        ...scene,
        boot: null,
        bootId: null,
        kernel: null,
        timeOf,
        source,
        keyOf: recordKeysOf(records, counted),
      },
      { bytes: raw, line },
    ),
  );
  const pairs = [...written].flatMap(([record, time]): readonly LogPair[] => {
    if (record.stampUs === null || time.by !== "received" || !isOfBoot(record, scene, boot)) return [];
    const { loMs: fromMs, hiMs: toMs } = instantOfWritten(time, context);
    return toMs - fromMs > widestPairMs ? [] : [{ kind: source, stampS: record.stampUs / 1e6, fromMs, toMs }];
  });
  return {
    sightings: placed.flatMap(({ sightings }) => sightings),
    reports: placed.flatMap(({ reports }) => reports),
    pairs,
  };
}

/** A daemon that keeps up dates a record within two seconds; one that a boot has just started works off a backlog. */
function isExact({ stampUs }: KernelRecord, { by }: WrittenTime, { errorS }: WallTime): boolean {
  return by === "received" && stampUs !== null && stampUs >= backlogUs && errorS !== null && errorS <= exactS;
}

/** A journal names the boot; of a syslog's lines those are of the boot that are still in its ring, word for word. */
function isOfBoot(record: KernelRecord, { bootId }: Scene, { log }: GoingBoot): boolean {
  if (record.bootId !== null && bootId !== null) return record.bootId === bootId;
  const hash = textHash(record.text);
  return log.recordsAt(record.stampUs ?? -1).some(({ text }) => textHash(text) === hash);
}

import { hostZoneOf } from "../clock/local-time.ts";
import type { StampDater } from "../clock/stamp-dater.ts";
import { wallTimeOfWritten, yearKeeper } from "../clock/written-time.ts";
import type { KernelRecord } from "../model/kernel-record.ts";
import type { ProbeOutput, ProbeSectionName } from "../model/probe-output.ts";
import type { EpochMs } from "../model/units.ts";
import type { WallTime } from "../model/wall-time.ts";
import { logReader } from "../parse/kernel-log/log-reader.ts";
import { detectFormat } from "../parse/kernel-log/detect-format.ts";
import type { PlacedDeaths } from "./place-deaths.ts";
import { placeDeaths } from "./place-deaths.ts";
import { recordKeysOf } from "./record-keys.ts";
import type { Scene } from "./scene.ts";
import { sectionBytes } from "./section-text.ts";

/** Sections that hold kernel lines besides the ring buffer, and the carrier that an incident names as its source. */
const carriers = [
  ["log-files", "syslog"],
  ["journal", "journal"],
] as const satisfies readonly (readonly [ProbeSectionName, string])[];

/** So many lines tell what form a log has. */
const sampleBytes = 64 * 1024;

/**
 * Places the deaths that the logs on a host's disk and its journal tell of: what its ring buffer has lost, and once more
 * what it still holds. `latestMs`: nothing in them is later, host clock. `dateOf` dates the stamps of the boot going on.
 */
export function placeFurtherSources(
  output: ProbeOutput,
  scene: Scene,
  dateOf: StampDater,
  latestMs: EpochMs,
): readonly Pick<PlacedDeaths, "sightings" | "reports">[] {
  return carriers.flatMap(([section, source]) => {
    const bytes = sectionBytes(output, section);
    if (bytes.length === 0) return [];
    const years = yearKeeper(latestMs);
    const timeOf = (record: KernelRecord | null): WallTime => {
      if (record !== null && record.written !== null)
        return wallTimeOfWritten(years(record.written), { zone: hostZoneOf(scene), latestMs });
      return dateOf(record?.bootId === scene.bootId ? (record?.stampUs ?? null) : null).time;
    };
    const sample = new TextDecoder().decode(bytes.subarray(0, sampleBytes)).split("\n");
    const reader = logReader(detectFormat(sample).name);
    const counted = new Map<string, number>();
    return [...reader.push(bytes), ...reader.end()].map(({ records, bytes: raw, line }) =>
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
        () => ({ text: new TextDecoder().decode(raw), line }),
      ),
    );
  });
}

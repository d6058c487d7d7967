import { hostZoneOf } from "../clock/local-time.ts";
import { wallTimeOfWritten } from "../clock/written-time.ts";
import type { HostFacts } from "../model/host-facts.ts";
import type { KernelLog } from "../model/kernel-record.ts";
import type { ProbeOutput } from "../model/probe-output.ts";
import type { EpochMs } from "../model/units.ts";
import type { KnownBoot, LateKill, Sighting } from "../model/visit.ts";
import { lastWordsOf } from "../parse/death/last-words.ts";
import { detectFormat } from "../parse/kernel-log/detect-format.ts";
import { sectionText } from "./section-text.ts";

/** Kills so long before the end of a boot may have to do with it. */
export const stormMs = 600_000;
/** As many of the last lines are looked at as records are kept of a ring. */
const lastLines = 32;
/** A storm of more is a storm. */
const mostKills = 100;

/** What the files and the journal on a host's disk tell of the end of the boot before the one going on. */
export interface BootEnd {
  readonly words: string | null;
  /** Wall time (host clock) that its last line is not before; null: no line of it is there. */
  readonly lastMs: EpochMs | null;
}

/** Looks at the lines before the last "Linux version" in what `--sources files,journal` brought. */
export function bootEndOf(output: ProbeOutput, { clock }: HostFacts, latestMs: EpochMs): BootEnd {
  const ends = (["log-files", "journal"] as const).flatMap((section): readonly BootEnd[] => {
    const lines = (sectionText(output, section) ?? "").split("\n");
    const start = lines.findLastIndex((line) => /Linux version \d/.test(line));
    const last = lines.slice(Math.max(0, start - lastLines), Math.max(0, start));
    const { records } = detectFormat(last).read(last, 0);
    const written = records.at(-1)?.written ?? null;
    const time = written === null ? null : wallTimeOfWritten(written, { zone: hostZoneOf(clock), latestMs });
    const texts = records.map(({ text }) => text);
    return [
      {
        words: lastWordsOf([...last, ...texts]),
        lastMs: time === null || time.atMs === null ? null : time.atMs - (time.errorS ?? 0) * 1000,
      },
    ];
  });
  return {
    words: ends.find(({ words }) => words !== null)?.words ?? null,
    lastMs: ends.reduce<EpochMs | null>(
      (latest, { lastMs }) => (lastMs === null ? latest : Math.max(latest ?? lastMs, lastMs)),
      null,
    ),
  };
}

/** A boot as a visit leaves it: what would tell why, if it were its end. `before`: as it was known. */
export function leaveBoot(
  boot: KnownBoot,
  before: KnownBoot | null,
  seen: { readonly log: KernelLog; readonly sightings: readonly Sighting[]; readonly endedMs: EpochMs },
): KnownBoot {
  const { log, sightings, endedMs } = seen;
  const fresh = killsIn(sightings).filter(({ stampUs }) => stampUs !== null);
  const stamps = new Set(fresh.map(({ stampUs }) => stampUs));
  const kills = [...(before?.lateKills ?? []).filter(({ stampUs }) => !stamps.has(stampUs)), ...fresh];
  return {
    ...boot,
    visitedMs: endedMs,
    lastWords: log.newest.length === 0 ? boot.lastWords : lastWordsOf(log.newest.map(({ text }) => text)),
    lateKills: kills.filter(({ atMs }) => atMs >= endedMs - stormMs).slice(-mostKills),
  };
}

/** The kills with a time among deaths. */
export function killsIn(sightings: readonly Sighting[]): readonly LateKill[] {
  return sightings.flatMap(({ incident: { kind, stampUs, time } }) =>
    kind === "oom-kill" && time.atMs !== null ? [{ stampUs, atMs: time.atMs }] : [],
  );
}

import { hostZoneOf } from "../clock/local-time.ts";
import { clockDifferenceOf } from "../clock/clock-difference.ts";
import type { StampDater } from "../clock/stamp-dater.ts";
import { wallTimeOfWritten } from "../clock/written-time.ts";
import type { HostFacts } from "../model/host-facts.ts";
import type { HostReading } from "../model/host-reading.ts";
import type { HostFailure } from "../model/host-result.ts";
import type { KernelLog, KernelRecord, LogFormatName } from "../model/kernel-record.ts";
import type { ProbeOutput } from "../model/probe-output.ts";
import type { Process, ProcessSnapshot } from "../model/process-snapshot.ts";
import type { EpochMs } from "../model/units.ts";
import type { WallTime } from "../model/wall-time.ts";
import type { Evidence, KnownBoot, LogCoverage, VisitRecord } from "../model/visit.ts";
import { parseWrittenMark } from "../parse/facts/parse-clock.ts";
import type { WrittenMark } from "../parse/facts/parse-clock.ts";
import { parseHostFacts } from "../parse/facts/parse-host-facts.ts";
import { readKernelLog } from "../parse/kernel-log/read-kernel-log.ts";
import { parsePs } from "../parse/ps.ts";
import { parseRing } from "../parse/ring.ts";
import { bootEndOf, leaveBoot } from "./boot-end.ts";
import { placeFurtherSources } from "./further-sources.ts";
import type { IdentifiedBoot } from "./identify-boot.ts";
import { identifyBoot } from "./identify-boot.ts";
import { placeDeaths } from "./place-deaths.ts";
import { rebootSightingOf } from "./reboot-sighting.ts";
import { recordKeysOf } from "./record-keys.ts";
import type { RingFigures } from "./ring-figures.ts";
import { ringFiguresOf } from "./ring-figures.ts";
import type { Scene } from "./scene.ts";
import { scheduleRefusals, schedulesOf } from "./schedules-of.ts";
import { sectionBytes, sectionText } from "./section-text.ts";
import { lastStampOf, visitClockOf } from "./visit-clock.ts";
import { blankVisit, figuresOf } from "./visit-figures.ts";

/** Sections whose raw bytes are kept beside what was derived from them. */
const keptSections = [
  "clock",
  "mark",
  "kernel-log",
  "ring",
  "clock-after",
  "uptime",
  "proc",
  "zone",
  "ps",
  "schedules",
  "log-files",
  "journal",
] as const;

const nothing = {
  boot: null,
  anchors: [],
  sightings: [],
  reports: [],
  snapshot: null,
  schedules: null,
  evidence: [],
} as const;

/**
 * Turns what came back from one host into all that is stored of the visit. `known` are the boots of this host
 * seen before, latest last; `endedMs` is the collector's clock when the host ended. What a host sent before it
 * failed is kept and read too; only a whole kernel log counts as coverage.
 */
export function visitRecordOf(
  reading: HostReading,
  known: readonly KnownBoot[],
  endedMs: EpochMs,
): VisitRecord {
  const answer = reading.ok ? reading.value : reading.kept;
  const blank = blankVisit(reading, endedMs);
  if (answer === null) return { ...nothing, visit: { ...blank, ...(reading.ok ? {} : reading.failure) } };

  const { output, complaints, sentMs, receivedMs } = answer;
  const facts = parseHostFacts(output);
  const bytes = sectionBytes(output, "kernel-log");
  const log = readKernelLog(bytes, formatOf(output.sections.get("kernel-log")?.via));
  const ring = parseRing(sectionText(output, "ring"));
  const failure = reading.ok ? (answer.refusal ?? shortfallOf(output, log)) : reading.failure;
  const snapshot = snapshotOf(output, facts);
  const read = schedulesOf(output, complaints, reading.target.user);
  const schedules = read?.jobs ?? null;
  const evidence = evidenceOf(output);
  const visit = {
    ...blank,
    ...figuresOf(output, facts),
    complaints: [...complaints, ...refusalsOf(log), ...scheduleRefusals(read)],
  };
  const keyOf = recordKeysOf(log.records);
  const seen = { bootId: facts.bootId, bootAtMs: facts.clock.bootAtMs, log };
  const identified = identifyBoot(known, seen, keyOf);
  const { boot } = identified;
  // Cut off before it named its boot, a log that we know would look like another one, and tell its deaths twice.
  const isNameless = facts.bootId === null && identified.continuity === "new-boot";
  if (failure !== null && (log.recordCount === 0 || isNameless)) {
    return { ...nothing, visit: { ...visit, ...failure }, snapshot, schedules, evidence };
  }
  const clockReading = { ...facts.clock, sentMs, receivedMs };
  const latestMs = clockReading.afterMs ?? receivedMs;
  const before = known.findLast((one) => one.boot === boot.boot) ?? null;
  const clock = visitClockOf(
    clockReading,
    { log, bytes, ring, kernel: facts.kernel, mark: markOf(output) },
    before,
  );
  const ownDater = clock.daterBy(clock.anchorsWith([]));
  const scene: Scene = {
    host: reading.target.host,
    groups: reading.target.groups,
    boot: boot.boot,
    bootId: boot.bootId,
    kernel: facts.kernel,
    pageSizeKiB: facts.pageSizeKiB,
    zone: facts.clock.zone,
    utcOffsetS: facts.clock.utcOffsetS,
    timeOf: (record) => timeOf(record, ownDater, facts, latestMs),
    keyOf,
    users: usersOf(snapshot?.processes ?? []),
    source: "collect",
  };
  const further = placeFurtherSources(output, scene, { dateOf: ownDater, log, latestMs });
  const anchors = clock.anchorsWith(further.pairs);
  const dateOf = clock.daterBy(anchors);
  const placed = placeDeaths(
    log.records,
    { ...scene, timeOf: (record) => timeOf(record, dateOf, facts, latestMs) },
    { bytes, line: 0 },
  );
  const coverage = {
    ...coverageOf(output, log, identified, dateOf),
    ...ringFiguresOf(bytes, log, before, ring),
  };
  const deaths = [...placed.sightings, ...further.sightings];
  const clockDiffS = clockDifferenceOf(clockReading);
  const reboot = rebootSightingOf({
    target: reading.target,
    boot,
    known,
    visit: { ...visit, clockDiffS },
    end: bootEndOf(output, facts, latestMs),
    sightings: deaths,
  });
  const isJoined = coverage.fromBoot || coverage.continuity === "complete";
  return {
    visit: {
      ...visit,
      ...(failure ?? { state: isJoined ? "ok" : "ok-truncated" }),
      boot: boot.boot,
      clockDiffS,
      complaints: [...visit.complaints, ...(clock.isMarkLost ? [markLost] : [])],
      coverage: failure === null ? coverage : null,
    },
    boot: {
      ...leaveBoot(boot, before, { log, sightings: deaths, endedMs }),
      // A log that was cut off may have held older records than those that a next reading brings.
      readMs: failure === null ? clock.readMs : null,
      drift: clock.drift,
    },
    anchors,
    sightings: reboot === null ? deaths : [...deaths, reboot],
    reports: [...placed.reports, ...further.reports],
    snapshot,
    schedules,
    evidence,
  };
}

/** By its stamp; a dmesg that prints dates in its place (an alias, a wrapper) is dated by these. */
function timeOf(
  record: KernelRecord | null,
  dateOf: StampDater,
  { clock: { zone, utcOffsetS } }: HostFacts,
  latestMs: EpochMs,
): WallTime {
  if (record === null || record.stampUs !== null || record.written === null)
    return dateOf(record?.stampUs ?? null).time;
  return wallTimeOfWritten(record.written, { zone: hostZoneOf({ zone, utcOffsetS }), latestMs });
}

const markLost = "mark: the line that was written is not in the log that was read";

/** The line that the visit wrote into the log, where the host took it. */
function markOf(output: ProbeOutput): WrittenMark | null {
  const section = output.sections.get("mark");
  return section?.status === 0 ? parseWrittenMark(new TextDecoder().decode(section.bytes)) : null;
}

function coverageOf(
  { sections }: ProbeOutput,
  log: KernelLog,
  { continuity, lostRecords }: IdentifiedBoot,
  dateOf: StampDater,
): Omit<LogCoverage, keyof RingFigures> {
  const { first, newest } = log;
  return {
    via: sections.get("kernel-log")?.via ?? "",
    records: log.recordCount,
    firstStampUs: first?.stampUs ?? null,
    lastStampUs: lastStampOf(log),
    firstSeq: first?.seq ?? null,
    lastSeq: newest.at(-1)?.seq ?? null,
    fromBoot: log.fromBoot,
    continuity,
    lostRecords:
      lostRecords === null && log.lostInside === null ? null : (lostRecords ?? 0) + (log.lostInside ?? 0),
    fromMs: dateOf(first?.stampUs ?? null).time.atMs,
  };
}

/** What the probe's own commands print; a dmesg may print its lines in several forms. */
function formatOf(via: string | undefined): LogFormatName | null {
  if (via === "kmsg" || via === "sudo-kmsg") return "kmsg";
  return via === "journalctl" ? "journal-short-monotonic" : null;
}

/** What user space wrote in the kernel's words is no death, and is told of. */
function refusalsOf({ refused }: KernelLog): readonly string[] {
  return refused === 0 ? [] : [`kernel-log: kills told by user space and refused: ${refused}`];
}

/** Why an answer that nobody refused is still not a kernel log, or null. A form we cannot read is never "0 kills". */
function shortfallOf({ complete, sections }: ProbeOutput, log: KernelLog): HostFailure | null {
  if (!complete) return { state: "command-failed", reason: "the answer of the probe ends before its end" };
  if (log.recordCount > 0 || log.unread === 0) return null;
  const via = sections.get("kernel-log")?.via ?? "the host";
  return { state: "unparsed", reason: `${via} printed ${log.unread} lines in a form that is not known` };
}

function snapshotOf(output: ProbeOutput, { clock }: HostFacts): ProcessSnapshot | null {
  const processes = parsePs(sectionText(output, "ps") ?? "");
  return processes.length === 0 ? null : { takenAtMs: clock.afterMs ?? clock.beforeMs, processes };
}

/** Login names by uid, where ps told both and did not cut or number the name. */
function usersOf(processes: readonly Process[]): ReadonlyMap<number, string> {
  const users = new Map<number, string>();
  for (const { uid, user } of processes) {
    if (uid !== null && user !== null && !/^\d+$|\+$/.test(user)) users.set(uid, user);
  }
  return users;
}

function evidenceOf({ sections }: ProbeOutput): readonly Evidence[] {
  return keptSections.flatMap((section) => {
    const found = sections.get(section);
    return found === undefined ? [] : [{ section, via: found.via, bytes: found.bytes }];
  });
}

import type {
  Evidence,
  ImportBatch,
  ImportedFile,
  LogCoverage,
  Sighting,
  Visit,
  VisitRecord,
} from "../../../packages/core/src/index.ts";

export { anyIncident as everything } from "../../../packages/store/src/incident-filter.ts";

/** 2026-03-03T02:30:00Z. */
export const nightMs = 1_772_505_000_000;

/** A visit that read the log. */
export function visitOf(changes: Partial<Visit> = {}): Visit {
  return {
    host: "web01",
    name: "web01.example.net",
    user: "ops",
    port: 2222,
    listedAddress: "10.0.0.8",
    jump: "bastion",
    identityFile: "/keys/fleet",
    address: "192.0.2.1:22",
    groups: ["web"],
    state: "ok",
    reason: null,
    startedMs: nightMs,
    endedMs: nightMs + 1500,
    uptimeS: 86_400.25,
    load1: 0.5,
    load5: 0.25,
    load15: 0.125,
    boot: "boot-1",
    bootId: "boot-1",
    bootAtMs: nightMs - 86_400_000,
    kernel: "6.1.0-44-amd64",
    cpus: 8,
    pageSizeKiB: 4,
    ramTotalKiB: 16_000_000,
    ramAvailableKiB: 8_000_000,
    swapTotalKiB: 0,
    swapFreeKiB: 0,
    oomKillCount: 3,
    zone: "Europe/Berlin",
    utcOffsetS: 3600,
    clockDiffS: null,
    coverage: coverageOf(),
    complaints: [],
    watch: [],
    ...changes,
  };
}

/** A reading of a whole log since boot. */
export function coverageOf(changes: Partial<LogCoverage> = {}): LogCoverage {
  return {
    via: "kmsg",
    records: 900,
    firstStampUs: 0,
    lastStampUs: 86_399_000_000,
    firstSeq: 0,
    lastSeq: 899,
    fromBoot: true,
    continuity: "first-contact",
    lostRecords: null,
    fromMs: nightMs - 86_400_000,
    newBytes: 8192,
    ringBytes: 262_144,
    ...changes,
  };
}

/** Two kernels do not kill in the same microsecond since their boots. */
function stampOn(host: string): number {
  if (host === "web01") return 86_000_000_000;
  return Array.from(host).reduce((sum, char) => sum * 31 + (char.codePointAt(0) ?? 0), 0) % 1e10;
}

/** A death of `java`, complete and confirmed, under keys of its own. */
export function sightingOf(
  name: string,
  changes: Partial<Sighting["incident"]> = {},
  keys: readonly string[] = [`boot-1/${name}`],
): Sighting {
  return {
    keys,
    words: null,
    incident: {
      id: `k-${name}`,
      kind: "oom-kill",
      host: "web01",
      groups: ["web"],
      time: { atMs: nightMs, errorS: 1.5, method: "anchored" },
      zone: "Europe/Berlin",
      utcOffsetS: 3600,
      stampUs: stampOn(changes.host ?? "web01"),
      bootId: "boot-1",
      kernel: "6.1.0-44-amd64",
      reportId: "o-000000000001",
      grade: "complete",
      confirmed: true,
      gaps: [],
      scope: "system",
      victim: {
        pid: 4711,
        name: "java",
        uid: 1000,
        user: "app",
        args: null,
        totalVmKiB: 9_000_000,
        anonRssKiB: 7_000_000,
        fileRssKiB: 128,
        shmemRssKiB: 0,
        pgtablesKiB: 14_000.5,
        oomScore: 921,
        oomScoreAdj: 0,
        cgroup: "/system.slice/app.service",
      },
      selected: { pid: 4711, name: "java" },
      trigger: {
        name: "rsync",
        pid: 815,
        gfpMask: "0x140dca",
        gfpFlags: "GFP_KERNEL",
        order: 0,
        oomScoreAdj: 0,
      },
      memcg: null,
      memory: { ramTotalKiB: 16_000_000, ramFreeKiB: 60_000, swapTotalKiB: 0, swapFreeKiB: 0 },
      pressure: { class: "no-swap", evidence: "there is no swap" },
      detail: null,
      taskCount: 240,
      suspects: [{ name: "java", uid: 1000, count: 1, rssKiB: 7_000_128, swapKiB: 64, share: 0.875 }],
      sources: ["collect"],
      ...changes,
    },
  };
}

/** What one visit brings: by default these sightings and nothing else. */
export function recordOf(
  sightings: readonly Sighting[] = [],
  changes: Partial<Omit<VisitRecord, "visit">> & { visit?: Partial<Visit> } = {},
): VisitRecord {
  const { visit, ...others } = changes;
  return {
    visit: visitOf(visit),
    boot: null,
    anchors: [],
    sightings,
    reports: [],
    snapshot: null,
    schedules: null,
    evidence: [],
    ...others,
  };
}

/** One section as text. */
export function evidenceOf(section: Evidence["section"], text: string): Evidence {
  return { section, via: "dmesg", bytes: new TextEncoder().encode(text) };
}

/** A stretch of a saved log: by default these sightings and one line. */
export function batchOf(
  sightings: readonly Sighting[] = [],
  changes: Partial<Omit<ImportBatch, "file">> & { file?: Partial<ImportedFile> } = {},
): ImportBatch {
  const { file, ...others } = changes;
  return {
    file: {
      host: "web01",
      file: "kern.log",
      format: "syslog",
      capturedMs: null,
      bootAtMs: null,
      zone: null,
      modifiedMs: null,
      firstYear: null,
      ...file,
    },
    part: 0,
    boot: null,
    sightings,
    reports: [],
    snapshot: null,
    figures: null,
    bytes: new TextEncoder().encode("Mar  3 02:30:00 web01 kernel: Killed process 4711 (java)\n"),
    line: 0,
    ...others,
  };
}

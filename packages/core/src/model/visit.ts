import type { Anchor } from "./anchor.ts";
import type { EpochMs, KiB, Micros, Seconds } from "./units.ts";
import type { HostState } from "./host-result.ts";
import type { Incident } from "./incident.ts";
import type { Task } from "./oom-report.ts";
import type { ProbeSectionName } from "./probe-output.ts";
import type { ProcessSnapshot } from "./process-snapshot.ts";
import type { Schedule } from "./schedule.ts";

/**
 * How one reading of a kernel log joins what was read of the same boot before:
 * `first-contact` nothing was; `complete` proven without a hole; `lost` sequence numbers count the missing records;
 * `possible-gap` same boot, the last known record is gone; `new-boot` the host has booted since.
 */
export type LogContinuity = "first-contact" | "complete" | "lost" | "possible-gap" | "new-boot";

/** What part of a host's kernel log one visit covered. */
export interface LogCoverage {
  /** Which command gave the log: `kmsg`, `dmesg`, `sudo-dmesg`, `journalctl`. */
  readonly via: string;
  readonly records: number;
  readonly firstStampUs: Micros | null;
  readonly lastStampUs: Micros | null;
  readonly firstSeq: number | null;
  readonly lastSeq: number | null;
  /** True when the reading reaches back to the boot. */
  readonly fromBoot: boolean;
  readonly continuity: LogContinuity;
  /** Records proven lost since the last reading; null where nothing proves a number. */
  readonly lostRecords: number | null;
  /** Wall time of the first record (host clock), or null when it cannot be told. */
  readonly fromMs: EpochMs | null;
  /** Bytes of log that came since the reading before of the same boot; null where nothing tells. */
  readonly newBytes: number | null;
  /** Bytes that the ring holds when it is full, as the kernel said or a full one showed; null: neither. */
  readonly ringBytes: number | null;
}

/** A kill shortly before a visit: it may have to do with a reboot that comes after. */
export interface LateKill {
  readonly stampUs: Micros | null;
  /** Host clock. */
  readonly atMs: EpochMs;
}

/** One boot of one host's kernel, as far as identity needs it. */
export interface KnownBoot {
  /** Key of the boot within its host: the boot id, or a made-up name where the host tells none. */
  readonly boot: string;
  readonly bootId: string | null;
  /** `btime`, host clock; moves when that clock is stepped. */
  readonly bootAtMs: EpochMs | null;
  readonly lastStampUs: Micros | null;
  readonly lastSeq: number | null;
  /** Host clock just before the log was read up to there: what it did not hold is younger. Null: not known, or cut off. */
  readonly readMs: EpochMs | null;
  /** How far its printk clock may drift from the wall clock, 1e-4 = 100 ppm; null: nothing told. */
  readonly drift: number | null;
  /** Keys of the last records read, oldest first: finding one of them again proves the same log. */
  readonly tail: readonly string[];
  /** End of the visit that read so far, collector clock; null: none did. */
  readonly visitedMs: EpochMs | null;
  /** Why it was about to end, as its newest records said then; null: they told nothing. Hostile text. */
  readonly lastWords: string | null;
  /** Its kills in the last minutes before that visit. */
  readonly lateKills: readonly LateKill[];
}

/** One host in one run. Everything a probe did not tell is null. */
export interface Visit {
  readonly host: string;
  /** Name given to ssh, login name, port, address, jump hosts and key file as the host list wrote them: what a retry needs. */
  readonly name: string;
  readonly user: string | null;
  readonly port: number | null;
  readonly listedAddress: string | null;
  readonly jump: string | null;
  readonly identityFile: string | null;
  /** Where ssh connected to. */
  readonly address: string | null;
  readonly groups: readonly string[];
  readonly state: HostState;
  /** Why it failed; null when it did not. */
  readonly reason: string | null;
  /** Collector clock. */
  readonly startedMs: EpochMs;
  readonly endedMs: EpochMs;
  /** From /proc/uptime. */
  readonly uptimeS: Seconds | null;
  readonly load1: number | null;
  readonly load5: number | null;
  readonly load15: number | null;
  /** Key of the boot (KnownBoot.boot). */
  readonly boot: string | null;
  readonly bootId: string | null;
  readonly bootAtMs: EpochMs | null;
  readonly kernel: string | null;
  readonly cpus: number | null;
  readonly pageSizeKiB: KiB | null;
  readonly ramTotalKiB: KiB | null;
  readonly ramAvailableKiB: KiB | null;
  readonly swapTotalKiB: KiB | null;
  readonly swapFreeKiB: KiB | null;
  /** `oom_kill` of /proc/vmstat: kills counted since boot (Linux 4.13). */
  readonly oomKillCount: number | null;
  readonly zone: string | null;
  readonly utcOffsetS: Seconds | null;
  /** Host clock minus collector clock, seconds; null when the interval they allow contains 0 or is unknown. */
  readonly clockDiffS: Seconds | null;
  readonly coverage: LogCoverage | null;
  /** Sections that could not be read, in words: `ps: not found`. */
  readonly complaints: readonly string[];
  /** Names of processes that must never be missing, as the run was told (--watch). */
  readonly watch: readonly string[];
}

/** An incident as one visit saw it, before the store knows whether it is new. */
export interface Sighting {
  /** With the id it gets if it is new. */
  readonly incident: Omit<Incident, "alsoOn" | "firstSeenMs" | "run" | "annotation">;
  /**
   * Record keys of the lines that announce this death, scoped by host and boot, most telling first.
   * A stored incident that has any of them is the same incident.
   */
  readonly keys: readonly string[];
  /**
   * What its telling line says, for carriers that keep no stamp: the same words on the same host at compatible times
   * are the same death. Null where the words alone name nobody.
   */
  readonly words: string | null;
}

/** The task table and the raw lines of one OOM report. */
export interface ReportDetail {
  readonly reportId: string;
  readonly pageSizeKiB: KiB | null;
  readonly tasks: readonly Task[];
  /** As the host sent them, prefix included. Hostile text. */
  readonly lines: readonly string[];
}

/** One saved log as an import reads it for one host. */
export interface ImportedFile {
  readonly host: string;
  /** As the user named it; `-` is stdin. */
  readonly file: string;
  /** What it was recognised as: a log format, or `ps`, `top`, `uptime`, `alerts`. */
  readonly format: string;
  /** `--captured-at`, `--boot-time` and `--tz` as they held for it; null: not said. */
  readonly capturedMs: EpochMs | null;
  readonly bootAtMs: EpochMs | null;
  readonly zone: string | null;
  /** When the file was last written: the year of dates without one; null for stdin. */
  readonly modifiedMs: EpochMs | null;
  /** Year of the first date of what is kept of it, as New Years were counted over the whole file; null: not counted. */
  readonly firstYear: number | null;
}

/** What a stretch of a saved log brings to the store, written in one transaction. */
export interface ImportBatch {
  readonly file: ImportedFile;
  /** Number of the stretch within file and host, from 0. */
  readonly part: number;
  readonly boot: KnownBoot | null;
  readonly sightings: readonly Sighting[];
  readonly reports: readonly ReportDetail[];
  readonly snapshot: ProcessSnapshot | null;
  /** What `uptime` or the head of `top` told beside the processes; null when neither was there. */
  readonly figures: Pick<Visit, "uptimeS" | "load1" | "load5" | "load15"> | null;
  /** The lines it was made from, byte for byte, and the 0-based number of the first in the file. */
  readonly bytes: Uint8Array;
  readonly line: number;
}

/** One section of a probe's answer, byte for byte. */
export interface Evidence {
  readonly section: ProbeSectionName;
  readonly via: string;
  readonly bytes: Uint8Array;
}

/** All that one visit brings to the store, written in one transaction. */
export interface VisitRecord {
  readonly visit: Visit;
  /** The boot as it is known after this visit; null when no kernel log was read. */
  readonly boot: KnownBoot | null;
  /** What the visit tells of that boot's clock. */
  readonly anchors: readonly Anchor[];
  readonly sightings: readonly Sighting[];
  readonly reports: readonly ReportDetail[];
  readonly snapshot: ProcessSnapshot | null;
  /** What the host starts by the clock; null: not read. */
  readonly schedules: readonly Schedule[] | null;
  readonly evidence: readonly Evidence[];
}

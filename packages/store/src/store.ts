import type {
  BootClock,
  BootDeaths,
  Annotation,
  EpochMs,
  Evidence,
  ImportBatch,
  ImportedFile,
  Incident,
  KnownBoot,
  LogContinuity,
  ProcessVisit,
  ProcessSnapshot,
  ReportDetail,
  Retimed,
  Run,
  Schedule,
  Seconds,
  SnapshotsAround,
  Visit,
  VisitRecord,
} from "@inquest/core";
import type { IncidentFilter } from "./incident-filter.ts";
import type { IncidentTime } from "./incident-times.ts";

/** A visit whose reading of the kernel log did not plainly go on where the one before ended. */
export interface LogBreak {
  /** Start of the visit, and of the one before that read the log (null: none did); collector clock. */
  readonly startedMs: EpochMs;
  readonly previousMs: EpochMs | null;
  /** Host clock minus collector clock at the two visits; null: no difference proven. */
  readonly clockDiffS: Seconds | null;
  readonly previousDiffS: Seconds | null;
  /** `complete` where records are missing within the reading itself. */
  readonly continuity: LogContinuity;
  /** Records proven lost; null where nothing proves a number. */
  readonly lostRecords: number | null;
  /** Wall time of the first record read, host clock. */
  readonly fromMs: EpochMs | null;
  readonly isFromBoot: boolean;
  readonly bootAtMs: EpochMs | null;
}

/** How far the ring had filled up from one visit to the next. */
export interface LogReading {
  /** Start of the visit, collector clock. */
  readonly startedMs: EpochMs;
  readonly boot: string | null;
  /** LogCoverage.newBytes and .ringBytes. */
  readonly newBytes: number | null;
  readonly ringBytes: number | null;
}

/** One host over all its visits; one known from saved logs alone has none. Kills count kinds oom-kill and oomd-kill. */
export interface HostSummary {
  readonly host: string;
  /** Its latest visit; null: known from saved logs alone. */
  readonly last: Visit | null;
  /** Start of its latest visit in a read state, collector clock; null when it was never read. */
  readonly lastOkMs: EpochMs | null;
  /** Its latest visit in a read state. */
  readonly lastOk: Visit | null;
  readonly boots: number;
  /** Wall time of the oldest kernel record ever covered, host clock; null when unknown. */
  readonly logFromMs: EpochMs | null;
  /** Readings that did not plainly go on where the one before ended, the first of all among them, oldest first. */
  readonly breaks: readonly LogBreak[];
  /** Its readings of the week before the latest, that one included, oldest first. */
  readonly readings: readonly LogReading[];
  /** Kills of the latest good visit's boot that a line told of; null where that visit told no boot id. */
  readonly bootKills: number | null;
  /** When the latest kill without a time was first seen, collector clock: it lies before. Null: every kill has a time. */
  readonly undatedKillSeenMs: EpochMs | null;
}

/** What a visit or a stretch of a saved log brought. */
export interface SavedVisit {
  readonly newIncidents: number;
  readonly knownIncidents: number;
}

/** Raw evidence as it was stored: of one visit, or one stretch of a saved log. */
export type StoredEvidence =
  | {
      readonly from: "visit";
      readonly run: number;
      readonly visit: Visit;
      /** In the order of the probe. */
      readonly sections: readonly Evidence[];
    }
  | ({ readonly from: "import"; readonly run: number } & Pick<
      ImportBatch,
      "file" | "part" | "line" | "bytes"
    >);

/** What was made anew from stored evidence, and the run that had brought the evidence. */
export type Reread =
  | { readonly run: number; readonly record: VisitRecord }
  | { readonly run: number; readonly batch: ImportBatch };

/** What reading stored evidence again did to the incidents of one host. */
export interface Replaced {
  /** Incidents before and after. */
  readonly before: number;
  readonly after: number;
  /** Incidents found again that say something else than before. */
  readonly changed: number;
  /** Incidents that no evidence tells of any more. */
  readonly gone: number;
}

/** How a host was at a visit, or when a saved uptime or top was taken: `atMs`, collector clock. */
export type VisitFigures = Pick<Visit, "uptimeS" | "load1" | "load5" | "load15"> & { readonly atMs: EpochMs };

/** The figures on both sides of a time; null where there are none. */
export interface FiguresAround {
  readonly before: VisitFigures | null;
  readonly after: VisitFigures | null;
}

/** One state that an incident's annotation had. */
export interface AnnotationRevision {
  /** 1 is the first time anybody wrote something. */
  readonly rev: number;
  /** When it was written, collector clock; null: before that was kept. */
  readonly atMs: EpochMs | null;
  /** Login name of who wrote it, or null. */
  readonly author: string | null;
  /** The file it was read from; null: typed. */
  readonly source: string | null;
  readonly annotation: Annotation;
}

/** What the annotation of one incident is to be from now on. */
export interface AnnotationChange {
  readonly host: string;
  readonly id: string;
  /** The revision it was made from (0: none); the change is refused when another came between. */
  readonly rev: number;
  readonly annotation: Annotation;
}

/** What the store holds of one host. */
export interface HostUsage {
  readonly host: string;
  /** Raw evidence, reports and snapshots, as compressed. */
  readonly bytes: number;
  readonly incidents: number;
  /** Of its incidents that have a time. */
  readonly oldestMs: EpochMs | null;
  readonly newestMs: EpochMs | null;
}

/** What takes the room in the store. */
export interface StoreUsage {
  readonly bytes: number;
  /** Of them free for what comes. */
  readonly freeBytes: number;
  /** With their indexes, largest first. */
  readonly tables: readonly { readonly table: string; readonly bytes: number; readonly rows: number }[];
  /** Largest first. */
  readonly hosts: readonly HostUsage[];
}

/** What a look through the whole store found. */
export interface StoreCheck {
  readonly version: number;
  /** Each in a sentence; empty: sound. */
  readonly damages: readonly string[];
  /** Bytes of evidence and reports that nothing refers to; no damage. */
  readonly unusedBytes: number;
}

/** What goes out of the store. */
export interface PruneWish {
  /** Older incidents go, by their time with its error, and by their first sight where they have none; and older evidence. */
  readonly beforeMs: EpochMs;
  readonly keepAnnotated: boolean;
  /** Tells what would go, and keeps it. */
  readonly dryRun: boolean;
}

/** What went. */
export interface Pruned {
  readonly incidents: number;
  /** Old ones that stay because they are annotated. */
  readonly annotated: number;
  /** Readings of hosts and saved logs whose raw evidence went. */
  readonly evidence: number;
  readonly bytes: number;
}

/** What the store knows by name. */
export type NameKind = "host" | "group" | "incident";

/**
 * The incident history. Free of SQLite and asynchronous, so that another engine can stand behind it;
 * keys are natural and start with the host, batches are written sorted by key, repeating a write changes nothing.
 */
export interface Store {
  /** Where it lives, for messages. */
  readonly place: string;
  startRun(run: { label: string | null; startedMs: EpochMs; selected: number }): Promise<number>;
  finishRun(run: number, finishedMs: EpochMs): Promise<void>;
  /** Boots of a host, the latest visited last. */
  knownBoots(host: string): Promise<readonly KnownBoot[]>;
  /**
   * Writes one visit in one transaction. A sighting any of whose keys is known is the same incident; so is one in
   * the same words at a compatible time, unless both have a stamp and the stamps differ.
   */
  saveVisit(run: number, record: VisitRecord): Promise<SavedVisit>;
  /** Writes one stretch of a saved log in one transaction; its incidents are known again as those of visits are. */
  saveImport(run: number, batch: ImportBatch): Promise<SavedVisit>;
  /** By time, oldest first (`ordered-only` ones at the end, by host and stamp), read as they are consumed. */
  incidents(filter: IncidentFilter): AsyncIterable<Incident>;
  /** Those of them that have a time, by time: a fifth of the work where nobody wants more than when and where. */
  incidentTimes(filter: IncidentFilter): AsyncIterable<IncidentTime>;
  /** By whole id, alias, or a prefix that only one incident has; null when there is none. Throws UsageError on an ambiguous prefix. */
  findIncident(id: string): Promise<Incident | null>;
  findReport(host: string, reportId: string): Promise<ReportDetail | null>;
  /** Every host that was ever visited or has a saved log, by name. */
  hosts(): Promise<readonly HostSummary[]>;
  /** Newest first. */
  runs(limit: number | null): Promise<readonly Run[]>;
  findRun(run: number): Promise<Run | null>;
  /** Visits of one run, by host. */
  visits(run: number): Promise<readonly Visit[]>;
  /** The files that one run imported, by host, in the order in which they were read. */
  importedFiles(run: number): Promise<readonly ImportedFile[]>;
  /** Load and uptime of the last visit in a read state before a time (or at it) and of the first after. */
  figuresAround(host: string, atMs: EpochMs): Promise<FiguresAround>;
  /** The processes seen nearest in time, on a visit or in a saved ps, or null. */
  nearestSnapshot(host: string, atMs: EpochMs): Promise<ProcessSnapshot | null>;
  /** The processes seen last before a time (or at it) and first after it. */
  snapshotsAround(host: string, atMs: EpochMs): Promise<SnapshotsAround>;
  /** The latest visit that read a host's log and a whole ps, with its processes; null: none. */
  latestProcesses(host: string): Promise<ProcessVisit | null>;
  /** What a host starts by the clock, as the latest visit that read it found it; null: never read. */
  schedules(host: string): Promise<readonly Schedule[] | null>;
  /** Raw sections of one visit. */
  evidence(host: string, run: number): Promise<readonly Evidence[]>;
  /** All that dates the stamps of a boot; null for a boot that no visit read. */
  bootClock(host: string, boot: string): Promise<BootClock | null>;
  /** The deaths of a boot that have a stamp, and what of its host may help to date them. */
  bootDeaths(host: string, boot: string): Promise<BootDeaths>;
  /** The boot (KnownBoot.boot) that an incident is of; null where no key of it names one. */
  bootOf(host: string, id: string): Promise<string | null>;
  /** Gives incidents new times; all else of them stays. */
  saveTimes(host: string, times: readonly Retimed[]): Promise<void>;
  /** All evidence of a host in the order in which it was stored, read as it is consumed. */
  storedEvidence(host: string): AsyncIterable<StoredEvidence>;
  /**
   * Makes the incidents, keys, words, reports and snapshots of a host anew from what its evidence says today, in one
   * transaction, records in the order of storedEvidence; the raw bytes in them are not looked at. An incident found
   * again (by key, id, words, or stamp and pid) keeps its id, aliases, first sight and annotation. One that nothing
   * tells of any more stays as it was when it is annotated, or when the records lack a visit that read a log or an
   * imported stretch of this host from its first run on: only when all of that was read again does it go.
   */
  replaceDerived(host: string, records: readonly Reread[]): Promise<Replaced>;
  /** Every state the annotation of an incident had, oldest first, by the id it was written under. */
  annotationHistory(host: string, id: string): Promise<readonly AnnotationRevision[]>;
  /** Number of the latest revision of an incident's annotation; 0: nobody ever wrote one. */
  annotationRev(host: string, id: string): Promise<number>;
  /** Writes annotations in one transaction and returns those it refused: their incident is gone or changed since. */
  annotate(
    changes: readonly AnnotationChange[],
    by: Pick<AnnotationRevision, "author" | "source"> & { readonly atMs: EpochMs },
  ): Promise<readonly AnnotationChange[]>;
  /** 32 random bytes that fake names of this store are made with, always the same. */
  anonymizationKey(): Promise<Uint8Array>;
  usage(): Promise<StoreUsage>;
  check(): Promise<StoreCheck>;
  /** Copies the store into a file, written under another name and then renamed; collections may go on. */
  backup(path: string): Promise<void>;
  /**
   * Removes what is older. Visits, boots and coverage stay, and so do the names of removed incidents: what is read
   * again is not new.
   */
  prune(wish: PruneWish): Promise<Pruned>;
  /** Gives room that became free back to the file system. Needs as much again for a while. */
  shrink(): Promise<void>;
  /** The first 500 names that begin so, sorted: for a shell that completes a word. */
  names(kind: NameKind, prefix: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

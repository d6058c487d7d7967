import type { KernelRecord } from "../../model/kernel-record.ts";
import type { OomKill, OomScope, OomSelected, OomTrigger, Task } from "../../model/oom-report.ts";
import { isNear } from "./is-near.ts";
import type { MemcgUsage } from "./lines/memcg.ts";
import type { MemInfo } from "./lines/show-mem.ts";
import { blankMemInfo } from "./lines/show-mem.ts";

/** A death while further lines about it may come in. */
export type DraftKill = OomKill & { readonly repeats: KernelRecord[] };

/** A report while its lines come in. */
export interface DraftReport {
  readonly records: KernelRecord[];
  header: KernelRecord | null;
  selection: KernelRecord | null;
  trigger: OomTrigger | null;
  /** Page order asked for, of the header. */
  order: number | null;
  /** A line before the header says that somebody asked for this kill by hand. */
  isManual: boolean;
  kernel: string | null;
  constraint: string | null;
  /** From the selection or the summary; a kill line's own prefix is kept with the kill. */
  scope: OomScope | null;
  memcgPath: string | null;
  /** The counters of the cgroup whose limit was hit, as printed. */
  readonly memcgUsages: MemcgUsage[];
  memInfo: MemInfo;
  /** Columns of the table being read; null before it. */
  columns: readonly string[] | null;
  /** The table came without its header: columns were inferred from a row. */
  isHeadless: boolean;
  readonly tasks: Task[];
  /** Rows that are spoilt: another record's text is in them, or a part is missing. */
  spoiltRows: number;
  selected: OomSelected | null;
  readonly kills: DraftKill[];
  /** The last death of each pid. */
  readonly victims: Map<number, DraftKill>;
  readonly reapedPids: Set<number>;
  /** memory.oom.group: several victims belong to this one report. */
  isGroupKill: boolean;
  /** The kernel says that it did not kill. */
  wouldHaveKilled: boolean;
  alreadyExiting: boolean;
  /** The kernel found nobody to kill, or was told to panic instead. */
  endsInPanic: boolean;
  /** Another dump began while this one was going on. */
  isInterrupted: boolean;
  /** Another dump stands in the middle: this one went on after it. */
  isSpliced: boolean;
}

/** A report of which nothing is known yet. */
export function blankDraft(): DraftReport {
  return {
    records: [],
    header: null,
    selection: null,
    trigger: null,
    order: null,
    isManual: false,
    kernel: null,
    constraint: null,
    scope: null,
    memcgPath: null,
    memcgUsages: [],
    memInfo: blankMemInfo,
    columns: null,
    isHeadless: false,
    tasks: [],
    spoiltRows: 0,
    selected: null,
    kills: [],
    victims: new Map(),
    reapedPids: new Set(),
    isGroupKill: false,
    wouldHaveKilled: false,
    alreadyExiting: false,
    endsInPanic: false,
    isInterrupted: false,
    isSpliced: false,
  };
}

/** Whether more of the report's dump may still come. */
export function isOpen(draft: DraftReport): boolean {
  return draft.selected === null && draft.kills.length === 0;
}

/** Repeats of one death come within seconds; the same pid minutes later is killed again, or another process. */
const repeatUs = 10_000_000;

/** The death that the report has already and a kill line tells again, or null. */
export function findRepeated(
  { victims }: DraftReport,
  { pid, name }: Pick<OomKill, "pid" | "name">,
  record: KernelRecord,
): DraftKill | null {
  const before = pid === null ? undefined : victims.get(pid);
  return before !== undefined && before.name === name && isNear(before.record, record, repeatUs)
    ? before
    : null;
}

/** A report goes on without a longer pause than this, on the slowest console too. */
const longestPauseUs = 60_000_000;

/** Whether a record is too far from the report's last one, before or behind, to belong to it. */
export function isStale({ records }: DraftReport, record: KernelRecord): boolean {
  const last = records.at(-1);
  return last !== undefined && !isNear(last, record, longestPauseUs);
}

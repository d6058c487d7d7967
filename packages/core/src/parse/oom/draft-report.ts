import type { KernelRecord } from "../../model/kernel-record.ts";
import type { OomKill, OomScope, OomSelected, OomTrigger, Task } from "../../model/oom-report.ts";
import type { KiB, Micros, Pages } from "../../model/units.ts";

/** A death while further lines about it may come in. */
export type DraftKill = OomKill & { readonly repeats: KernelRecord[] };

/** A report while its lines come in. */
export interface DraftReport {
  readonly records: KernelRecord[];
  header: KernelRecord | null;
  selection: KernelRecord | null;
  trigger: OomTrigger | null;
  kernel: string | null;
  constraint: string | null;
  /** From the selection or the summary; a kill line's own prefix is kept with the kill. */
  scope: OomScope | null;
  memcgPath: string | null;
  memcgUsage: { readonly usageKiB: KiB | null; readonly limitKiB: KiB | null } | null;
  ramTotalPages: Pages | null;
  ramFreePages: Pages | null;
  swapTotalKiB: KiB | null;
  swapFreeKiB: KiB | null;
  pageSizeKiB: KiB | null;
  /** Columns of the table being read; null before it. */
  columns: readonly string[] | null;
  /** The table came without its header: columns were inferred from a row. */
  isHeadless: boolean;
  readonly tasks: Task[];
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
    kernel: null,
    constraint: null,
    scope: null,
    memcgPath: null,
    memcgUsage: null,
    ramTotalPages: null,
    ramFreePages: null,
    swapTotalKiB: null,
    swapFreeKiB: null,
    pageSizeKiB: null,
    columns: null,
    isHeadless: false,
    tasks: [],
    selected: null,
    kills: [],
    victims: new Map(),
    reapedPids: new Set(),
    isGroupKill: false,
    wouldHaveKilled: false,
    alreadyExiting: false,
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
  return before !== undefined && before.name === name && isWithin(before.record, record, repeatUs)
    ? before
    : null;
}

/** A report goes on without a longer pause than this, on the slowest console too. */
const longestPauseUs = 60_000_000;

/** Whether a record is too far from the report's last one, before or behind, to belong to it. */
export function isStale({ records }: DraftReport, record: KernelRecord): boolean {
  const last = records.at(-1);
  return last !== undefined && !isWithin(last, record, longestPauseUs);
}

/** Whether two records are this near in time, as far as their stamps tell. */
function isWithin(one: KernelRecord, other: KernelRecord, us: Micros): boolean {
  return one.stampUs === null || other.stampUs === null || Math.abs(one.stampUs - other.stampUs) <= us;
}

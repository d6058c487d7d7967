import type { KernelRecord } from "../../model/kernel-record.ts";
import type { OomKill, OomScope, OomSelected, OomTrigger, Task } from "../../model/oom-report.ts";
import type { KiB, Pages } from "../../model/units.ts";

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
  readonly kills: OomKill[];
  readonly reapedPids: number[];
  /** memory.oom.group: several victims belong to this one report. */
  isGroupKill: boolean;
  /** The kernel says that it did not kill. */
  wouldHaveKilled: boolean;
  alreadyExiting: boolean;
  /** Another dump stands in the middle of the table. */
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
    reapedPids: [],
    isGroupKill: false,
    wouldHaveKilled: false,
    alreadyExiting: false,
    isSpliced: false,
  };
}

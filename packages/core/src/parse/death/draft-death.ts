import type { Death } from "../../model/death.ts";
import type { KernelRecord } from "../../model/kernel-record.ts";
import type { ToldDeath } from "./told-death.ts";

/** A death while its lines are still coming in. */
export interface DraftDeath {
  told: ToldDeath;
  /** The line that tells of it. */
  record: KernelRecord;
  readonly records: KernelRecord[];
  /** Counts the boots in the log: deaths of two boots are never one. */
  readonly boot: number;
  /** Number of the signal it died of, where a line says. */
  signal: number | null;
  isAudit: boolean;
  /** Where it hangs, and the longest that a line says, seconds. */
  cpu: number | null;
  seconds: number | null;
  /** True: another draft tells of the same death, or nobody died. */
  isDropped: boolean;
}

/** The death that one line tells of. */
export function draftDeath(told: ToldDeath, record: KernelRecord, boot: number): DraftDeath {
  return {
    told,
    record,
    records: [record],
    boot,
    signal: null,
    isAudit: false,
    cpu: null,
    seconds: null,
    isDropped: false,
  };
}

/** The record of a draft that came last. */
export function newestOf(draft: DraftDeath): KernelRecord {
  return draft.records.at(-1) ?? draft.record;
}

/** What is known of a death when all lines are read; null where nobody died. */
export function finishDeath(draft: DraftDeath): Death | null {
  if (draft.isDropped) return null;
  const records = [...new Set(draft.records)].toSorted((one, other) => one.line - other.line);
  return { ...draft.told, record: draft.record, records };
}

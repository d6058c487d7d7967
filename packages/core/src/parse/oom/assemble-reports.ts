import type { KernelRecord } from "../../model/kernel-record.ts";
import { beginsAnew, canBegin } from "./begins-anew.ts";
import type { OomLine } from "./classify-line.ts";
import { classifyLine } from "./classify-line.ts";
import type { DraftReport } from "./draft-report.ts";
import { blankDraft, isOpen, isStale } from "./draft-report.ts";
import { isNear } from "./is-near.ts";
import { pieceJoiner } from "./join-pieces.ts";
import type { ReaperLine } from "./lines/reaper.ts";
import { mixedDumps } from "./mixed-dumps.ts";
import { splitGroup } from "./split-group.ts";
import { noteForeignDump, takeLine } from "./take-line.ts";
import { rowTaker } from "./take-row.ts";

/** A log may begin in the middle of a dump; its rest is not longer than this. */
const headLessRecords = 500;
/** Reports that two CPUs print at once are mixed no wider than this. */
const awaitingLookBack = 4;
/** A kill asked for by hand is carried out at once. */
const manualUs = 10_000_000;

/** The reports as they were put together, and the lines of the reaper, which another task prints later. */
export interface Assembly {
  readonly drafts: readonly DraftReport[];
  readonly reaped: readonly (Pick<ReaperLine, "pid" | "isDead"> & { readonly record: KernelRecord })[];
}

/**
 * Puts the records of one printing context together, in the kernel's own order: header, dump, table, selection,
 * kill. What cannot continue the report at hand begins the next; equal stamps mean nothing.
 */
export function assembleReports(records: readonly KernelRecord[]): Assembly {
  const drafts: DraftReport[] = [];
  const reaped: Assembly["reaped"][number][] = [];
  const join = pieceJoiner();
  const takeRow = rowTaker(records);
  const mixed = mixedDumps();
  let draft: DraftReport | null = null;
  let manual: KernelRecord | null = null;
  const begin = (): DraftReport => {
    const begun = blankDraft();
    drafts.push(begun);
    return begun;
  };
  for (const [place, record] of records.entries()) {
    if (draft !== null && isStale(draft, record)) draft = null;
    const isInside = draft === null ? place < headLessRecords : isOpen(draft);
    let line = classifyLine(record.text, isInside);
    let pieces: readonly KernelRecord[] | null = null;
    const mayBeRow = line === null && record.text.startsWith("[");
    if (!mayBeRow && (line === null || line.kind === "detail")) {
      const joined = join(record, place);
      line = joined === null ? line : classifyLine(joined.text, isInside);
      pieces = joined?.records ?? null;
    }
    if (line === null) {
      if (mayBeRow) draft = takeRow(draft, record, begin);
      else if (draft !== null) noteForeignDump(draft, record.text);
      continue;
    }
    if (line.kind === "reaper") {
      reaped.push({ pid: line.pid, isDead: line.isDead, record });
      continue;
    }
    if (line.kind === "manual") {
      manual = record;
      continue;
    }
    const known = findKnown(drafts, line, record) ?? mixed.ownerOf(draft, line, record);
    if (known === null) {
      if (line.kind === "group-kill" && draft !== null) draft = splitGroup(draft, begin);
      if (draft === null || beginsAnew(draft, line, record)) {
        if (!canBegin(line)) continue;
        draft = begin();
        draft.isManual = line.kind === "header" && manual !== null && isNear(manual, record, manualUs);
      }
    }
    const owner: DraftReport | null = known ?? draft;
    if (owner === null || !takeLine(owner, line, record)) continue;
    owner.isSpliced ||= owner.isInterrupted;
    if (pieces === null) owner.records.push(record);
    else owner.records.push(...pieces);
    if (line.kind === "would-have-killed") draft = null;
  }
  return { drafts, reaped };
}

/** The report that has announced the death of this task and still waits for it, or has told of it already. */
function findKnown(drafts: readonly DraftReport[], line: OomLine, record: KernelRecord): DraftReport | null {
  if (line.kind !== "kill" && line.kind !== "already-exiting") return null;
  const pid = line.kind === "kill" ? line.kill.pid : line.pid;
  if (pid === null) return null;
  const isKnown = (draft: DraftReport): boolean =>
    ((draft.kills.length === 0 && draft.selected?.pid === pid) ||
      (line.kind === "already-exiting" && draft.victims.has(pid))) &&
    !isStale(draft, record);
  return drafts.slice(-awaitingLookBack).findLast(isKnown) ?? null;
}

import type { KernelRecord } from "../../model/kernel-record.ts";
import type { HangLine, OwnerLine } from "./death-line.ts";
import { draftDeath, newestOf } from "./draft-death.ts";
import type { DraftDeath } from "./draft-death.ts";
import { apartMs } from "./near.ts";
import { toDetail } from "./told-death.ts";

/** A task that hangs is reported every hung_task_timeout_secs (120 by default), a CPU every 20 seconds or so. */
const repeatsWithinMs = 600_000;

/** Hung tasks and lockups of one boot: what is said again of the same task is the same incident. */
export interface Hangs {
  /** The draft that a line belongs to, and whether it is a new one. */
  readonly take: (
    line: HangLine,
    record: KernelRecord,
    boot: number,
  ) => { draft: DraftDeath; isNew: boolean };
  /** After a trace has named the task of a lockup: true when an older draft tells of it, and has taken it over. */
  readonly named: (draft: DraftDeath) => boolean;
  readonly takeOwner: (line: OwnerLine, record: KernelRecord) => void;
  /** The last lockup, which a panic may come of. */
  readonly lastLockup: () => DraftDeath | null;
  readonly forget: () => void;
}

/** Begins to watch for hangs. */
export function hangs(): Hangs {
  const known = new Map<string, DraftDeath>();
  const hungByPid = new Map<number, DraftDeath>();
  let lockup: DraftDeath | null = null;

  const findKnown = (draft: DraftDeath): DraftDeath | null => {
    const older = known.get(keyOf(draft));
    if (older === undefined || older === draft || older.isDropped || older.told.kind === "panic") return null;
    return (apartMs(newestOf(older), draft.record) ?? 0) <= repeatsWithinMs ? older : null;
  };
  const remember = (draft: DraftDeath): void => {
    known.set(keyOf(draft), draft);
    if (draft.told.kind === "lockup") lockup = draft;
    else if (draft.told.pid !== null) hungByPid.set(draft.told.pid, draft);
  };
  return {
    take: (line, record, boot) => {
      const fresh = { ...draftDeath(line.death, record, boot), cpu: line.cpu, seconds: line.seconds };
      const older = findKnown(fresh);
      if (older !== null) {
        repeat(older, fresh);
        if (older.told.kind === "lockup") lockup = older;
        return { draft: older, isNew: false };
      }
      remember(fresh);
      return { draft: fresh, isNew: true };
    },
    named: (draft) => {
      const older = findKnown(draft);
      if (older === null) {
        remember(draft);
        return false;
      }
      repeat(older, draft);
      draft.isDropped = true;
      lockup = older;
      return true;
    },
    takeOwner: ({ pid, words }, record) => {
      const draft = hungByPid.get(pid);
      if (draft === undefined) return;
      draft.records.push(record);
      if (draft.told.detail?.includes(words) !== true) {
        draft.told = { ...draft.told, detail: toDetail(`${draft.told.detail ?? ""}, ${words}`) };
      }
    },
    lastLockup: () => lockup,
    forget: () => {
      known.clear();
      hungByPid.clear();
      lockup = null;
    },
  };
}

/** Who hangs where; a lockup of which no task is known is told apart by its words. */
function keyOf({ told, cpu }: DraftDeath): string {
  if (told.kind === "hung-task") return `hung ${told.pid} ${told.name}`;
  return told.name === null ? `${cpu} ${told.detail}` : `${cpu} ${told.pid} ${told.name}`;
}

function repeat(draft: DraftDeath, again: DraftDeath): void {
  draft.records.push(...again.records);
  if (again.seconds === null || again.seconds <= (draft.seconds ?? 0)) return;
  // The owner that was named stays named.
  const owner = /, on an? .{1,150}$/su.exec(draft.told.detail ?? "")?.[0] ?? "";
  draft.seconds = again.seconds;
  draft.told = { ...draft.told, detail: toDetail(`${again.told.detail ?? ""}${owner}`) };
}

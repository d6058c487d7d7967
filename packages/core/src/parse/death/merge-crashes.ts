import type { DeathKind } from "../../model/death.ts";
import type { DraftDeath } from "./draft-death.ts";
import { areNear } from "./near.ts";
import { toDetail } from "./told-death.ts";

/** The kernel's line and the audit system's are milliseconds apart; audit's comes by way of a thread of its own. */
const sameDeathMs = 2000;
const sameDeathLines = 50;
/** Deaths of one name that a nameless or thread's line is looked for among. */
const lookBack = 8;

/** The line that says more decides what the death was. */
const rank: Readonly<Partial<Record<DeathKind, number>>> = {
  "hw-memory": 4,
  seccomp: 3,
  segfault: 2,
  trap: 2,
  signal: 1,
};

/**
 * Makes one death of what several lines tell of one: the segfault and its audit record, the fatal signal behind both,
 * the machine check and the process that it killed, a line printed twice. `drafts` in input order.
 */
export function mergeCrashes(drafts: readonly DraftDeath[]): void {
  const byWho = new Map<string, DraftDeath>();
  const byName = new Map<string, DraftDeath[]>();
  let hardware: DraftDeath | null = null;
  for (const draft of drafts) {
    const { pid, name, kind } = draft.told;
    if (draft.isDropped || rank[kind] === undefined) continue;
    if (kind === "hw-memory" && hardware !== null && hardware.told.pid === null && isSoon(hardware, draft)) {
      absorb(hardware, draft);
      remember(hardware);
      continue;
    }
    const recent =
      name === null ? [] : (byName.get(name) ?? []).slice(-lookBack).filter((one) => isSoon(one, draft));
    const older = (pid === null ? null : byWho.get(`${pid} ${name}`)) ?? null;
    const same =
      (older !== null && isSoon(older, draft) ? older : null) ??
      recent.findLast((one) => (one.told.pid === null || pid === null) && isSameSignal(one, draft)) ??
      findThread(recent, draft);
    if (same !== null) absorb(same, draft);
    else if (kind === "hw-memory") hardware = draft;
    remember(same ?? draft);
  }

  function remember(draft: DraftDeath): void {
    const { pid, name } = draft.told;
    if (name === null) return;
    if (pid !== null) byWho.set(`${pid} ${name}`, draft);
    const named = byName.get(name) ?? [];
    if (named.at(-1) !== draft) named.push(draft);
    byName.set(name, named);
  }
}

function isSoon(one: DraftDeath, other: DraftDeath): boolean {
  return one.boot === other.boot && areNear(one.record, other.record, sameDeathMs, sameDeathLines);
}

function isSameSignal(one: DraftDeath, other: DraftDeath): boolean {
  return one.signal === other.signal || one.signal === null || other.signal === null;
}

/**
 * The kernel names the thread, the audit record the process, whose pid is the lower one. They are taken for one death
 * where there is a single thread of that name to choose from.
 */
function findThread(recent: readonly DraftDeath[], draft: DraftDeath): DraftDeath | null {
  const [only = null, ...others] = recent.filter(
    (one) =>
      one.isAudit !== draft.isAudit &&
      one.signal === draft.signal &&
      one.told.isThread !== null &&
      one.told.isThread !== draft.told.isThread,
  );
  if (only === null || others.length > 0 || only.told.pid === null || draft.told.pid === null) return null;
  const [process, thread] = draft.isAudit ? [draft.told.pid, only.told.pid] : [only.told.pid, draft.told.pid];
  return process < thread ? only : null;
}

/** Takes another draft's lines and what it knows more. */
function absorb(draft: DraftDeath, other: DraftDeath): void {
  const [more, less] = saysMore(other, draft) ? [other, draft] : [draft, other];
  const audit = [draft, other].find(({ isAudit }) => isAudit);
  const ofProcess = [draft, other].find(({ told }) => told.isThread === false) ?? more;
  const [first, second] = [more.told, less.told];
  // An audit record brings the program's file, a machine check the address.
  const addsDetail = (less.isAudit && !more.isAudit) || first.kind === "hw-memory";
  draft.record = more.record;
  draft.records.push(...other.records);
  draft.signal = more.signal ?? less.signal;
  draft.isAudit ||= other.isAudit;
  draft.told = {
    ...first,
    pid: ofProcess.told.pid ?? first.pid ?? second.pid,
    name: first.name ?? second.name,
    uid: first.uid ?? second.uid,
    isThread: ofProcess.told.pid === null ? (first.isThread ?? second.isThread) : ofProcess.told.isThread,
    cgroup: first.cgroup ?? second.cgroup,
    confirmed: first.confirmed || second.confirmed,
    atMs: audit?.told.atMs ?? first.atMs ?? second.atMs,
    detail: toDetail(
      [first.detail, addsDetail ? second.detail : null].filter((part) => part !== null).join("; "),
    ),
  };
  other.isDropped = true;
}

function saysMore(one: DraftDeath, other: DraftDeath): boolean {
  const [first, second] = [rank[one.told.kind] ?? 0, rank[other.told.kind] ?? 0];
  return first === second ? one.told.name !== null && other.told.name === null : first > second;
}

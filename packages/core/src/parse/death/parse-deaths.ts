import type { DeathEcho, Deaths } from "../../model/death.ts";
import { isKernels } from "../../model/kernel-record.ts";
import type { KernelRecord } from "../../model/kernel-record.ts";
import { classifyLine } from "./classify-line.ts";
import type { TaskLine } from "./death-line.ts";
import { draftDeath, finishDeath } from "./draft-death.ts";
import type { DraftDeath } from "./draft-death.ts";
import { hangs } from "./hangs.ts";
import { kernelCrashes } from "./kernel-crashes.ts";
import { mergeCrashes } from "./merge-crashes.ts";
import { areNear } from "./near.ts";
import { userKills } from "./user-kills.ts";

/** The trace that names a task begins a few lines below the line that does not. */
const namingMs = 5000;
const namingLines = 60;
/** Stamps of two CPUs may change places by less than this; a longer way back is another boot. */
const backUs = 60_000_000;
/** "Code: " follows its segfault, with a line or two of another CPU between. */
const codeLines = 4;

/**
 * Every death that a log tells of beside the reports of the OOM killer, in the order of their first lines, and the
 * echoes of others. One death is one, however many lines tell of it. Linear in the number of records.
 */
export function parseDeaths(records: readonly KernelRecord[]): Deaths {
  const drafts: DraftDeath[] = [];
  const echoes: DeathEcho[] = [];
  const [hanging, crashes, kills] = [hangs(), kernelCrashes(), userKills()];
  /** Drafts that wait for the name of their task, by the caller that prints the trace. */
  const waiting = new Map<string | null, DraftDeath>();
  const lastSegfaults = new Map<string | null, DraftDeath>();
  let [boot, stampUs]: [number, number | null] = [0, null];
  let hardware: DraftDeath | null = null;

  const begin = (draft: DraftDeath, awaitsName: boolean): void => {
    drafts.push(draft);
    if (awaitsName) waiting.set(draft.record.caller, draft);
  };
  const takeName = (line: TaskLine, record: KernelRecord): void => {
    const draft = waiting.get(record.caller);
    if (draft === undefined) return;
    const isIts = draft.cpu === null || line.cpu === null || draft.cpu === line.cpu;
    if (!areNear(draft.record, record, namingMs, namingLines) || draft.isDropped) {
      waiting.delete(record.caller);
    } else if (isIts && (draft.told.pid === null || draft.told.pid === line.pid)) {
      waiting.delete(record.caller);
      draft.records.push(record);
      draft.cpu ??= line.cpu;
      draft.told = { ...draft.told, pid: line.pid, name: draft.told.name ?? line.name };
      if (draft.told.kind === "lockup") hanging.named(draft);
    }
  };

  for (const record of records) {
    const isOwn = isKernels(record);
    if (isOwn) {
      const isBack = stampUs !== null && record.stampUs !== null && record.stampUs < stampUs - backUs;
      if (isBack || record.text.startsWith("Linux version ")) {
        boot += 1;
        hardware = null;
        for (const store of [hanging, crashes, kills]) store.forget();
        for (const store of [waiting, lastSegfaults]) store.clear();
      }
      stampUs = record.stampUs ?? stampUs;
    }
    const line = classifyLine(record);
    if (line === null) {
      if (isOwn) crashes.pass(record);
      continue;
    }
    switch (line.form) {
      case "crash": {
        const draft = { ...draftDeath(line.death, record, boot), signal: line.signal, isAudit: line.isAudit };
        const isHardware = line.death.kind === "hw-memory";
        if (isHardware && line.death.pid === null) {
          // Every bank of every CPU has its line.
          if (hardware !== null && areNear(hardware.record, record, 2000, codeLines)) {
            hardware.records.push(record);
            break;
          }
          hardware = draft;
        }
        begin(draft, !isHardware && line.death.pid === null);
        if (!line.isAudit) lastSegfaults.set(record.caller, draft);
        break;
      }
      case "hang": {
        if (line.death.kind === "lockup" && crashes.isAfterPanic(record)) break;
        const { draft, isNew } = hanging.take(line, record, boot);
        // "detected stalls on CPUs/tasks" is said by a CPU that does not stall.
        if (isNew)
          begin(
            draft,
            draft.told.name === null && !/ detected (?:expedited )?stalls$/u.test(draft.told.detail ?? ""),
          );
        break;
      }
      case "owner":
        hanging.takeOwner(line, record);
        break;
      case "oops": {
        const draft = crashes.takeOops(line, record, boot);
        if (draft !== null) begin(draft, true);
        break;
      }
      case "panic": {
        const draft = crashes.takePanic(line, record, boot, { lockup: hanging.lastLockup(), hardware });
        if (draft !== null) begin(draft, draft.told.pid === 1);
        break;
      }
      case "task":
        takeName(line, record);
        crashes.pass(record);
        break;
      case "code": {
        const draft = lastSegfaults.get(record.caller);
        if (draft !== undefined && areNear(draft.record, record, 100, codeLines)) draft.records.push(record);
        crashes.takeTrace(line, record);
        break;
      }
      case "place":
      case "trace-end":
        crashes.takeTrace(line, record);
        break;
      case "kill": {
        const draft = kills.take(line, record, boot);
        if (draft !== null) begin(draft, false);
        break;
      }
      case "killer":
        kills.takeWord(line, record);
        break;
      case "more":
        kills.takeMore(line, record);
        break;
      case "echo":
        echoes.push({ ...line.echo, record });
        break;
    }
  }
  mergeCrashes(drafts);
  return { deaths: drafts.map(finishDeath).filter((death) => death !== null), echoes };
}

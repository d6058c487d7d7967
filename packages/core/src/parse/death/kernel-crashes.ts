import type { KernelRecord } from "../../model/kernel-record.ts";
import type { OopsLine, PanicLine, TraceLine } from "./death-line.ts";
import { draftDeath, newestOf } from "./draft-death.ts";
import type { DraftDeath } from "./draft-death.ts";
import { areNear } from "./near.ts";
import { toDetail, toldDeath } from "./told-death.ts";

/** A trace takes less than a second; over a slow serial console, some. */
const traceMs = 30_000;
const traceLines = 400;
/** What comes of an oops or a lockup comes soon. */
const panicMs = 60_000;
/** Panics that follow the trace of an oops: oops_end(), do_exit(), arch_cpu_idle_dead(). */
const fromOops = /^(?:Fatal exception|Attempted to kill|Aiee|Oops|Unrecoverable)/u;
const fromLockup = /lock ?up|stall/iu;
const fromHardware = /machine check|hardware|MCE/iu;

interface Trace {
  readonly draft: DraftDeath;
  isOpen: boolean;
  hasPlace: boolean;
  /** Its lines that tell nothing by themselves; they are its own when its end is found. */
  readonly passed: KernelRecord[];
}

/** Oopses and panics of one boot. One oops is many lines and one death; an oops that panics is the panic. */
export interface KernelCrashes {
  /** The draft that an oops line begins, or null where it belongs to one that is known. */
  readonly takeOops: (line: OopsLine, record: KernelRecord, boot: number) => DraftDeath | null;
  readonly takeTrace: (line: TraceLine, record: KernelRecord) => void;
  /** A panic; `causes` are the last deaths that it may have come of. Null where it belongs to a draft that is known. */
  readonly takePanic: (
    line: PanicLine,
    record: KernelRecord,
    boot: number,
    causes: { readonly lockup: DraftDeath | null; readonly hardware: DraftDeath | null },
  ) => DraftDeath | null;
  /** Any other record of the kernel. */
  readonly pass: (record: KernelRecord) => void;
  /** True after a panic: what hangs or stalls now is its consequence. */
  readonly isAfterPanic: (record: KernelRecord) => boolean;
  readonly forget: () => void;
}

/** Begins to watch for crashes of the kernel. */
export function kernelCrashes(): KernelCrashes {
  /** By caller: two CPUs may print at once. */
  const traces = new Map<string | null, Trace>();
  let lastOops: Trace | null = null;
  let panic: DraftDeath | null = null;

  const openTrace = (record: KernelRecord): Trace | null => {
    const trace = traces.get(record.caller) ?? null;
    if (trace === null || !trace.isOpen) return null;
    if (areNear(trace.draft.record, record, traceMs, traceLines)) return trace;
    trace.isOpen = false;
    return null;
  };
  const isAfterPanic = (record: KernelRecord): boolean =>
    panic !== null && areNear(newestOf(panic), record, panicMs, traceLines);

  return {
    takeOops: ({ words }, record, boot) => {
      if (panic !== null && isAfterPanic(record)) {
        panic.records.push(record);
        return null;
      }
      const open = openTrace(record);
      if (open !== null) {
        open.draft.records.push(record);
        return null;
      }
      const draft = draftDeath(toldDeath("oops", { isThread: true, detail: toDetail(words) }), record, boot);
      lastOops = { draft, isOpen: true, hasPlace: false, passed: [] };
      traces.set(record.caller, lastOops);
      return draft;
    },
    takeTrace: (line, record) => {
      const trace = openTrace(record);
      if (trace === null) return;
      trace.draft.records.push(record);
      if (line.form === "place" && !trace.hasPlace) {
        trace.hasPlace = true;
        const { told } = trace.draft;
        trace.draft.told = { ...told, detail: toDetail(`${told.detail ?? ""} in ${line.symbol}`) };
      }
      if (line.form === "trace-end") {
        trace.isOpen = false;
        trace.draft.records.push(...trace.passed);
      }
    },
    takePanic: ({ words }, record, boot, { lockup, hardware }) => {
      if (panic !== null && isAfterPanic(record)) {
        panic.records.push(record);
        return null;
      }
      const cause =
        [
          lastOops !== null && (lastOops.isOpen || fromOops.test(words)) ? lastOops.draft : null,
          fromLockup.test(words) ? lockup : null,
          fromHardware.test(words) ? hardware : null,
        ].find((draft) => draft !== null && areNear(newestOf(draft), record, panicMs, traceLines)) ?? null;
      const ofInit = words.startsWith("Attempted to kill init!");
      if (cause === null) {
        panic = draftDeath(
          toldDeath("panic", { pid: ofInit ? 1 : null, detail: toDetail(words) }),
          record,
          boot,
        );
        return panic;
      }
      const detail = toDetail(`${words}; ${cause.told.detail ?? ""}`);
      cause.told = { ...cause.told, kind: "panic", confirmed: true, detail };
      cause.record = record;
      cause.records.push(record);
      panic = cause;
      return null;
    },
    pass: (record) => {
      const trace = openTrace(record);
      if (trace !== null && trace.passed.length < traceLines) trace.passed.push(record);
    },
    isAfterPanic,
    forget: () => {
      traces.clear();
      lastOops = null;
      panic = null;
    },
  };
}

import type { YearTurn } from "../clock/written-time.ts";
import { UsageError } from "../errors.ts";
import type { KernelRecord } from "../model/kernel-record.ts";
import type { EpochMs } from "../model/units.ts";
import type { ImportStep, ImportWishes } from "./import-step.ts";
import { greppedWords } from "./grepped-words.ts";
import { logStream } from "./log-stream.ts";
import { outputStream } from "./output-stream.ts";
import type { Recognised } from "./recognise.ts";

/** Content of one file, or one host's share of it, as it comes in. */
export interface SavedStream {
  push(bytes: Uint8Array): readonly ImportStep[];
  /** `openEnd`: the last stretch of a log, kept back because a report goes on at its end. */
  end(): { readonly steps: readonly ImportStep[]; readonly openEnd: Uint8Array | null };
}

/** What is known of content before it is read. */
export interface SavedOrigin {
  readonly name: string;
  readonly host: string | null;
  readonly modifiedMs: EpochMs | null;
  readonly recognised: Recognised;
  /** Lines of its beginning. */
  readonly sample: readonly string[];
  readonly carried: Uint8Array | null;
  readonly next: KernelRecord | null;
  /** LogOrigin.yearTurns. */
  readonly yearTurns: readonly YearTurn[] | null;
}

/** Opens the reader for what was recognised. */
export function savedStream(origin: SavedOrigin, wishes: ImportWishes): SavedStream {
  const { name, host, recognised, carried, next, yearTurns } = origin;
  const { capturedMs, bootAtMs, zone, nowMs } = wishes;
  const latestMs = Math.min(capturedMs ?? nowMs, nowMs);
  const file = { file: name, capturedMs, bootAtMs, zone, modifiedMs: origin.modifiedMs };
  if (recognised.kind === "log") {
    const { format } = recognised;
    const grepped = greppedWords(origin.sample);
    const notes = grepped === null ? [] : [grepped];
    return logStream({ file: { ...file, format }, host, format, latestMs, carried, next, yearTurns, notes });
  }
  if (host === null && recognised.kind !== "alerts") {
    throw new UsageError("no-host", `${name}: neither its lines nor its name tell a host`, {
      hint: "name the host with --host NAME",
    });
  }
  return outputStream({
    file: { ...file, format: recognised.kind, firstYear: null },
    host,
    kind: recognised.kind,
    latestMs,
    alertPattern: wishes.alertPattern,
  });
}

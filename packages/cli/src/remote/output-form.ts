import type { FleetResult, HostTarget, TakeOutput } from "@inquest/core";

/** One way in which `run` shows what hosts say. */
export interface OutputForm {
  /** Takes output as it comes; null: this form wants it whole. */
  readonly onOutput: ((target: HostTarget) => TakeOutput) | null;
  /** A host has ended. Rejects when its output cannot be written. */
  readonly take: (result: FleetResult) => Promise<void>;
  /** All hosts have ended: writes what is left. */
  readonly finish: () => Promise<void>;
  /** Aborted once nobody reads any more; null where that is told by `take`. */
  readonly broken: AbortSignal | null;
}

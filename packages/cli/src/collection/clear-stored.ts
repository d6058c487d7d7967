import { clearLogs } from "@inquest/core";
import type { FleetOptions, ProbeWishes, StoredLog, Visit, HostTarget } from "@inquest/core";
import type { Io } from "../io.ts";
import { sanitize } from "../render/sanitize.ts";

/** The log of a visit that is stored whole, or null: what was not read whole is never cleared. */
export function storedLogOf(target: HostTarget, { coverage }: Visit): StoredLog | null {
  return coverage === null ? null : { target, via: coverage.via, lastStampUs: coverage.lastStampUs };
}

/** Clears logs that are stored. One that cannot be cleared is told of, with -q too: what was asked for is not done. */
export async function clearStored(
  logs: readonly StoredLog[],
  sudo: ProbeWishes["sudo"],
  fleet: Omit<FleetOptions, "now" | "random" | "notice" | "onStart" | "onEnd">,
  io: Io,
): Promise<void> {
  // What the collection noticed has been said already.
  const options = { ...fleet, notice: () => {}, onStart: () => {}, onEnd: () => {} };
  for await (const { target, refusal } of clearLogs(logs, sudo, options)) {
    if (refusal !== null)
      await io.warn(`${sanitize(target.host)}: kernel log not cleared: ${sanitize(refusal)}`);
  }
}

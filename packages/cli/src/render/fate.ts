import type { EpochMs, VictimFate } from "@inquest/core";
import { formatTook } from "./quantity.ts";

/** What has become of a victim, how long it was gone, and how long after its death a ps showed that. */
export function fateWords({ fate, seenMs, againMs }: VictimFate, diedAtMs: EpochMs): string {
  const seen = `by a ps ${formatTook(seenMs - diedAtMs)} after`;
  switch (fate.kind) {
    case "restarted":
      return againMs === null
        ? `runs again as [${fate.pid}], ${seen}`
        : `runs again as [${fate.pid}] after ${formatTook(Math.max(0, againMs - diedAtMs))}, ${seen}`;
    case "reduced":
      return `others of its kind go on, ${seen}`;
    case "with-parent":
      return `gone with its parent [${fate.pid}], ${seen}`;
    case "there":
      return `still there, ${seen}: it was dying, or never killed`;
    default:
      return `not back, ${seen}`;
  }
}

/** The same for programs; `pid`: who runs in its place, or its parent that is gone. */
export function fateJson({ fate, seenMs, againMs }: VictimFate): Readonly<Record<string, unknown>> {
  return {
    kind: fate.kind,
    pid: "pid" in fate ? fate.pid : null,
    started_at: againMs === null ? null : new Date(againMs).toISOString(),
    seen_at: new Date(seenMs).toISOString(),
  };
}

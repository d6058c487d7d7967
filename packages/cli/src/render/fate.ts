import type { EpochMs, VictimFate } from "@inquest/core";
import { formatTook } from "./quantity.ts";

/** What has become of a victim, and how long after its death a ps showed that. */
export function fateWords({ fate, seenMs }: VictimFate, diedAtMs: EpochMs): string {
  const seen = `by a ps ${formatTook(seenMs - diedAtMs)} after`;
  switch (fate.kind) {
    case "restarted":
      return `runs again as [${fate.pid}], ${seen}`;
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
export function fateJson({ fate, seenMs }: VictimFate): Readonly<Record<string, unknown>> {
  return {
    kind: fate.kind,
    pid: "pid" in fate ? fate.pid : null,
    seen_at: new Date(seenMs).toISOString(),
  };
}

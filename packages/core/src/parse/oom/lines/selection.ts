import type { OomScope, OomSelected } from "../../../model/oom-report.ts";
import { toNumber, toPid } from "./number.ts";
import { scopeOfPrefix } from "./scope.ts";

/** Whom the kernel chose, before Linux 5.1. Not always who died: a child could be sacrificed instead. */
export interface SelectionLine {
  readonly kind: "selection";
  readonly selected: OomSelected;
  readonly scope: OomScope | null;
}

// Out of memory (oom_kill_allocating_task): Kill process 4057 (DragoonAgent) score 0 or sacrifice child
// Out of memory: kill process 2210 (idle-priority) score 2136105 or a child          (2.6.20 to 2.6.35)
// Out of Memory: Kill process 1848 (named) score 12591 and children.                 (2.6.16 to 2.6.19)
const pattern =
  /^(?:([A-Z][A-Za-z ]{0,40}(?: \([A-Za-z_]{1,40}\)| in UB \S{1,20})?): )?[Kk]ill process (\d{1,10}) \((.{0,200})\)(?: score (\d{1,20}))? (?:or sacrifice child|or a child|and children)\.?\s*$/su;

/** oom_kill_process(), mm/oom_kill.c, 2.6.16 to 5.0. */
export function parseSelection(text: string): SelectionLine | null {
  const found = pattern.exec(text);
  const pid = toPid(found?.[2]);
  if (found === null || pid === null) return null;
  const [, prefix, , name = "", score] = found;
  return {
    kind: "selection",
    selected: { pid, name, uid: null, score: toNumber(score), taskMemcg: null },
    scope: scopeOfPrefix(prefix),
  };
}

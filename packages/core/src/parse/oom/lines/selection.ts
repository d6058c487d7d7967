import type { OomScope, OomSelected } from "../../../model/oom-report.ts";
import { toNumber, toPid } from "./number.ts";
import { scopeOfPrefix } from "./scope.ts";

/** Whom the kernel chose, before Linux 5.1. Not always who died: a child could be sacrificed instead. */
export interface SelectionLine {
  readonly kind: "selection";
  readonly selected: OomSelected;
  readonly scope: OomScope | null;
}

const prefix = String.raw`(?<prefix>[A-Z][A-Za-z ]{0,40}(?: \([A-Za-z_]{1,40}\)| in UB \S{1,64})?): `;
const chosen = String.raw`[Kk]ill process (?<pid>\d{1,10}) \((?<name>.{0,200})\)`;
const patterns: readonly RegExp[] = [
  // Out of memory (oom_kill_allocating_task): Kill process 4057 (DragoonAgent) score 0 or sacrifice child
  // Out of memory: kill process 2210 (idle-priority) score 2136105 or a child          (2.6.20 to 2.6.35)
  // Out of Memory: Kill process 1848 (named) score 12591 and children.                 (2.6.16 to 2.6.19)
  // Out of memory in UB 317592: kill process 2946 (npm) or a child                     (OpenVZ)
  new RegExp(
    String.raw`^(?:${prefix})?${chosen}(?: score (?<score>\d{1,20}))? (?:or sacrifice child|or a child|and children)\.?\s{0,80}$`,
    "su",
  ),
  // Out of memory: Kill process 22593 (ksm04) score 0 or                               (the end is cut)
  new RegExp(String.raw`^${prefix}${chosen}(?: score (?:(?<score>\d{1,20}) [a-z ]{0,20}|\d{0,20}))?$`, "su"),
];

/** oom_kill_process(), mm/oom_kill.c, 2.6.16 to 5.0. */
export function parseSelection(text: string): SelectionLine | null {
  for (const pattern of patterns) {
    const groups = pattern.exec(text)?.groups;
    const pid = toPid(groups?.["pid"]);
    if (groups === undefined || pid === null) continue;
    return {
      kind: "selection",
      selected: {
        pid,
        name: groups["name"] ?? "",
        uid: null,
        score: toNumber(groups["score"]),
        taskMemcg: null,
      },
      scope: scopeOfPrefix(groups["prefix"]),
    };
  }
  return null;
}

import type { KernelRecord } from "../../model/kernel-record.ts";
import type { OomLine } from "./classify-line.ts";
import type { DraftReport } from "./draft-report.ts";
import { findRepeated, isOpen } from "./draft-report.ts";
import type { ConstraintLine } from "./lines/constraint.ts";
import type { SelectionLine } from "./lines/selection.ts";
import { findVirtual } from "./find-virtual.ts";

/** Lines with which a report may begin where the ones before are lost. */
const beginnings: ReadonlySet<OomLine["kind"]> = new Set<OomLine["kind"]>([
  "header",
  "selection",
  "constraint",
  "kill",
  "already-exiting",
  "sharing",
  "table-header",
  "mem-info",
  "memcg-limit",
  "memcg-usage",
]);

/** Whether a report may begin with this line. */
export function canBegin({ kind }: OomLine): boolean {
  return beginnings.has(kind);
}

/** Whether a line cannot belong to the report at hand, by the order in which the kernel prints. */
export function beginsAnew(draft: DraftReport, line: OomLine, record: KernelRecord): boolean {
  switch (line.kind) {
    case "header":
      return true;
    case "selection":
    case "constraint":
      return !isOpen(draft) && !saysAgain(draft, line);
    case "table-header":
    case "mem-info":
    case "memcg-limit":
    case "memcg-usage":
      return !isOpen(draft);
    case "already-exiting":
      return draft.kills.length === 0 && draft.selected !== null && draft.selected.pid !== line.pid;
    case "kill": {
      const { pid, name, scope } = line.kill;
      if (draft.kills.length > 0) {
        if (findVirtual(draft, { record }) !== null) return false;
        const isMember = draft.isGroupKill && (scope ?? "memcg") === "memcg";
        return !isMember && findRepeated(draft, line.kill, record) === null;
      }
      // Since 5.1 the kill line has a prefix and no child is sacrificed: another task's kill is another report's.
      const { constraint, selected } = draft;
      return constraint !== null && scope !== null && selected?.pid !== pid && selected?.name !== name;
    }
    default:
      return false;
  }
}

/** Linux 5.0 prints both, the summary and the older selection line, of the same task. */
function saysAgain(
  { kills, selected, constraint }: DraftReport,
  line: SelectionLine | ConstraintLine,
): boolean {
  const isOtherKind = (constraint === null) === (line.kind === "constraint");
  return kills.length === 0 && isOtherKind && selected?.pid === line.selected.pid;
}

import { pagesToKiB } from "@inquest/core";
import type { Incident, KiB, Pages, ReportDetail, Task } from "@inquest/core";
import { formatKiB } from "./quantity.ts";
import { formatTable } from "./table.ts";
import type { Column, Look, TableCell } from "./table.ts";

/** More rows hide what matters; -v and json have them all. */
const shownTasks = 15;

const indent = "  ";

/** The kernel's task table, largest first, with the victim and the selected task marked. */
export function formatTaskTable(
  incident: Incident,
  { tasks, pageSizeKiB }: ReportDetail,
  look: Look & { readonly verbose: boolean },
): string {
  const sorted = tasks.toSorted(
    (one, other) => (other.rssPages ?? -1) - (one.rssPages ?? -1) || one.pid - other.pid,
  );
  const shown = look.verbose ? sorted : sorted.slice(0, shownTasks);
  const table = formatTable(
    columns,
    shown.map((task) => rowOf(task, incident, pageSizeKiB)),
    { ...look, width: look.width === null ? null : look.width - indent.length },
  );
  const more = sorted.length - shown.length;
  const rest = more === 0 ? "" : `and ${more} smaller ones: -v shows all\n`;
  return `Tasks, largest first:\n${`${table}${rest}`.replaceAll(/^(?=.)/gm, indent)}`;
}

const columns: readonly Column[] = [
  { title: "PID", align: "right" },
  { title: "UID", align: "right" },
  { title: "RSS", align: "right" },
  { title: "VIRTUAL", align: "right" },
  { title: "SWAP", align: "right" },
  { title: "ADJ", align: "right" },
  { title: "NAME", shrinks: true },
  { title: "" },
];

function rowOf(
  task: Task,
  { victim, selected, confirmed }: Incident,
  pageSizeKiB: KiB | null,
): readonly TableCell[] {
  const size = (pages: Pages | null): string => {
    const kiB = pagesToKiB(pages, pageSizeKiB);
    return kiB !== null ? formatKiB(kiB) : pages === null ? "" : `${pages} pages`;
  };
  const marks = [
    ...(task.pid === selected?.pid ? ["chosen"] : []),
    ...(confirmed && task.pid === victim.pid ? ["died"] : []),
  ];
  return [
    number(task.pid),
    number(task.uid),
    size(task.rssPages),
    size(task.totalVmPages),
    size(task.swapentsPages),
    number(task.oomScoreAdj ?? task.oomAdj),
    task.name,
    { text: marks.join(", "), tone: "bad" },
  ];
}

function number(value: number | null): string {
  return value === null ? "" : String(value);
}

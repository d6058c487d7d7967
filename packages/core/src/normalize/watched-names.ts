import type { Process } from "../model/process-snapshot.ts";
import { processVisitOf } from "../model/process-visit.ts";
import type { VisitRecord } from "../model/visit.ts";

/** Names longer than this ps cuts (TASK_COMM_LEN). */
const longestName = 15;

/** The watched names that none of a visit's processes has; none where its ps does not tell. */
export function missingNames(record: Pick<VisitRecord, "visit" | "snapshot">): readonly string[] {
  const now = processVisitOf(record);
  return now === null
    ? []
    : now.visit.watch.filter((name) => !now.snapshot.processes.some((process) => answersTo(process, name)));
}

/** Whether a process has a watched name: the one that ps shows, or that of the file its command line begins with. */
export function answersTo({ name, args }: Process, wanted: string): boolean {
  const [path = ""] = (args ?? "").split(" ", 1);
  return name === shownName(wanted) || path.slice(path.lastIndexOf("/") + 1) === wanted;
}

/** A name as ps and the kernel cut it. */
export function shownName(name: string): string {
  return name.slice(0, longestName);
}

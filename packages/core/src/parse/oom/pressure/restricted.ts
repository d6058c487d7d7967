import type { Pressure } from "../../../model/oom-report.ts";
import type { Circumstances } from "./circumstances.ts";

/** Only the memory of some nodes was allowed: the figures of the machine do not tell why those were full. */
export function restrictedOf({ scope, constraint, said }: Circumstances): Pressure | null {
  if (scope !== "cpuset" && scope !== "mempolicy") return null;
  const nodes = scope === "cpuset" ? "the nodes of a cpuset" : "the nodes of a memory policy";
  return { class: null, evidence: `only ${nodes} were allowed (${constraint ?? said ?? scope})` };
}

import type { Pressure } from "../../../model/oom-report.ts";
import type { Circumstances } from "./circumstances.ts";

/** A kill by hand: is_sysrq_oom() (include/linux/oom.h) means order -1 since 4.2; the sysrq's own line tells before. */
export function manualOf({ order, isManual }: Circumstances): Pressure | null {
  if (order === -1) return { class: "manual", evidence: "order -1: killed by request (sysrq f)" };
  return isManual ? { class: "manual", evidence: "Manual OOM execution (sysrq f)" } : null;
}

import type { LogGap } from "./host-row.ts";
import { formatCount } from "./quantity.ts";

/** What is missing in a log, or may be. */
export function gapWords({ lost, kind }: Pick<LogGap, "lost" | "kind">): string {
  if (lost !== null) return `${formatCount(lost, "record")} lost`;
  switch (kind) {
    case "lost":
      return "records lost";
    case "new-boot":
      return "the last words of the boot before are missing";
    default:
      return "records may be lost";
  }
}

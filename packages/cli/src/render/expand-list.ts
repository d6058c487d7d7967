import type { HostTarget } from "@inquest/core";
import { formatTable } from "./table.ts";
import type { Column, Look } from "./table.ts";

const columns: readonly Column[] = [
  { title: "HOST", shrinks: true },
  { title: "ADDRESS", yields: true },
  { title: "USER" },
  { title: "PORT", align: "right" },
  { title: "JUMP" },
  { title: "GROUPS", shrinks: true },
  { title: "NAMED AT", moves: true },
];

/** Selected hosts, one a line, with what their lists say of them; what no list says is for ssh_config and empty. */
export function formatExpandList(targets: readonly HostTarget[], look: Look): string {
  const cells = targets.map(({ host, address, user, port, jump, groups, origin }): readonly string[] => [
    host,
    address ?? "",
    user ?? "",
    port === null ? "" : String(port),
    jump ?? "",
    groups.join(","),
    origin,
  ]);
  // A column that would be empty all down tells nothing, but the first and the last.
  const isTold = columns.map(
    (_, at) => at === 0 || at === columns.length - 1 || cells.some((row) => row[at] !== ""),
  );
  const kept = <T>(all: readonly T[]): readonly T[] => all.filter((_, at) => isTold[at]);
  return formatTable(kept(columns), cells.map(kept), look);
}

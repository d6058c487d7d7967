import { isReadState } from "@inquest/core";
import type { EpochMs, HostState } from "@inquest/core";
import { hostNotes } from "./host-notes.ts";
import type { HostRow } from "./host-row.ts";
import { formatCount, formatTook } from "./quantity.ts";
import { formatTable } from "./table.ts";
import type { Column, Look, TableCell } from "./table.ts";
import { formatMinute, sharedOffset } from "./wall-time.ts";

/** A terminal, and the zone and moment of what is shown on it. */
export interface HostLook extends Look {
  readonly zone: string;
  readonly nowMs: EpochMs;
}

const columnsOf = (offset: string | null): readonly Column[] => [
  { title: "HOST", shrinks: true },
  { title: "STATE" },
  { title: "READ", align: "right" },
  { title: "BOOTS", align: "right" },
  { title: "24H", align: "right" },
  { title: "7D", align: "right" },
  { title: "30D", align: "right" },
  { title: offset === null ? "LOG FROM" : `LOG FROM ${offset}` },
  { title: "GAPS", align: "right" },
  { title: "REASON", moves: true },
];

/** One row a host. A count that nobody watched is `?`, never 0. */
export function formatHostList(rows: readonly HostRow[], look: HostLook): string {
  const { zone } = look;
  const offset = sharedOffset(
    rows.flatMap(({ logFromMs }) => (logFromMs === null ? [] : [{ atMs: logFromMs, zone }])),
  );
  const columns = columnsOf(offset);
  const cells = rows.map((row): readonly TableCell[] => [
    row.host,
    stateCell(row.state),
    row.lastOkMs === null ? "never" : `${formatTook(look.nowMs - row.lastOkMs)} ago`,
    row.lastOkMs === null ? "?" : String(row.boots),
    countCell(row.kills24h),
    countCell(row.kills7d),
    countCell(row.kills30d),
    row.logFromMs === null ? "?" : formatMinute(row.logFromMs, zone, offset === null),
    row.lastOkMs === null ? "?" : String(row.gaps.length),
    hostNotes(row, look).join("; "),
  ]);
  const withReason = cells.some((row) => row.at(-1) !== "");
  const shown = withReason ? columns : columns.slice(0, -1);
  return formatTable(
    shown,
    cells.map((row) => row.slice(0, shown.length)),
    look,
  );
}

/** What the rows add up to: `12 hosts: 10 ok, 2 refused`. */
export function formatHostTotals(rows: readonly HostRow[]): string {
  const counts = new Map<string, number>();
  for (const { state } of rows)
    counts.set(state ?? neverVisited, (counts.get(state ?? neverVisited) ?? 0) + 1);
  const parts = [...counts].map(([state, count]) => `${count} ${state}`);
  return `${formatCount(rows.length, "host")}: ${parts.join(", ")}`;
}

const neverVisited = "never visited";

function stateCell(state: HostState | null): TableCell {
  if (state === null) return { text: "-", tone: "doubt" };
  return isReadState(state) ? state : { text: state, tone: "bad" };
}

function countCell(count: number | null): TableCell {
  if (count === null) return { text: "?", tone: "doubt" };
  return count === 0 ? "0" : { text: String(count), tone: "bad" };
}

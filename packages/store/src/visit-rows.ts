import type { LogCoverage, Visit } from "@inquest/core";
import type { ColumnsOf } from "./columns.ts";
import { fromColumns, fromJsonColumns, toColumns, toJsonColumns } from "./columns.ts";
import type { SqlRow } from "./sql.ts";

type Lists = Pick<Visit, "groups" | "complaints" | "watch">;
type PlainVisit = Omit<Visit, "coverage" | keyof Lists>;
type PlainCoverage = Omit<LogCoverage, "fromBoot">;

const visitColumns: ColumnsOf<PlainVisit> = {
  host: "host",
  name: "ssh_name",
  user: "ssh_user",
  port: "ssh_port",
  listedAddress: "ssh_address",
  jump: "ssh_jump",
  identityFile: "ssh_identity_file",
  address: "address",
  state: "state",
  reason: "reason",
  startedMs: "started_ms",
  endedMs: "ended_ms",
  uptimeS: "uptime_s",
  load1: "load1",
  load5: "load5",
  load15: "load15",
  boot: "boot",
  bootId: "boot_id",
  bootAtMs: "boot_at_ms",
  kernel: "kernel",
  cpus: "cpus",
  pageSizeKiB: "page_size_kib",
  ramTotalKiB: "ram_total_kib",
  ramAvailableKiB: "ram_available_kib",
  swapTotalKiB: "swap_total_kib",
  swapFreeKiB: "swap_free_kib",
  oomKillCount: "oom_kill_count",
  zone: "zone",
  utcOffsetS: "utc_offset_s",
  clockDiffS: "clock_diff_s",
};

const coverageColumns: ColumnsOf<PlainCoverage> = {
  via: "log_via",
  records: "log_records",
  firstStampUs: "log_first_stamp_us",
  lastStampUs: "log_last_stamp_us",
  firstSeq: "log_first_seq",
  lastSeq: "log_last_seq",
  continuity: "log_continuity",
  lostRecords: "log_lost_records",
  fromMs: "log_from_ms",
  newBytes: "log_new_bytes",
  ringBytes: "log_ring_bytes",
};

const listColumns: ColumnsOf<Lists> = { groups: "groups", complaints: "complaints", watch: "watch" };

/** One visit as its row of `visits`. */
export function toVisitRow(run: number, visit: Visit): SqlRow {
  const { coverage } = visit;
  return {
    ...toColumns<PlainVisit>(visitColumns, visit),
    ...toColumns<PlainCoverage>(coverageColumns, coverage),
    run,
    ...toJsonColumns<Lists>(listColumns, visit),
    log_from_boot: coverage === null ? null : Number(coverage.fromBoot),
  };
}

/** One row of `visits` as the visit it was. */
export function toVisit(row: SqlRow): Visit {
  return {
    ...fromColumns<PlainVisit>(visitColumns, row),
    ...fromJsonColumns<Lists>(listColumns, row),
    // Rows of the first versions tell none.
    watch: fromJsonColumns<{ readonly watch: readonly string[] | null }>({ watch: "watch" }, row).watch ?? [],
    coverage:
      row["log_via"] === null
        ? null
        : { ...fromColumns<PlainCoverage>(coverageColumns, row), fromBoot: row["log_from_boot"] === 1 },
  };
}

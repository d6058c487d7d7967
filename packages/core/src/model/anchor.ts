import type { EpochMs, Seconds } from "./units.ts";

/**
 * What ties a printk stamp to the calendar:
 * `cpu-clock` the kernel's own `cpu_clk` of sched_debug, read between two looks at the wall clock;
 * `mark` a line that a visit wrote into the log and read back (--mark);
 * `journal`, `syslog` a record as a daemon received it; `audit` a time that the record itself tells; `rtc` the wall
 * clock set at boot; `ceiling` the newest record of a reading; `floor` the first record that the reading before did
 * not have yet; `alert` a monitor's word matched to a record; `uptime`, `foreign-uptime` the age of the kernel;
 * `boot-time` the user's word for when it booted.
 */
export type AnchorKind =
  | "cpu-clock"
  | "mark"
  | "journal"
  | "syslog"
  | "audit"
  | "rtc"
  | "ceiling"
  | "floor"
  | "alert"
  | "uptime"
  | "foreign-uptime"
  | "boot-time";

/**
 * A known pair: the wall time (host clock) of the instant with printk stamp `stampS` lies in [loMs, hiMs].
 * One side may be unknown: ±Infinity.
 */
export interface Anchor {
  readonly kind: AnchorKind;
  readonly stampS: Seconds;
  readonly loMs: EpochMs;
  readonly hiMs: EpochMs;
  /** `btime` of /proc/stat when it was read: a clock that is set moves it, a pause does not. Null: not read with it. */
  readonly bootAtMs: EpochMs | null;
}

/** A calendar time that stands in or beside a record of the log, tied to the record's stamp. Host clock. */
export interface LogPair {
  readonly kind: "journal" | "syslog" | "audit" | "rtc";
  readonly stampS: Seconds;
  /** The time lies in [fromMs, toMs], as far as its digits and its zone tell. */
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
}

import type { Incident } from "./incident.ts";
import type { KiB, Seconds } from "./units.ts";

/** Deaths of one host close together: what an Episode is to recurrence, with all that is known of each. */
export interface Storm {
  /** `e-` and 12 hex digits, from the first death: it stays while later ones join. */
  readonly id: string;
  /** In their order, the first that died first; never empty. */
  readonly deaths: readonly [Incident, ...Incident[]];
  /** From the first to the last, by the kernel's stamps where both have one; null for one death, or where nothing tells. */
  readonly spanS: Seconds | null;
}

/** A group of tasks that held more in a report than before: in RAM and swap beside a report, in RAM beside a ps. */
export interface Growth {
  /** What it is compared with: an earlier report of the same storm, or the ps before it. */
  readonly since: "report" | "ps";
  readonly name: string;
  readonly uid: number | null;
  readonly fromKiB: KiB;
  readonly toKiB: KiB;
  /** Between the two; null where nothing dates both. */
  readonly overS: Seconds | null;
}

/** Many tasks of one name in one task table. */
export interface Herd {
  readonly name: string;
  readonly count: number;
  /** Different users among them. */
  readonly uids: number;
  /** Rows of the whole table. */
  readonly of: number;
}

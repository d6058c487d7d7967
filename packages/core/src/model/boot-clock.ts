import type { Anchor } from "./anchor.ts";
import type { IncidentKind } from "./incident.ts";
import type { EpochMs, Micros, Seconds } from "./units.ts";
import type { WallTime } from "./wall-time.ts";

/** An anchor and the run that brought it. */
export interface KeptAnchor extends Anchor {
  readonly run: number;
}

/** All that dates the stamps of one boot. */
export interface BootClock {
  readonly anchors: readonly KeptAnchor[];
  /** How far its printk clock may drift from the wall clock: 1e-4 = 100 ppm; null: no visit told. */
  readonly drift: number | null;
  /** End of its latest visit, collector clock: nothing that was read is later. */
  readonly latestMs: EpochMs;
}

/** An incident as far as its time goes. */
export interface DatedDeath {
  readonly id: string;
  readonly kind: IncidentKind;
  readonly stampUs: Micros | null;
  readonly time: WallTime;
  readonly zone: string | null;
  readonly utcOffsetS: Seconds | null;
  /** Name and pid of the victim. Hostile text. */
  readonly name: string | null;
  readonly pid: number | null;
  /** Incident.detail: what an alert says. Hostile text. */
  readonly detail: string | null;
}

/** The incidents of a host whose times hang together. */
export interface BootDeaths {
  /** Deaths of one boot that have a stamp. */
  readonly deaths: readonly DatedDeath[];
  /** Imported alerts of the host; empty where the boot has no deaths. */
  readonly alerts: readonly DatedDeath[];
  /** Where there are alerts: all other deaths of the host, which one may mean as well. */
  readonly rivals: readonly DatedDeath[];
}

/** A new time of a stored incident; its evidence and its id stay. */
export interface Retimed {
  readonly id: string;
  readonly time: WallTime;
  readonly utcOffsetS: Seconds | null;
}

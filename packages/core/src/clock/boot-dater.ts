import type { Anchor } from "../model/anchor.ts";
import type { BootDeaths } from "../model/boot-clock.ts";
import type { EpochMs } from "../model/units.ts";
import { alertAnchorsOf } from "./alert-anchors.ts";
import { driftOf } from "./drift.ts";
import type { StampDater } from "./stamp-dater.ts";
import { stampDater } from "./stamp-dater.ts";

/** What dates the stamps of one boot: anchors of all its visits. */
interface DatedBoot {
  readonly anchors: readonly Anchor[];
  /** Null: nothing told how well its clock was calibrated. */
  readonly drift: number | null;
  readonly latestMs: EpochMs;
}

/** Dates the stamps of a boot by all its anchors and by the alerts that mean one of its deaths. */
export function bootDater({ anchors, drift, latestMs }: DatedBoot, deaths: BootDeaths): StampDater {
  const options = { drift: drift ?? driftOf(false), latestMs };
  const dateOf = stampDater(anchors, options);
  const byAlerts = alertAnchorsOf(deaths, (stampUs) => dateOf(stampUs).time);
  return byAlerts.length === 0 ? dateOf : stampDater([...anchors, ...byAlerts], options);
}

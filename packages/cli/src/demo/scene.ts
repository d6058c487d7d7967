import type { EpochMs } from "@inquest/core";
import type { DemoMachine, StampAt } from "./recorded-machines.ts";
import { cronNight, limitEvening, quiet, stormNight, viewMorning } from "./recorded-machines.ts";

/** One host of the demo fleet: it answers, refuses the login, or takes the command and stays silent. */
export interface DemoHost {
  readonly host: string;
  readonly behaviour: "answers" | "refuses" | "hangs";
  readonly machine: DemoMachine | null;
}

const dayS = 86_400;
/** Asia/Shanghai: no daylight saving since 1991. */
export const sceneZone = { name: "Asia/Shanghai", offsetS: 28_800 } as const;

/** The latest but `nights` local day of the scene at a time of day, as an instant. */
function instantOf(nowMs: EpochMs, nights: number, hour: number, minute: number, second: number): EpochMs {
  const offsetMs = sceneZone.offsetS * 1000;
  const midnightMs = Math.floor((nowMs + offsetMs) / (dayS * 1000)) * dayS * 1000 - offsetMs;
  return midnightMs + (hour * 3600 + minute * 60 + second - nights * dayS) * 1000;
}

/**
 * The fleet after the recorded nights, dated back from `nowMs`: a storm at 02:57 four nights ago, a neighbour's cron
 * jobs at 02:23 last night, a cgroup limit one late evening, and the morning on which somebody opened a huge log
 * in `view`. One host refuses the login, one hangs.
 */
export function sceneAt(nowMs: EpochMs): readonly DemoHost[] {
  const stampAt: StampAt = (ageS, atMs) => ageS - (nowMs - atMs) / 1000;
  return [
    { host: "temai-040", behaviour: "answers", machine: cronNight(stampAt, instantOf(nowMs, 1, 2, 23, 47)) },
    {
      host: "temai-041",
      behaviour: "answers",
      machine: viewMorning(stampAt, instantOf(nowMs, 3, 10, 56, 33)),
    },
    { host: "temai-127", behaviour: "answers", machine: stormNight(stampAt, instantOf(nowMs, 4, 2, 57, 58)) },
    {
      host: "search-01",
      behaviour: "answers",
      machine: limitEvening(stampAt, instantOf(nowMs, 2, 23, 41, 12)),
    },
    { host: "search-02", behaviour: "answers", machine: quiet() },
    { host: "db-01", behaviour: "refuses", machine: null },
    { host: "db-02", behaviour: "hangs", machine: null },
  ];
}

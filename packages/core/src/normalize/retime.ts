import { bootDater } from "../clock/boot-dater.ts";
import { utcOffsetOf } from "../clock/local-time.ts";
import type { BootClock, BootDeaths, DatedDeath, Retimed } from "../model/boot-clock.ts";
import type { Sighting, VisitRecord } from "../model/visit.ts";
import type { TimeMethod, WallTime } from "../model/wall-time.ts";

/** Times that a record tells by itself: only a closer one takes their place. */
const ownMethods: ReadonlySet<TimeMethod> = new Set<TimeMethod>(["exact", "imported"]);
/** A time that moves or narrows by less than this share of its error stays, for it would be written anew each visit. */
const tellableShare = 0.1;

/** A visit with its deaths dated by all that is known of their boot, and the new times of deaths known before. */
export interface SharpenedVisit {
  readonly record: VisitRecord;
  readonly times: readonly Retimed[];
}

/** Dates the deaths of a boot again, those of a visit and those stored, by the anchors stored and those of the visit. */
export function sharpenVisit(
  record: VisitRecord,
  clock: BootClock | null,
  deaths: BootDeaths,
): SharpenedVisit {
  const { boot, visit } = record;
  if (boot === null) return { record, times: [] };
  const dateOf = bootDater(
    {
      anchors: [...(clock?.anchors ?? []), ...record.anchors],
      drift: boot.drift,
      latestMs: visit.endedMs,
    },
    deaths,
  );
  const known = new Map(deaths.deaths.map((death) => [nameOf(death.stampUs, death.pid), death.time]));
  const sharpened = ({ incident, ...names }: Sighting): Sighting => {
    const { stampUs, victim } = incident;
    if (stampUs === null || !names.keys.some((key) => key.startsWith(`${boot.boot}/`)))
      return { incident, ...names };
    const stored = known.get(nameOf(stampUs, victim.pid)) ?? null;
    const time = settledTime(stored ?? incident.time, dateOf(stampUs).time);
    return { ...names, incident: { ...incident, time, utcOffsetS: offsetAt(time, incident) } };
  };
  return {
    record: { ...record, sightings: record.sightings.map(sharpened) },
    times: retimedBy((stampUs) => dateOf(stampUs).time, deaths),
  };
}

/** The new times of a boot's stored deaths by what is stored of its clock. */
export function retimedOf(clock: BootClock, deaths: BootDeaths): readonly Retimed[] {
  const dateOf = bootDater(clock, deaths);
  return retimedBy((stampUs) => dateOf(stampUs).time, deaths);
}

function retimedBy(timeOf: (stampUs: number | null) => WallTime, { deaths }: BootDeaths): readonly Retimed[] {
  return deaths.flatMap((death) => {
    const time = settledTime(death.time, timeOf(death.stampUs));
    return time === death.time ? [] : [{ id: death.id, time, utcOffsetS: offsetAt(time, death) }];
  });
}

/** The time to keep of the one known and the one that all anchors give. */
function settledTime(known: WallTime, anew: WallTime): WallTime {
  if (anew.atMs === null || anew.errorS === null) return known;
  if (known.atMs === null || known.errorS === null) return anew;
  if (ownMethods.has(known.method) && anew.errorS >= known.errorS) return known;
  const isSame =
    anew.method === known.method &&
    anew.errorS <= known.errorS &&
    anew.errorS >= known.errorS * (1 - tellableShare) &&
    Math.abs(anew.atMs - known.atMs) <= known.errorS * 1000 * tellableShare;
  return isSame ? known : anew;
}

function offsetAt(
  { atMs }: WallTime,
  { zone, utcOffsetS }: Pick<DatedDeath, "zone" | "utcOffsetS">,
): number | null {
  return atMs === null || zone === null ? utcOffsetS : (utcOffsetOf(atMs, zone) ?? utcOffsetS);
}

function nameOf(stampUs: number | null, pid: number | null): string {
  return `${stampUs ?? "-"}/${pid ?? "-"}`;
}

import type { Anchor } from "../model/anchor.ts";
import type { BootDeaths, DatedDeath } from "../model/boot-clock.ts";
import type { Micros, Millis } from "../model/units.ts";
import type { WallTime } from "../model/wall-time.ts";

/** A death whose own interval lies further from an alert than this is not what the alert means. */
const nearMs: Millis = 30 * 60_000;
/** A monitor looks every minute to every five minutes: it tells of a death up to this much later. */
const latestMs: Millis = 300_000;
/** And, its clock being another, hardly before it. */
const earliestMs: Millis = 5000;
/** An alert whose own time is not known to the minute (its zone is not) sets no clock. */
const widestErrorS = 60;

/**
 * Anchors from alerts that can mean one death only: they name its process or its pid, and no other death of the host that
 * they name, of any boot, can have been at their time. `timeOf` dates the stamps of the boot by what else is known.
 */
export function alertAnchorsOf(
  { deaths, alerts, rivals }: BootDeaths,
  timeOf: (stampUs: Micros | null) => WallTime,
): readonly Anchor[] {
  return alerts.flatMap(({ time, detail }) => {
    const { atMs, errorS } = time;
    if (atMs === null || errorS === null || errorS > widestErrorS) return [];
    const isMeant = (death: DatedDeath, deathTime: WallTime): boolean =>
      names(detail ?? "", death) && canBeNear(deathTime, atMs, errorS);
    const own = deaths.filter((death) => isMeant(death, timeOf(death.stampUs)));
    const [only] = own;
    if (only?.stampUs === undefined || only.stampUs === null || own.length > 1) return [];
    if (rivals.some((rival) => isMeant(rival, rival.time))) return [];
    return [
      {
        kind: "alert",
        stampS: only.stampUs / 1e6,
        loMs: atMs - errorS * 1000 - latestMs,
        hiMs: atMs + errorS * 1000 + earliestMs,
        bootAtMs: null,
      },
    ];
  });
}

/** A death without a time can have been at any. */
function canBeNear({ atMs, errorS }: WallTime, alertMs: number, alertErrorS: number): boolean {
  if (atMs === null || errorS === null) return true;
  return Math.abs(atMs - alertMs) <= (errorS + alertErrorS) * 1000 + nearMs;
}

/** Whether an alert has the name or the pid of a victim among its words; a JVM is a java. */
function names(detail: string, { name, pid }: DatedDeath): boolean {
  const words = new Set(detail.toLowerCase().match(/[\p{L}\p{N}_.-]+/gu) ?? []);
  const called = name?.toLowerCase() ?? null;
  return (
    (called !== null && (words.has(called) || (called === "java" && words.has("jvm")))) ||
    (pid !== null && words.has(String(pid)))
  );
}

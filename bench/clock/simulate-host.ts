import type { ClockReading } from "@inquest/core";

/** One line of a simulated kernel log: its stamp, and when it was truly written. */
interface SimulatedLine {
  readonly stampS: number;
  readonly trueMs: number;
}

/** One collection of a simulated host: what its clocks said, and the stamp that a record would have had then. */
interface SimulatedVisit {
  readonly reading: ClockReading;
  readonly stampS: number;
}

/** One boot of a simulated host, seen from its last collection. */
export interface SimulatedHost {
  readonly lines: readonly SimulatedLine[];
  /** First to last. */
  readonly visits: readonly SimulatedVisit[];
  readonly isContainer: boolean;
}

const [daySeconds, hourSeconds] = [86_400, 3600];
/** The last collection, and the number of days and the hours between them. */
const endMs = Date.UTC(2026, 10, 23, 9, 0, 0);
const [collectedDays, everyHours] = [40, 6];
const [driftSd, linesPerDay] = [30e-6, 3];
/** Rates follow the warmth of the day by as much as this. */
const warmthMost = 2e-6;
const [pauseShare, containerShare] = [0.15, 0.2];

/**
 * A host with these distributions: drift sd 30 ppm, up 1 to 400 days (log-uniform)
 * before the first collection, a collection every 6 h for 40 days, 3 lines a day, 15 % with one pause of 5 s to 2 h
 * (log-uniform) during which the stamps stand still: a suspend, which the uptime counts, or a virtual machine's pause, which
 * it does not; a fifth are containers with an uptime of their own.
 */
export function simulateHost(random: () => number): SimulatedHost {
  const logUniform = (from: number, to: number): number => from * (to / from) ** random();
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const drift = driftSd * normal();
  const [warmth, phase] = [warmthMost * random(), 2 * Math.PI * random()];
  const upS = logUniform(1, 400) * daySeconds + collectedDays * daySeconds;
  const pauseS = random() < pauseShare ? logUniform(5, 2 * hourSeconds) : 0;
  const pauseAtS = random() * (upS - pauseS);
  const isSuspend = random() < 0.5;
  const isContainer = random() < containerShare;
  const containerS = upS - logUniform(hourSeconds, upS);

  const isPaused = (elapsedS: number): boolean => pauseAtS < elapsedS && elapsedS < pauseAtS + pauseS;
  const awakeAt = (elapsedS: number): number =>
    elapsedS - (elapsedS > pauseAtS ? Math.min(pauseS, elapsedS - pauseAtS) : 0);
  const warmedS = (elapsedS: number): number =>
    ((warmth * daySeconds) / (2 * Math.PI)) * Math.sin(phase + (elapsedS * 2 * Math.PI) / daySeconds);
  const stampAt = (elapsedS: number): number =>
    awakeAt(elapsedS) * (1 + drift) + warmedS(elapsedS) - warmedS(0);
  const uptimeAt = (elapsedS: number): number => (isSuspend ? elapsedS : awakeAt(elapsedS));
  const wallAt = (elapsedS: number): number => endMs - (upS - elapsedS) * 1000;
  const hundredths = (seconds: number): number => Math.floor(seconds * 100) / 100;

  const visitAt = (elapsedS: number): SimulatedVisit => {
    const milli = (most: number): number => (1 + random() * most) / 1000;
    const [cpuS, uptimeReadS] = [elapsedS + milli(30), elapsedS + milli(5)];
    const [cpuAfterS, afterS] = [cpuS + milli(30), cpuS + milli(200)];
    const upNowS = uptimeAt(uptimeReadS);
    const ownUptimeS = isContainer ? upNowS - uptimeAt(containerS) : upNowS;
    return {
      stampS: stampAt(cpuS),
      reading: {
        beforeMs: wallAt(elapsedS),
        afterMs: wallAt(afterS),
        uptimeS: hundredths(Math.max(0, ownUptimeS)),
        bootAtMs: Math.floor((wallAt(uptimeReadS) - upNowS * 1000) / 1000) * 1000,
        sinceBootS: hundredths(uptimeAt(elapsedS)),
        uptimeIsMounted: isContainer,
        cpuClock: {
          stampS: Math.floor(stampAt(cpuS) * 1e6) / 1e6,
          beforeMs: wallAt(elapsedS),
          afterMs: wallAt(cpuAfterS),
        },
        utcOffsetS: 0,
        zone: "UTC",
        sentMs: wallAt(elapsedS - milli(50)),
        receivedMs: wallAt(afterS + milli(50)),
      },
    };
  };

  const lines: SimulatedLine[] = [];
  const gapS = (): number => (-Math.log(1 - random()) * daySeconds) / linesPerDay;
  for (let elapsedS = gapS(); elapsedS < upS; elapsedS += gapS()) {
    if (isPaused(elapsedS)) continue;
    lines.push({ stampS: Math.floor(stampAt(elapsedS) * 1e6) / 1e6, trueMs: wallAt(elapsedS) });
  }
  const visits: SimulatedVisit[] = [];
  for (let backS = collectedDays * daySeconds; backS >= 0; backS -= everyHours * hourSeconds) {
    const elapsedS = upS - backS;
    if (backS === 0 || !isPaused(elapsedS)) visits.push(visitAt(elapsedS));
  }
  return { lines, visits, isContainer };
}

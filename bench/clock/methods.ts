import { anchorsOfVisit, beganMsOf } from "../../packages/core/src/clock/anchors-of-visit.ts";
import { driftOf } from "../../packages/core/src/clock/drift.ts";
import { stampDater } from "../../packages/core/src/clock/stamp-dater.ts";
import type { Anchor } from "../../packages/core/src/model/anchor.ts";
import type { SimulatedHost } from "./simulate-host.ts";

/** What a method says of one line: null where it gives no time. */
interface Dated {
  readonly atMs: number | null;
  readonly errorS: number | null;
}

/** A way to date all lines of a host. */
export interface Method {
  readonly name: string;
  readonly isFor: (host: SimulatedHost) => boolean;
  readonly date: (host: SimulatedHost) => readonly Dated[];
}

const drift = driftOf(true);

/** `dmesg -T` (util-linux): now − uptime + stamp, printed without a doubt; the second it is printed to counts as its error. */
function byDmesg({ lines, visits }: SimulatedHost): readonly Dated[] {
  const last = visits.at(-1)?.reading;
  const bootMs = (last?.beforeMs ?? 0) - (last?.uptimeS ?? 0) * 1000;
  return lines.map(({ stampS }) => ({ atMs: bootMs + stampS * 1000, errorS: 1 }));
}

/** Our own code, with all visits or only the last, with or without cpu_clk (a marker in the log is worth the same). */
function byAnchors(
  { lines, visits }: SimulatedHost,
  { isFirstContact, hasCpuClock }: { readonly isFirstContact: boolean; readonly hasCpuClock: boolean },
): readonly Dated[] {
  const anchors: Anchor[] = [];
  let beganMs: number | null = null;
  let newest = -1;
  let latestMs = Infinity;
  for (const { reading, stampS } of isFirstContact ? visits.slice(-1) : visits) {
    const known = newest;
    while ((lines[newest + 1]?.stampS ?? Infinity) <= stampS) newest += 1;
    const firstNew = newest === known ? undefined : lines[known + 1];
    anchors.push(
      ...anchorsOfVisit({
        reading: hasCpuClock ? reading : { ...reading, cpuClock: null },
        lastStampS: lines[newest]?.stampS ?? null,
        firstNew:
          beganMs === null || firstNew === undefined ? null : { stampS: firstNew.stampS, beforeMs: beganMs },
        pairs: [],
        drift,
      }),
    );
    beganMs = beganMsOf(reading);
    latestMs = reading.afterMs ?? Infinity;
  }
  const dateOf = stampDater(anchors, { drift, latestMs });
  return lines.map(({ stampS }) => dateOf(stampS * 1e6).time);
}

const everywhere = (): boolean => true;

/** The rows of the table. */
export const methods: readonly Method[] = [
  { name: "dmesg -T formula", isFor: ({ isContainer }) => !isContainer, date: byDmesg },
  {
    name: "first contact, cpu_clk",
    isFor: everywhere,
    date: (host) => byAnchors(host, { isFirstContact: true, hasCpuClock: true }),
  },
  {
    name: "first contact, uptime only",
    isFor: ({ isContainer }) => !isContainer,
    date: (host) => byAnchors(host, { isFirstContact: true, hasCpuClock: false }),
  },
  {
    name: "first contact, container's uptime only",
    isFor: ({ isContainer }) => isContainer,
    date: (host) => byAnchors(host, { isFirstContact: true, hasCpuClock: false }),
  },
  {
    name: "history without cpu_clk and marker",
    isFor: everywhere,
    date: (host) => byAnchors(host, { isFirstContact: false, hasCpuClock: false }),
  },
  {
    name: "history, all anchors",
    isFor: everywhere,
    date: (host) => byAnchors(host, { isFirstContact: false, hasCpuClock: true }),
  },
];

import { utcOffsetOf } from "../clock/local-time.ts";
import { unknownVictim } from "../model/incident.ts";
import type { Process } from "../model/process-snapshot.ts";
import type { EpochMs } from "../model/units.ts";
import type { Sighting, Visit } from "../model/visit.ts";
import type { WallTime } from "../model/wall-time.ts";
import { stableId } from "./stable-id.ts";

/** Some time between two instants. */
export function between(fromMs: EpochMs, toMs: EpochMs): WallTime {
  return { atMs: (fromMs + toMs) / 2, errorS: (toMs - fromMs) / 2000, method: "bracketed" };
}

/** One process that vanished, and when. */
interface Vanished {
  /** What it is known again by on its host. */
  readonly key: string;
  readonly row: Pick<Process, "uid" | "user" | "name" | "args"> & { readonly pid: number | null };
  readonly time: WallTime;
  readonly detail: string;
  readonly gaps: readonly string[];
}

/** A process that vanished as the visit that misses it tells of it. */
export function vanishedSighting(visit: Visit, { key, row, time, detail, gaps }: Vanished): Sighting {
  const { pid, uid, user, name, args } = row;
  const { host, zone, groups, bootId, kernel } = visit;
  const offsetS = zone === null || time.atMs === null ? null : utcOffsetOf(time.atMs, zone);
  return {
    keys: [key],
    words: null,
    incident: {
      id: stableId("k", host, key),
      kind: "vanished",
      host,
      groups,
      time,
      zone,
      utcOffsetS: offsetS ?? visit.utcOffsetS,
      stampUs: null,
      bootId,
      kernel,
      reportId: null,
      grade: null,
      confirmed: true,
      gaps,
      scope: null,
      victim: { ...unknownVictim, pid, uid, user, name, args },
      selected: null,
      trigger: null,
      memcg: null,
      memory: null,
      pressure: null,
      detail,
      taskCount: null,
      suspects: null,
      sources: ["collect"],
    },
  };
}

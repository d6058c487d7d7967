import type { Death } from "../model/death.ts";
import type { IncidentKind, Victim } from "../model/incident.ts";
import { unknownVictim } from "../model/incident.ts";
import type { Sighting } from "../model/visit.ts";
import type { WallTime } from "../model/wall-time.ts";
import { textHash } from "./record-keys.ts";
import type { Scene } from "./scene.ts";
import { keysIn, zoneIn } from "./scene.ts";
import { stableId } from "./stable-id.ts";

/** Kinds by which a pid is gone for good: the same words on the same host are the same death. */
const mortal: ReadonlySet<IncidentKind> = new Set<IncidentKind>([
  "segfault",
  "trap",
  "signal",
  "seccomp",
  "hw-memory",
  "oomd-kill",
]);

/** Whole-second floor of every time: leap seconds and smears (clock.md). */
const auditErrorS = 1;

/** Id under which the raw lines of a death are kept. */
export function deathReportId(death: Death, scene: Scene): string {
  return stableId("o", scene.host, keysIn(scene, death.record)[0] ?? "");
}

/** Places a death that no OOM report tells of on a host and on the calendar. */
export function deathSightingOf(death: Death, scene: Scene): Sighting {
  const { record, kind, pid } = death;
  const keys = [
    ...new Set([record, ...death.records].filter(isTelling(death)).flatMap((line) => keysIn(scene, line))),
  ];
  const time = timeOf(death, scene);
  return {
    keys,
    words: mortal.has(kind) && pid !== null ? textHash(record.text) : null,
    incident: {
      id: stableId("k", scene.host, keys[0] ?? ""),
      kind,
      host: scene.host,
      groups: scene.groups,
      time,
      ...zoneIn(scene, record, time),
      stampUs: record.stampUs,
      bootId: record.bootId ?? scene.bootId,
      kernel: scene.kernel,
      reportId: deathReportId(death, scene),
      grade: null,
      confirmed: death.confirmed,
      gaps: [],
      scope: null,
      victim: victimOf(death, scene),
      selected: null,
      trigger: null,
      memcg: null,
      memory: null,
      pressure: null,
      detail: death.detail,
      taskCount: null,
      suspects: null,
      sources: [scene.source],
    },
  };
}

/** A stack frame may read alike in two deaths at one time; its first line, and one that names the task, do not. */
function isTelling({ record, pid }: Death): (line: Death["record"]) => boolean {
  return (line) =>
    line === record || (pid !== null && new RegExp(`(?<!\\d)${pid}(?!\\d)`, "u").test(line.text));
}

/** An audit line carries the kernel's own wall clock, to the millisecond. */
function timeOf({ atMs, record }: Death, scene: Scene): WallTime {
  return atMs === null ? scene.timeOf(record) : { atMs, errorS: auditErrorS, method: "exact" };
}

function victimOf({ pid, name, uid, cgroup, rssKiB }: Death, { users }: Scene): Victim {
  const user = uid === null ? null : (users.get(uid) ?? null);
  return { ...unknownVictim, pid, name, uid, user, anonRssKiB: rssKiB, cgroup };
}

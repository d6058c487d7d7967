import { rankSuspects } from "../analysis/suspects.ts";
import { hostZoneOf, utcOffsetOf } from "../clock/local-time.ts";
import type { StampClock } from "../clock/stamp-clock.ts";
import { wallTimeOf } from "../clock/stamp-clock.ts";
import type { Victim } from "../model/incident.ts";
import type { KernelRecord } from "../model/kernel-record.ts";
import type { OomKill, OomReport, Task } from "../model/oom-report.ts";
import type { KiB, Seconds } from "../model/units.ts";
import { pagesToKiB } from "../model/units.ts";
import type { Sighting } from "../model/visit.ts";
import { parseKill } from "../parse/oom/lines/kill.ts";
import type { RecordKeyOf } from "./record-keys.ts";
import { stableId } from "./stable-id.ts";

/** The host and boot that a report is placed on. */
export interface Scene {
  readonly host: string;
  readonly groups: readonly string[];
  /** KnownBoot.boot: keys are unique within it. */
  readonly boot: string;
  readonly bootId: string | null;
  readonly kernel: string | null;
  readonly pageSizeKiB: KiB | null;
  readonly zone: string | null;
  readonly utcOffsetS: Seconds | null;
  readonly clock: StampClock;
  readonly keyOf: RecordKeyOf;
  /** Login names by uid, from the ps of the same visit. */
  readonly users: ReadonlyMap<number, string>;
  /** The carrier: `collect` or `import`. */
  readonly source: string;
}

/** Id of a report, from the line that says most: its first kill, else the selection, else the header. */
export function reportIdOf(report: OomReport, { host, boot, keyOf }: Scene): string {
  const telling = report.kills[0]?.record ?? report.selection ?? report.header ?? report.records[0];
  return stableId("o", host, boot, telling === undefined ? "" : keyOf(telling));
}

/**
 * Places the deaths of one OOM report on a host and on the calendar: one sighting a victim, or one unconfirmed
 * sighting where the log announces a kill and its death line is missing.
 */
export function sightingsOf(report: OomReport, scene: Scene): readonly Sighting[] {
  const reaped = report.selected !== null && report.reapedPids.includes(report.selected.pid);
  const deaths: readonly (OomKill | null)[] = report.kills.length > 0 ? report.kills : [null];
  return deaths.map((kill, place) => sightingOf(report, scene, kill, place === 0, kill !== null || reaped));
}

function sightingOf(
  report: OomReport,
  scene: Scene,
  kill: OomKill | null,
  isFirst: boolean,
  confirmed: boolean,
): Sighting {
  const { host, boot, keyOf, clock } = scene;
  const record = kill?.record ?? report.selection ?? report.header ?? report.records[0] ?? null;
  const keys = [...new Set(announcing(report, kill, isFirst).map((line) => `${boot}/${keyOf(line)}`))];
  const pageSizeKiB = report.pageSizeKiB ?? scene.pageSizeKiB;
  const { selected } = report;
  const time = wallTimeOf(record?.stampUs ?? null, clock);
  const zone = hostZoneOf(scene);
  return {
    keys,
    incident: {
      id: stableId("k", host, keys[0] ?? ""),
      kind: "oom-kill",
      host,
      groups: scene.groups,
      time,
      zone: scene.zone,
      utcOffsetS: time.atMs === null || zone === null ? scene.utcOffsetS : utcOffsetOf(time.atMs, zone),
      stampUs: record?.stampUs ?? null,
      bootId: scene.bootId,
      kernel: report.kernel ?? scene.kernel,
      reportId: reportIdOf(report, scene),
      grade: report.grade,
      confirmed,
      gaps: report.gaps,
      scope: kill?.scope ?? report.scope,
      victim: victimOf(report, kill, pageSizeKiB, scene.users),
      selected: selected === null ? null : { pid: selected.pid, name: selected.name },
      trigger: report.trigger,
      memcg: report.memcg,
      memory: report.memory,
      taskCount: report.tasks.length > 0 ? report.tasks.length : null,
      suspects: rankSuspects(report.tasks, pageSizeKiB),
      sources: [scene.source],
    },
  };
}

/** The records by which a death is known again, most telling first. */
function announcing(report: OomReport, kill: OomKill | null, isFirst: boolean): readonly KernelRecord[] {
  const own = kill === null ? [] : [kill.record, ...repeatsOf(report, kill)];
  // Header and selection announce the first victim only: the others of a group kill have just their own line.
  const before = isFirst ? [report.selection, report.header].filter((line) => line !== null) : [];
  // Without stamps the headers of two reports often read alike: only a line that names its task tells them apart.
  return [...own, ...before].filter(
    (line, place) => place === 0 || line.stampUs !== null || line !== report.header,
  );
}

/** A group kill prints its first victim twice: when the ring has lost the first line, the second is still there. */
function repeatsOf({ records }: OomReport, { pid, record }: OomKill): readonly KernelRecord[] {
  return records.filter(
    (line) =>
      line !== record && line.text.includes("illed process") && parseKill(line.text)?.kill.pid === pid,
  );
}

/** Who died, or who was selected where no death line tells; the task table adds what the lines leave out. */
function victimOf(
  report: OomReport,
  kill: OomKill | null,
  pageSizeKiB: KiB | null,
  users: ReadonlyMap<number, string>,
): Victim {
  const pid = kill?.pid ?? report.selected?.pid ?? null;
  const chosen = report.selected !== null && report.selected.pid === pid ? report.selected : null;
  const task = pid === null ? null : findTask(report.tasks, pid);
  const uid = kill?.uid ?? chosen?.uid ?? task?.uid ?? null;
  return {
    pid,
    name: kill?.name ?? chosen?.name ?? task?.name ?? null,
    uid,
    user: uid === null ? null : (users.get(uid) ?? null),
    args: null,
    totalVmKiB: kill?.totalVmKiB ?? pagesToKiB(task?.totalVmPages ?? null, pageSizeKiB),
    anonRssKiB: kill?.anonRssKiB ?? pagesToKiB(task?.rssAnonPages ?? null, pageSizeKiB),
    fileRssKiB: kill?.fileRssKiB ?? pagesToKiB(task?.rssFilePages ?? null, pageSizeKiB),
    shmemRssKiB: kill?.shmemRssKiB ?? pagesToKiB(task?.rssShmemPages ?? null, pageSizeKiB),
    pgtablesKiB: kill?.pgtablesKiB ?? bytesToKiB(task?.pgtablesBytes ?? null),
    oomScore: chosen?.score ?? null,
    oomScoreAdj: kill?.oomScoreAdj ?? task?.oomScoreAdj ?? null,
    cgroup: chosen?.taskMemcg ?? null,
  };
}

function bytesToKiB(bytes: number | null): KiB | null {
  return bytes === null ? null : bytes / 1024;
}

/** The row of a pid. A kill line may name a thread group whose leader is gone: then the row with its tgid. */
function findTask(tasks: readonly Task[], pid: number): Task | null {
  return tasks.find((task) => task.pid === pid) ?? tasks.find((task) => task.tgid === pid) ?? null;
}

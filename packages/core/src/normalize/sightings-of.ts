import { rankSuspects } from "../analysis/suspects.ts";
import type { Victim } from "../model/incident.ts";
import type { KernelRecord } from "../model/kernel-record.ts";
import type { OomKill, OomReport, Task } from "../model/oom-report.ts";
import type { KiB, Pages } from "../model/units.ts";
import type { Suspect } from "../model/suspect.ts";
import { pagesToKiB } from "../model/units.ts";
import type { Sighting } from "../model/visit.ts";
import { textHash } from "./record-keys.ts";
import type { Scene } from "./scene.ts";
import { keysIn, zoneIn } from "./scene.ts";
import { stableId } from "./stable-id.ts";

/** Id of a report, from the line that says most: its first kill, else the selection, else the header. */
export function reportIdOf(report: OomReport, scene: Scene): string {
  const telling = report.kills[0]?.record ?? report.selection ?? report.header ?? report.records[0];
  return stableId("o", scene.host, telling === undefined ? "" : (keysIn(scene, telling)[0] ?? ""));
}

/** What all deaths of one report have in common. */
interface ReportScene extends Scene {
  readonly report: OomReport;
  readonly reportId: string;
  readonly reportPageSizeKiB: KiB | null;
  readonly suspects: readonly Suspect[] | null;
  readonly taskOf: (pid: number) => Task | null;
}

/**
 * Places the deaths of one OOM report on a host and on the calendar: one sighting a victim, or one unconfirmed
 * sighting where the log announces a kill and its death line is missing.
 */
export function sightingsOf(report: OomReport, scene: Scene): readonly Sighting[] {
  const reportPageSizeKiB = report.pageSizeKiB ?? scene.pageSizeKiB;
  const shared: ReportScene = {
    ...scene,
    report,
    reportId: reportIdOf(report, scene),
    reportPageSizeKiB,
    suspects: rankSuspects(report.tasks, reportPageSizeKiB),
    taskOf: taskFinder(report.tasks),
  };
  const reaped = report.selected !== null && report.reapedPids.includes(report.selected.pid);
  const deaths: readonly (OomKill | null)[] = report.kills.length > 0 ? report.kills : [null];
  return deaths.map((kill, place) => sightingOf(shared, kill, place === 0, kill !== null || reaped));
}

function sightingOf(
  scene: ReportScene,
  kill: OomKill | null,
  isFirst: boolean,
  confirmed: boolean,
): Sighting {
  const { host, report } = scene;
  const record = kill?.record ?? report.selection ?? report.header ?? report.records[0] ?? null;
  const keys = [...new Set(announcing(report, kill, isFirst).flatMap((line) => keysIn(scene, line)))];
  const { selected } = report;
  const time = scene.timeOf(record);
  return {
    keys,
    // A pid dies once, and its sizes make the line its own; without them a time has to help.
    words:
      kill === null || kill.pid === null || (kill.totalVmKiB === null && time.atMs === null)
        ? null
        : textHash(kill.record.text),
    incident: {
      id: stableId("k", host, keys[0] ?? ""),
      kind: "oom-kill",
      host,
      groups: scene.groups,
      time,
      ...zoneIn(scene, record, time),
      stampUs: record?.stampUs ?? null,
      bootId: record?.bootId ?? scene.bootId,
      kernel: report.kernel ?? scene.kernel,
      reportId: scene.reportId,
      grade: report.grade,
      confirmed,
      gaps: report.gaps,
      // "Out of memory:" is also what the kernel says of a cpuset: only the summary tells.
      scope: (kill?.scope === "system" ? report.scope : kill?.scope) ?? report.scope,
      victim: victimOf(scene, kill),
      selected: selected === null ? null : { pid: selected.pid, name: selected.name },
      trigger: report.trigger,
      memcg: report.memcg,
      memory: report.memory,
      pressure: report.pressure,
      detail: null,
      taskCount: report.tasks.length > 0 ? report.tasks.length : null,
      suspects: scene.suspects,
      sources: [scene.source],
    },
  };
}

/** The records by which a death is known again, most telling first. */
function announcing(report: OomReport, kill: OomKill | null, isFirst: boolean): readonly KernelRecord[] {
  // When the ring has lost the first line of a death, its repeat is still there.
  const own = kill === null ? [] : [kill.record, ...kill.repeats];
  // Header and selection announce the first victim only: the others of a group kill have just their own line.
  const before = isFirst ? [report.selection, report.header].filter((line) => line !== null) : [];
  // Without stamps the headers of two reports often read alike: only a line that names its task tells them apart.
  return [...own, ...before].filter(
    (line, place) => place === 0 || line.stampUs !== null || line !== report.header,
  );
}

/** Who died, or who was selected where no death line tells; the task table adds what the lines leave out. */
function victimOf({ report, users, taskOf, reportPageSizeKiB }: ReportScene, kill: OomKill | null): Victim {
  const pid = kill?.pid ?? report.selected?.pid ?? null;
  const chosen = report.selected !== null && report.selected.pid === pid ? report.selected : null;
  const task = pid === null ? null : taskOf(pid);
  const uid = kill?.uid ?? chosen?.uid ?? task?.uid ?? null;
  const toKiB = (pages: Pages | null | undefined): KiB | null => pagesToKiB(pages ?? null, reportPageSizeKiB);
  return {
    pid,
    name: kill?.name ?? chosen?.name ?? task?.name ?? null,
    uid,
    user: uid === null ? null : (users.get(uid) ?? null),
    args: null,
    totalVmKiB: kill?.totalVmKiB ?? toKiB(task?.totalVmPages),
    anonRssKiB: kill?.anonRssKiB ?? toKiB(task?.rssAnonPages),
    fileRssKiB: kill?.fileRssKiB ?? toKiB(task?.rssFilePages),
    shmemRssKiB: kill?.shmemRssKiB ?? toKiB(task?.rssShmemPages),
    pgtablesKiB: kill?.pgtablesKiB ?? bytesToKiB(task?.pgtablesBytes ?? null),
    oomScore: chosen?.score ?? null,
    oomScoreAdj: kill?.oomScoreAdj ?? task?.oomScoreAdj ?? null,
    cgroup: chosen?.taskMemcg ?? null,
  };
}

function bytesToKiB(bytes: number | null): KiB | null {
  return bytes === null ? null : bytes / 1024;
}

/** The row of a pid. A kill line may name a thread group whose leader is gone: then the first row with its tgid. */
function taskFinder(tasks: readonly Task[]): (pid: number) => Task | null {
  const byPid = new Map<number, Task>();
  const byTgid = new Map<number, Task>();
  for (const task of tasks) {
    if (!byPid.has(task.pid)) byPid.set(task.pid, task);
    if (task.tgid !== null && !byTgid.has(task.tgid)) byTgid.set(task.tgid, task);
  }
  return (pid) => byPid.get(pid) ?? byTgid.get(pid) ?? null;
}

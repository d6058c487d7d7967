import type { OomKill } from "../../../model/oom-report.ts";
import { toNumber, toPid } from "./number.ts";
import { scopeOfPrefix } from "./scope.ts";

/** Who died. */
export interface KillLine {
  readonly kind: "kill";
  readonly kill: Omit<OomKill, "record" | "repeats">;
}

const prefix = String.raw`(?:(?<prefix>Out of [Mm]emory(?: \([A-Za-z_]{1,40}\)| in UB \S{1,64})?|Memory cgroup out of memory|No available memory[^:]{0,40}): )?`;
const shape = (rest: string): RegExp => new RegExp(`^${prefix}${rest}`, "su");

/** Every known shape of the line, the more particular first; each names the groups it has. */
const shapes: readonly RegExp[] = [
  // Out of Memory: Killed process 812 (setiathome), saved process 1 (init).                        2.4-aa
  shape(String.raw`[Kk]illed process (?<pid>\d{1,20}) \((?<name>.{0,200}?)\), saved process `),
  // Killed process 40738, UID 27, (mysqld) total-vm:6424316kB, anon-rss:13128kB, file-rss:4kB       RHEL 6
  // Memory cgroup out of memory: Killed process 63214 (uwsgi) total-vm:…kB, …, UID:0 pgtables:1372kB oom_score_adj:986
  // Killed process 1917 (php-cgi) vsz:467184kB, anon-rss:101196kB, file-rss:204kB                   2.6.33 to 2.6.35
  // Out of memory in UB 317592: OOM killed process 2946 (npm) score 0 vm:1506164kB, rss:237752kB, swap:120052kB
  // Killed process 19776 (VirtualBox)                                                                2.6.20 to 2.6.32
  shape(
    String.raw`(?:OOM )?[Kk]illed process (?<pid>\d{1,20})(?:, UID (?<uid>\d{1,10}),)? \((?<name>.{0,200})\)(?:, UID (?<uid2>\d{1,10}),)?(?<sizes>\.?\s{0,80}$|(?: score \d{1,20})? (?:total-vm|vsz|vm):.{0,1000})`,
  ),
  // Killed process 3001 [garbled]: cut or spoilt, and still somebody's death.
  shape(String.raw`(?:OOM )?[Kk]illed process (?<pid>\d{1,20})(?:, UID (?<uid>\d{1,10}),)?(?=[ ,])`),
  // Killed process 30: cut in the number perhaps, which then is another's.
  shape(String.raw`(?:OOM )?[Kk]illed process (?<cut>\d{1,10})$`),
];
// VM: killing process setiathome: a page fault found no memory, and no pid is said.                  until 2.6.35
const byPageFault = /^VM: killing process (.{1,64})$/su;

/** Every figure is followed by its unit or a further word: one that is not was cut. */
const figures = {
  uid: /[ ,]UID:(\d{1,10})(?=[ ,])/,
  totalVm: /(?:^|[ ,])(?:total-vm|vsz|vm):(\d{1,20})kB/,
  anonRss: /[ ,]anon-rss:(\d{1,20})kB/,
  fileRss: /[ ,]file-rss:(\d{1,20})kB/,
  shmemRss: /[ ,]shmem-rss:(\d{1,20})kB/,
  // Its unit is missing in some builds.
  pgtables: /[ ,]pgtables:(\d{1,20})(?=kB|\s)/,
  oomScoreAdj: / oom_score_adj:(-?\d{1,5})(?!\d)/,
};

/** __oom_kill_process(), mm/oom_kill.c; before 4.19 oom_kill_process(), before 2.6.38 __oom_kill_task(). */
export function parseKill(text: string): KillLine | null {
  for (const pattern of shapes) {
    const groups = pattern.exec(text)?.groups;
    const pid = toPid(groups?.["pid"]);
    if (groups === undefined || (pid === null && toPid(groups["cut"]) === null)) continue;
    const { name, uid, uid2, sizes = "" } = groups;
    return killOf({ pid, name: name ?? null, uid: toNumber(uid ?? uid2) }, sizes, groups["prefix"]);
  }
  const name = byPageFault.exec(text)?.[1];
  return name === undefined ? null : killOf({ pid: null, name: name.trimEnd(), uid: null }, "", undefined);
}

function killOf(
  who: Pick<OomKill, "pid" | "name" | "uid">,
  sizes: string,
  said: string | undefined,
): KillLine {
  const figure = (key: keyof typeof figures): number | null => toNumber(figures[key].exec(sizes)?.[1]);
  return {
    kind: "kill",
    kill: {
      ...who,
      uid: who.uid ?? figure("uid"),
      totalVmKiB: figure("totalVm"),
      anonRssKiB: figure("anonRss"),
      fileRssKiB: figure("fileRss"),
      shmemRssKiB: figure("shmemRss"),
      pgtablesKiB: figure("pgtables"),
      oomScoreAdj: figure("oomScoreAdj"),
      scope: scopeOfPrefix(said),
    },
  };
}

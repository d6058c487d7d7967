import type { OomKill } from "../../../model/oom-report.ts";
import { toNumber, toPid } from "./number.ts";
import { scopeOfPrefix } from "./scope.ts";

/** Who died. */
export interface KillLine {
  readonly kind: "kill";
  readonly kill: Omit<OomKill, "record">;
}

const prefix = String.raw`(?:(Out of [Mm]emory(?: \([A-Za-z_]{1,40}\)| in UB \S{1,20})?|Memory cgroup out of memory|No available memory[^:]{0,40}): )?`;

/** Every known shape of the line, the more particular first; each names the groups it has. */
const shapes: readonly RegExp[] = [
  // Out of Memory: Killed process 812 (setiathome), saved process 1 (init).                        2.4-aa
  new RegExp(`^${prefix}[Kk]illed process (?<pid>\\d{1,20}) \\((?<name>.{0,200}?)\\), saved process `, "su"),
  // Killed process 40738, UID 27, (mysqld) total-vm:6424316kB, anon-rss:13128kB, file-rss:4kB       RHEL 6
  // Memory cgroup out of memory: Killed process 63214 (uwsgi) total-vm:…kB, …, UID:0 pgtables:1372kB oom_score_adj:986
  // Killed process 1917 (php-cgi) vsz:467184kB, anon-rss:101196kB, file-rss:204kB                   2.6.33 to 2.6.35
  // Out of memory in UB 317592: OOM killed process 2946 (npm) score 0 vm:1506164kB, rss:237752kB, swap:120052kB
  // Killed process 19776 (VirtualBox)                                                                2.6.20 to 2.6.32
  new RegExp(
    `^${prefix}(?:OOM )?[Kk]illed process (?<pid>\\d{1,20})(?:, UID (?<uid>\\d{1,10}),)? \\((?<name>.{0,200})\\)(?:, UID (?<uid2>\\d{1,10}),)?(?<sizes>\\.?\\s*$|(?: score \\d{1,20})? (?:total-vm|vsz|vm):.*)`,
    "su",
  ),
  // Killed process 3001 [garbled]: cut or spoilt, and still somebody's death.
  new RegExp(`^${prefix}(?:OOM )?[Kk]illed process (?<pid>\\d{1,20})(?:, UID (?<uid>\\d{1,10}),)?(?=[ ,.]|$)(?!:)`, "su"),
];

/** __oom_kill_process(), mm/oom_kill.c; until 4.18 oom_kill_task() and oom_kill_process(). */
export function parseKill(text: string): KillLine | null {
  for (const shape of shapes) {
    const found = shape.exec(text);
    const pid = toPid(found?.groups?.["pid"]);
    if (found === null || pid === null) continue;
    const { name, uid, uid2, sizes = "" } = found.groups ?? {};
    // "UID:" stands among the sizes since 5.4; the unit of pgtables is missing in some builds.
    const figure = (key: string): number | null => toNumber(new RegExp(`(?:^|[ ,])${key}:(\\d{1,20})`).exec(sizes)?.[1]);
    return {
      kind: "kill",
      kill: {
        pid,
        name: name ?? null,
        uid: toNumber(uid ?? uid2) ?? figure("UID"),
        totalVmKiB: figure("total-vm") ?? figure("vsz") ?? figure("vm"),
        anonRssKiB: figure("anon-rss"),
        fileRssKiB: figure("file-rss"),
        shmemRssKiB: figure("shmem-rss"),
        pgtablesKiB: figure("pgtables"),
        oomScoreAdj: toNumber(/ oom_score_adj:(-?\d{1,5})/.exec(sizes)?.[1]),
        scope: scopeOfPrefix(found[1]),
      },
    };
  }
  return null;
}

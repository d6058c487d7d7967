import type { KillLine, KillerLine } from "../death-line.ts";
import { toNumber, toPid } from "../../oom/lines/number.ts";
import { toDetail, toldDeath } from "../told-death.ts";

const kills: readonly RegExp[] = [
  // sending SIGTERM to process 4711 uid 1000 "tail": oom_score 1021, oom_score_adj 0, VmRSS 1300 MiB, cmdline "tail /dev/zero"   (1.8)
  // sending SIGTERM to process 4711 uid 1000 "tail": badness 1021, VmRSS 1300 MiB                                               (1.4 to 1.7)
  // sending SIGTERM to process 4711 "tail": badness 1021, VmRSS 1300 MiB                                                        (1.3)
  // The name is the shortest that the figures follow: the command line behind them may quote a whole such line.
  /^sending (?<signal>SIGTERM|SIGKILL) to process (?<pid>\d{1,10})(?: uid (?<uid>\d{1,10}))? "(?<name>.{1,64}?)": (?<score>(?:badness|oom_score) -?\d{1,10}(?:, oom_score_adj -?\d{1,5})?), VmRSS (?<rss>\d{1,10}) MiB/su,
  // Killing process 'tail' with signal 15, pid: 4711, badness: 1021, VmRSS: 1300 MiB            (1.2)
  /^Killing process '(?<name>.{1,64}?)' with signal (?<number>\d{1,2}), pid: (?<pid>\d{1,10}), (?<score>badness: -?\d{1,10}), VmRSS: (?<rss>\d{1,10}) MiB/su,
  // Killing process: tail, pid: 4711, badness: 1021, VmRSS: 1300 MiB                            (1.1)
  /^Killing process: (?<name>.{1,64}?), pid: (?<pid>\d{1,10}), (?<score>badness: -?\d{1,10}), VmRSS: (?<rss>\d{1,10}) MiB/su,
];
// Killing process 7981 htop                                                                     (0.x to 1.0)
const bare = /^Killing process (?<pid>\d{1,10}) (?<name>.{1,64})$/su;

/**
 * kill_process() of earlyoom's kill.c, wherever such a line may stand; `isEarlyooms`: only it can have written this one.
 * SIGTERM asks a process to go: it has died when earlyoom says that it exited.
 */
export function parseEarlyoomKill(text: string, isEarlyooms: boolean): KillLine | null {
  for (const pattern of isEarlyooms ? [...kills, bare] : kills) {
    const groups = pattern.exec(text)?.groups;
    const pid = toPid(groups?.["pid"]);
    if (groups === undefined || pid === null) continue;
    const { name = "", number, score, rss } = groups;
    const signal = groups["signal"] ?? (number === "15" ? "SIGTERM" : number === "9" ? "SIGKILL" : undefined);
    // "0 (no-op signal)" is its test at start-up.
    if (number === "0") return null;
    const rssMiB = toNumber(rss);
    return {
      form: "kill",
      death: toldDeath("oomd-kill", {
        pid,
        name: name.trimEnd(),
        uid: toNumber(groups["uid"]),
        isThread: false,
        rssKiB: rssMiB === null ? null : rssMiB * 1024,
        confirmed: signal !== "SIGTERM",
        detail: toDetail([signal, score].filter((part) => part !== undefined).join(", ")),
      }),
    };
  }
  return null;
}

const words: readonly (readonly [KillerLine["says"], RegExp])[] = [
  // low memory! at or below SIGTERM limits: mem  9.92%, swap  3.04%
  ["low", /^low memory! at or below SIG(?:TERM|KILL) limits: (?<words>mem {1,4}\d[^\n]{1,80})/u],
  // Out of memory! avail: 82 MiB < min: 230 MiB                              (0.x to 1.0)
  ["low", /^Out of memory! (?<words>avail: {1,4}\d[^\n]{1,80})/u],
  // escalating to SIGKILL after 6.2 seconds
  ["escalates", /^escalating to SIGKILL after \d/u],
  // process 4711 exited after 0.1 seconds          process exited after 0.1 seconds
  ["exited", /^process (?:(?<pid>\d{1,10}) )?exited after (?<words>\d)/u],
  // process 4711 did not exit
  ["stays", /^process (?:(?<pid>\d{1,10}) )?did not exit/u],
  ["failed", /^kill failed: (?<words>[^\n]{1,80})/u],
  ["dryrun", /^dryrun, not actually sending any signal/u],
  // killing whole process group 4711 (-g flag is active)
  ["group", /^(?<words>killing whole process group \d{1,10})(?= \(-g flag)/u],
];

/** main.c and kill_wait() of earlyoom's kill.c. */
export function parseEarlyoomWord(text: string): KillerLine | null {
  for (const [says, pattern] of words) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const { pid, words: said } = found.groups ?? {};
    return { form: "killer", says, pid: toPid(pid), words: said?.replaceAll(/ {2,}/gu, " ") ?? null };
  }
  return null;
}

import { toNumber, toPid } from "../../oom/lines/number.ts";
import type { HangLine, OwnerLine } from "../death-line.ts";
import { toDetail, toldDeath } from "../told-death.ts";
import { comm } from "./comm.ts";

// INFO: task FwgThread OpFor:15341 blocked for more than 120 seconds.
// INFO: task udevd:5612 blocked in I/O wait for more than 143 seconds.                             (2026)
const hung = new RegExp(
  String.raw`^INFO: task (?<name>${comm}):(?<pid>\d{1,10}) (?<words>blocked (?:in I\/O wait )?for more than (?<seconds>\d{1,10}) seconds)`,
  "su",
);

/** check_hung_task(), kernel/hung_task.c, since 2.6.30. */
export function parseHungTask(text: string): HangLine | null {
  const groups = hung.exec(text)?.groups;
  const pid = toPid(groups?.["pid"]);
  if (groups === undefined || pid === null) return null;
  const { name = null, words, seconds } = groups;
  return {
    form: "hang",
    cpu: null,
    seconds: toNumber(seconds),
    death: toldDeath("hung-task", { pid, name, isThread: true, detail: toDetail(words) }),
  };
}

// INFO: task cat:115 is blocked on a mutex likely owned by task cat:114.
// INFO: task cat:115 blocked on a semaphore likely last held by task cat:114.
// INFO: task dd:115 <reader> blocked on an rw-semaphore likely owned by task dd:114 <writer>
const owned = new RegExp(
  String.raw`^INFO: task ${comm}:(?<pid>\d{1,10}) (?:<[a-z]{1,10}> )?(?:is )?blocked (?<words>on an? [a-z-]{4,20} likely (?:last held|owned) by task ${comm}:\d{1,10})(?=\.|\s|$)`,
  "su",
);

/** debug_show_blocker(), kernel/hung_task.c, since 6.16: who holds what the task waits for. */
export function parseOwner(text: string): OwnerLine | null {
  const groups = owned.exec(text)?.groups;
  const pid = toPid(groups?.["pid"]);
  return pid === null ? null : { form: "owner", pid, words: groups?.["words"] ?? "" };
}

import { toNumber, toPid } from "../../oom/lines/number.ts";
import type { CrashLine } from "../death-line.ts";
import { toDetail, toldDeath } from "../told-death.ts";
import { comm } from "./comm.ts";
import { signalName } from "./signal-name.ts";

const said = String.raw`potentially unexpected fatal signal (?<signal>\d{1,2})\.`;
const patterns: readonly RegExp[] = [
  // consoled/2993: potentially unexpected fatal signal 11.       (until 3.x)
  new RegExp(String.raw`^(?<name>${comm})\/(?<pid>\d{1,10}): ${said}`, "su"),
  // core-cpu1: CS: potentially unexpected fatal signal 11.       (recent: the program's file, then the thread)
  new RegExp(String.raw`^(?<exe>.{1,255}?): (?<name>${comm}): ${said}`, "su"),
  // consoled: potentially unexpected fatal signal 11.
  new RegExp(String.raw`^(?<name>${comm}): ${said}`, "su"),
  // potentially unexpected fatal signal 11.                      ("CPU: 0 PID: 963 Comm: …" below it names the task)
  new RegExp(`^${said}`, "u"),
];

/** print_fatal_signal(), kernel/signal.c; only with print-fatal-signals=1. */
export function parseFatalSignal(text: string): CrashLine | null {
  for (const pattern of patterns) {
    const groups = pattern.exec(text)?.groups;
    const signal = toNumber(groups?.["signal"]);
    if (groups === undefined || signal === null) continue;
    const { name = null, exe, pid } = groups;
    return {
      form: "crash",
      isAudit: false,
      signal,
      death: toldDeath("signal", {
        pid: toPid(pid),
        name,
        isThread: true,
        detail: toDetail(exe === undefined ? signalName(signal) : `${signalName(signal)}, ${exe}`),
      }),
    };
  }
  return null;
}

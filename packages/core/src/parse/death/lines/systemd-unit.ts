import type { IncidentKind } from "../../../model/incident.ts";
import { toPid } from "../../oom/lines/number.ts";
import type { EchoLine } from "../death-line.ts";

/** What systemd says of one of its units, and the kind of death that it echoes. */
const unitWords: readonly (readonly [IncidentKind, RegExp])[] = [
  // a.service: A process of this unit has been killed by the OOM killer.      (one line for each unit up the tree)
  ["oom-kill", /^A process of this unit has been killed by the OOM killer\./u],
  // a.service: Failed with result 'oom-kill'.
  ["oom-kill", /^Failed with result 'oom-kill'\./u],
  // a.scope: systemd-oomd killed some process(es) in this unit.
  ["oomd-kill", /^systemd-oomd killed (?:some|\d{1,10}) process\(es\) in this unit\./u],
  // a.service: Failed with result 'core-dump'.
  ["signal", /^Failed with result '(?:core-dump|signal)'\./u],
  // a.service: Main process exited, code=killed, status=11/SEGV               (KILL and TERM may be anybody's)
  [
    "signal",
    /^(?:[Mm]ain|[Cc]ontrol) process exited, code=(?:dumped, status=\d{1,3}\/[A-Z0-9+]{2,10}|killed, status=\d{1,3}\/(?:SEGV|ABRT|BUS|FPE|ILL|TRAP|SYS|QUIT|XCPU|XFSZ))/u,
  ],
];
const named =
  /^(\S{1,256}\.(?:service|scope|slice|socket|mount|swap|automount|timer|path|target|device)): (.{1,300})/su;
// Started systemd-coredump@83-2159737-0.service - Process Core Dump (PID 2159737/UID 0).       (the pid is the helper's)
// Started Process Core Dump (PID 2159737/UID 0).
const helper =
  /^Start(?:ed|ing) (?:(systemd-coredump@\S{1,200}) - )?Process Core Dump \(PID \d{1,10}\/UID \d{1,10}\)/u;

/** unit_log_failure() and its neighbours of systemd's src/core; never a death of its own. */
export function parseSystemdUnit(text: string): EchoLine | null {
  const started = helper.exec(text);
  if (started !== null) {
    return { form: "echo", echo: { source: "systemd", kind: "signal", unit: started[1] ?? null, pid: null } };
  }
  const [, unit, said = ""] = named.exec(text) ?? [];
  const kind = unit === undefined ? undefined : unitWords.find(([, words]) => words.test(said))?.[0];
  return kind === undefined || unit === undefined
    ? null
    : { form: "echo", echo: { source: "systemd", kind, unit, pid: null } };
}

// Process 2084328 (reader) of user 1000 dumped core.                          (a further line each for its stack)
// [🡕] Process 2084328 (reader) of user 1000 dumped core.
// Process 2084328 (reader) of user 1000 terminated abnormally with signal 11/SEGV, processing...
const dumped =
  /^(?:\[.{1,4}\] )?Process (\d{1,10}) \(.{1,64}\) of user \d{1,10} (?:dumped core|terminated abnormally)/su;

/** systemd-coredump, src/coredump/coredump.c. */
export function parseCoreDump(text: string): EchoLine | null {
  const pid = toPid(dumped.exec(text)?.[1]);
  return pid === null ? null : { form: "echo", echo: { source: "systemd", kind: "signal", unit: null, pid } };
}

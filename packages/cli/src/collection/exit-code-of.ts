import type { HostState } from "@inquest/core";
import { exitCode } from "../exit-code.ts";

/** What each way to end says to a script (contract of the command). */
const codeOfState: Readonly<Record<HostState, number>> = {
  ok: exitCode.ok,
  "ok-truncated": exitCode.ok,
  "timeout-connect": exitCode.hostsTimedOut,
  "timeout-command": exitCode.hostsTimedOut,
  "skipped-deadline": exitCode.hostsTimedOut,
  dns: exitCode.hostsUnreachable,
  refused: exitCode.hostsUnreachable,
  unreachable: exitCode.hostsUnreachable,
  "hostkey-unknown": exitCode.hostsUnreachable,
  "hostkey-changed": exitCode.hostsUnreachable,
  auth: exitCode.hostsUnreachable,
  "jump-failed": exitCode.hostsUnreachable,
  "no-permission": exitCode.hostsNotUnderstood,
  "command-failed": exitCode.hostsNotUnderstood,
  unparsed: exitCode.hostsNotUnderstood,
  "output-limit": exitCode.hostsNotUnderstood,
  interrupted: exitCode.interrupted,
  "local-error": exitCode.localFailure,
};

/** Exit code of a collection: the lowest that applies to its failed hosts; 0 when there are none. */
export function exitCodeOf(failedStates: readonly HostState[]): number {
  return failedStates.length === 0
    ? exitCode.ok
    : Math.min(...new Set(failedStates.map((state) => codeOfState[state])));
}

import { constants } from "node:os";
import type { ExecAnswer } from "@inquest/core";

const signalNumbers = new Map<string, number>(Object.entries(constants.signals));

/** Exit status of a remote command as a shell would tell it: 128 + n when signal n ended it. */
export function remoteCodeOf({ code, signal }: Pick<ExecAnswer, "code" | "signal">): number {
  return code ?? 128 + (signalNumbers.get(signal ?? "") ?? 127);
}

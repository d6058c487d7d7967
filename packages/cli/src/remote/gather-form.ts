import { hash } from "node:crypto";
import { foldHosts } from "@inquest/core";
import type { FailedState } from "@inquest/core";
import type { Io } from "../io.ts";
import { formatGatherHeader, sortGathered } from "../render/gathered.ts";
import { sanitize } from "../render/sanitize.ts";
import { answerOf } from "./answer-of.ts";
import type { OutputForm } from "./output-form.ts";
import { endLine } from "./whole-lines.ts";
import { writeOutput } from "./write-output.ts";

interface Group {
  readonly hosts: string[];
  readonly bytes: Buffer;
  readonly cutBy: FailedState | null;
}

/** Equal output once, under the names of its hosts, when all have ended. What several say alike is held once. */
export function openGatherForm(io: Pick<Io, "stdout" | "stderr" | "narrate">): OutputForm {
  const groups = { stdout: new Map<string, Group>(), stderr: new Map<string, Group>() };
  const silent: string[] = [];
  const gather = (
    stream: "stdout" | "stderr",
    host: string,
    bytes: Buffer,
    cutBy: FailedState | null,
  ): void => {
    if (bytes.length === 0) return;
    const key = `${cutBy ?? ""} ${hash("sha256", bytes)}`;
    const group = groups[stream].get(key);
    if (group === undefined) groups[stream].set(key, { hosts: [host], bytes, cutBy });
    else group.hosts.push(host);
  };
  return {
    onOutput: null,
    broken: null,
    take: async (result) => {
      const answered = answerOf(result);
      if (answered === null) return;
      const { host } = result.target;
      const { answer, cutBy } = answered;
      gather("stdout", host, answer.stdout, cutBy);
      gather("stderr", host, answer.stderr, cutBy);
      if (cutBy === null && answer.stdout.length === 0) silent.push(host);
    },
    finish: async () => {
      for (const stream of ["stdout", "stderr"] as const) {
        for (const group of sortGathered([...groups[stream].values()])) {
          await io[stream].write(formatGatherHeader(group));
          await writeOutput(io[stream], endLine(group.bytes));
        }
      }
      if (silent.length > 0) await io.narrate(`${sanitize(foldHosts(silent))}: no output`);
    },
  };
}

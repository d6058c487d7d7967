import type { HostTarget } from "@inquest/core";
import { openHostFiles } from "../host-files.ts";
import type { Io } from "../io.ts";
import { labelLines } from "../render/run-output-lines.ts";
import { answerOf } from "./answer-of.ts";
import type { OutputForm } from "./output-form.ts";
import { endLine } from "./whole-lines.ts";
import { writeOutput } from "./write-output.ts";

/**
 * One file a host with its stdout, byte for byte, written whole or named `HOST+partial`; none for a host that said
 * nothing we could hear. What an earlier run left under either name goes. stderr goes to ours, labelled.
 */
export async function openDirectoryForm(
  directory: string,
  targets: readonly HostTarget[],
  io: Pick<Io, "stderr">,
): Promise<OutputForm> {
  const files = await openHostFiles(directory, targets, {
    flag: "--outdir",
    mode: 0o666,
    nameHint: "leave it out with -x, or use -o jsonl",
  });
  return {
    onOutput: null,
    broken: null,
    take: async (result) => {
      const { host } = result.target;
      const answered = answerOf(result);
      const whole = answered !== null && answered.cutBy === null;
      if (!whole) await files.remove(host, true);
      if (answered === null || whole) await files.remove(host, false);
      if (answered === null) return;
      await files.save(host, answered.answer.stdout, whole);
      await writeOutput(io.stderr, labelLines(host, endLine(answered.answer.stderr)));
    },
    finish: async () => {},
  };
}

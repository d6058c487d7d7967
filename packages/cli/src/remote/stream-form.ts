import type { HostTarget } from "@inquest/core";
import type { Io } from "../io.ts";
import { labelLines } from "../render/run-output-lines.ts";
import type { OutputForm } from "./output-form.ts";
import type { WholeLines } from "./whole-lines.ts";
import { openWholeLines } from "./whole-lines.ts";
import { writeOutput } from "./write-output.ts";

type Stream = "stdout" | "stderr";

/** `host: line` as it comes, each stream to ours; only whole lines, so that no two hosts share one. */
export function openStreamForm(io: Pick<Io, Stream>): OutputForm {
  const unfinished = new Map<HostTarget, Readonly<Record<Stream, WholeLines>>>();
  const broken = new AbortController();
  let written: Promise<void> = Promise.resolve();
  const put = (stream: Stream, { host }: HostTarget, lines: Buffer | null): void => {
    if (lines === null) return;
    written = written.then(() => writeOutput(io[stream], labelLines(host, lines)));
    written.catch((error: unknown) => broken.abort(error));
  };
  return {
    broken: broken.signal,
    onOutput: (target) => {
      const lines = { stdout: openWholeLines(), stderr: openWholeLines() };
      unfinished.set(target, lines);
      return (stream, chunk) => put(stream, target, lines[stream].add(chunk));
    },
    // A host keeps its place in flight until its lines are out: a slow reader slows the run and fills no memory.
    take: async ({ target }) => {
      const lines = unfinished.get(target);
      unfinished.delete(target);
      put("stdout", target, lines?.stdout.rest() ?? null);
      put("stderr", target, lines?.stderr.rest() ?? null);
      await written;
    },
    finish: async () => written,
  };
}

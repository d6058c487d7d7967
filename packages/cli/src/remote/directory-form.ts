import { mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { LocalError, UsageError } from "@inquest/core";
import type { HostTarget } from "@inquest/core";
import type { Io } from "../io.ts";
import { labelLines } from "../render/run-output-lines.ts";
import { answerOf } from "./answer-of.ts";
import type { OutputForm } from "./output-form.ts";
import { endLine } from "./whole-lines.ts";
import { writeOutput } from "./write-output.ts";

/** Ends the name of a file that does not hold all its host said: no host's name has a plus. */
const partial = "+partial";

/** What a host's name may be made of; addresses and `user@name:port` included, a folder never. */
const plainName = /^[A-Za-z0-9_[:][A-Za-z0-9_.:@%[\]-]*$/;

/**
 * One file a host with its stdout, byte for byte, written whole or named `HOST+partial`; none for a host that said
 * nothing we could hear. What an earlier run left under either name goes. stderr goes to ours, labelled.
 */
export async function openDirectoryForm(
  directory: string,
  targets: readonly HostTarget[],
  io: Pick<Io, "stderr">,
): Promise<OutputForm> {
  for (const { host, origin } of targets) if (!plainName.test(host)) throw noFileName(host, origin);
  await mkdir(directory, { recursive: true }).catch(refuse(directory));
  return {
    onOutput: null,
    broken: null,
    take: async (result) => {
      const { host } = result.target;
      const path = join(directory, host);
      const answered = answerOf(result);
      const whole = answered !== null && answered.cutBy === null;
      if (!whole) await rm(path, { force: true }).catch(refuse(path));
      if (answered === null || whole) await rm(path + partial, { force: true }).catch(refuse(path));
      if (answered === null) return;
      await place(directory, whole ? path : path + partial, answered.answer.stdout);
      await writeOutput(io.stderr, labelLines(host, endLine(answered.answer.stderr)));
    },
    finish: async () => {},
  };
}

/** Writes beside and renames: no reader sees half a file, and a link that somebody laid there is not followed. */
async function place(directory: string, path: string, bytes: Buffer): Promise<void> {
  const beside = join(directory, `.${crypto.randomUUID()}.tmp`);
  try {
    const file = await open(beside, "wx").catch(refuse(path));
    try {
      await file.writeFile(bytes).catch(refuse(path));
    } finally {
      await file.close();
    }
    await rename(beside, path).catch(refuse(path));
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

function noFileName(host: string, origin: string): UsageError {
  return new UsageError("bad-file-name", `${origin}: host "${host}" cannot be the name of a file`, {
    hint: "leave it out with -x, or use -o jsonl",
  });
}

function refuse(path: string): (error: unknown) => never {
  return (error) => {
    const why = error instanceof Error ? error.message.replace(/,.*/s, "") : String(error);
    throw new LocalError("file-not-written", `${path}: cannot be written (${why})`, {
      hint: "name another folder with --outdir",
      cause: error,
    });
  };
}

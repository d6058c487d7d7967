import { run } from "../../../packages/cli/src/run.ts";
import type { MemoryWorld } from "../../support/memory-io.ts";
import { memoryIo } from "../../support/memory-io.ts";
import { nowMs } from "./case-history.ts";

/** What a command answered. */
export interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Asks a store by command line, two days after its last kill. */
export async function ask(
  history: { readonly folder: string; readonly db: string },
  argv: readonly string[],
  world: MemoryWorld = {},
): Promise<Answer> {
  const io = memoryIo({ nowMs, cwd: history.folder, ...world });
  const code = await run(["--db", history.db, ...argv], io);
  return { code, out: io.out(), err: io.err() };
}

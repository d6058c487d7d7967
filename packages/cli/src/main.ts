import { processIo } from "./io.ts";
import { run } from "./run.ts";

/** The process around a command: its arguments, its streams and its exit code. */
export async function main(): Promise<void> {
  // Never process.exit(): it would drop what a slow pipe has not taken yet.
  process.exitCode = await run(process.argv.slice(2), processIo());
}

import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Starts a file of test/store/children on a store, from source. */
export function startChild(name: string, storePath: string): ChildProcess {
  const file = fileURLToPath(new URL(`../children/${name}.ts`, import.meta.url));
  return spawn(
    process.execPath,
    ["--conditions=inquest-source", "--disable-warning=ExperimentalWarning", file, storePath],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
}

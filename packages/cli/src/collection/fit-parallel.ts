import { readFile } from "node:fs/promises";
import { LocalError } from "@inquest/core";
import type { FleetOptions } from "@inquest/core";
import type { Io } from "../io.ts";
import { formatCount } from "../render/quantity.ts";

/** Files of our own beside those of the hosts: the store, jump hosts, `ssh -G`, the event loop's. */
const ownFiles = 64;

/** Files a host: one socket, or the pipes of two processes, of three each. */
const filesEach = { ssh2: 1, openssh: 6 } as const;

/** Lowers the hosts in flight to what `ulimit -n` lets us open, and says so. Throws LocalError where that is none. */
export async function fitParallel<T extends Pick<FleetOptions, "parallel" | "transport">>(
  wishes: T,
  io: Io,
): Promise<T> {
  const limit = await openFilesLimit();
  const parallel = parallelWithin(wishes.parallel, limit, filesEach[wishes.transport]);
  if (parallel === wishes.parallel) return wishes;
  await io.narrate(
    `--parallel: ${formatCount(parallel, "host")} in flight, not ${wishes.parallel}: ulimit -n is ${limit}`,
  );
  return { ...wishes, parallel };
}

/** Hosts in flight that so many open files allow; `limit` null: unknown, nothing is changed. */
export function parallelWithin(parallel: number, limit: number | null, each = 1): number {
  const most = limit === null ? parallel : Math.min(parallel, Math.floor((limit - ownFiles) / each));
  if (most >= 1) return most;
  throw new LocalError("too-few-files", `ulimit -n: ${limit} open files are too few to visit a host`, {
    hint: `raise it to ${parallel * each + ownFiles} or more`,
  });
}

/** The soft limit, which Node has raised to the hard one at its start (proc(5), /proc/PID/limits); null: not told here. */
async function openFilesLimit(): Promise<number | null> {
  const limits = await readFile("/proc/self/limits", "utf8").catch(() => "");
  const soft = /^Max open files\s+(\d+)\s/m.exec(limits)?.[1];
  return soft === undefined ? null : Number(soft);
}

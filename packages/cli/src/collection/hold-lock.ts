import { createHash } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { kill, pid } from "node:process";
import { LocalError } from "@inquest/core";
import type { EpochMs } from "@inquest/core";
import { formatUtc } from "../render/wall-time.ts";

/** Who holds a lock, as its file says. */
interface Holder {
  readonly pid: number;
  /** The machine: a store may lie on a shared file system. */
  readonly machine: string;
  /** Start of the process in ticks since boot (/proc/PID/stat, field 22); null where there is no /proc. */
  readonly startTicks: string | null;
  readonly sinceMs: EpochMs;
}

/**
 * Keeps a second collection with the same label off the same store while this one runs: cron does not wait. Returns
 * what gives the lock back. A lock whose process is dead is taken over. Throws LocalError (exit 74).
 */
export async function holdLock(
  storePath: string,
  label: string | null,
  nowMs: EpochMs,
): Promise<() => Promise<void>> {
  const path = lockPath(storePath, label);
  const mine = `${JSON.stringify({
    pid,
    machine: hostname(),
    startTicks: await startTicksOf(pid),
    sinceMs: nowMs,
  } satisfies Holder)}\n`;
  // Only a lock that is whole can be linked: nobody ever reads half of one.
  const draft = `${path}.${pid}`;
  try {
    await writeFile(draft, mine, { mode: 0o600 });
    for (let tries = 0; ; tries += 1) {
      if (await linked(draft, path)) return async () => release(path, mine);
      const text = await readFile(path, "utf8").catch(() => null);
      if (text === null) continue;
      const holder = holderOf(text);
      if (tries >= 3 || (holder !== null && (await lives(holder)))) throw lockedBy(holder, path);
      await removeLock(path, text);
    }
  } catch (error) {
    if (error instanceof LocalError) throw error;
    throw new LocalError("lock", `${path}: the lock of this run cannot be written: ${String(error)}`, {
      cause: error,
    });
  } finally {
    await rm(draft, { force: true });
  }
}

/** A label may be any text: its hash names the file. */
function lockPath(storePath: string, label: string | null): string {
  const part = label === null ? "" : `-${createHash("sha256").update(label).digest("hex").slice(0, 12)}`;
  return `${storePath}-collect${part}.lock`;
}

async function linked(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** Removes a lock that says this, and no other: between reading and removing another run may have taken it over. */
async function removeLock(path: string, text: string): Promise<void> {
  const aside = `${path}.${pid}.old`;
  await rename(path, aside).catch(() => {});
  const moved = await readFile(aside, "utf8").catch(() => text);
  if (moved !== text) await link(aside, path).catch(() => {});
  await rm(aside, { force: true });
}

async function release(path: string, mine: string): Promise<void> {
  const text = await readFile(path, "utf8").catch(() => null);
  if (text === mine) await rm(path, { force: true });
}

function holderOf(text: string): Holder | null {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own file; its fields are looked at below
    const holder = JSON.parse(text) as Holder;
    return Number.isInteger(holder.pid) && Number.isFinite(holder.sinceMs) ? holder : null;
  } catch {
    return null;
  }
}

/** On another machine nobody can tell from here: it counts as alive. */
async function lives(holder: Holder): Promise<boolean> {
  if (holder.machine !== hostname()) return true;
  try {
    kill(holder.pid, 0);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
  }
  // After a reboot or a long time the number is another process's.
  return holder.startTicks === null || (await startTicksOf(holder.pid)) === holder.startTicks;
}

/** proc(5): the name in field 2 may hold blanks and brackets, so fields count from behind the last `)`. */
async function startTicksOf(processId: number): Promise<string | null> {
  const stat = await readFile(`/proc/${processId}/stat`, "utf8").catch(() => null);
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
}

function lockedBy(holder: Holder | null, path: string): LocalError {
  const who =
    holder === null
      ? "another run"
      : `process ${holder.pid} on ${holder.machine}, since ${formatUtc(holder.sinceMs)},`;
  return new LocalError("locked", `${who} is still collecting into this store`, {
    hint: `wait for it, or give this run a --label of its own; if it is gone, remove ${path}`,
  });
}

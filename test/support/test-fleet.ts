import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { FileRootSpec } from "./file-root.ts";
import { buildFileRoot } from "./file-root.ts";
import type { TestFleet } from "./sshd/start-sshd.ts";
import { startSshds } from "./sshd/start-sshd.ts";

/** Sh text of a command that never answers. sshd leaves it behind when its client goes: it ends with its host. */
export const hang = 'while [ -e "$0" ]; do sleep 1; done';

/** One test host: its own files and commands behind a real sshd. */
export interface TestHostSpec extends FileRootSpec {
  /** Runs in place of whatever was asked for, such as `hang`. */
  readonly instead?: string;
  readonly sshdConfig?: readonly string[];
  /** Left out: any free port. */
  readonly port?: number;
}

/** A fleet of real sshds, with a host list and the ssh_config to reach it. */
export interface HostFleet extends TestFleet {
  /** A plain host list that names every host. */
  readonly hostList: string;
}

/**
 * Starts one sshd a host. A ForceCommand puts the host's commands before the machine's and its files before /proc,
 * /dev and /etc by changing the probe's first argument; the script that runs is the one that was sent.
 */
export async function startFleet(hosts: Readonly<Record<string, TestHostSpec>>): Promise<HostFleet> {
  const roots = await Promise.all(
    Object.entries(hosts).map(async ([name, spec]) => {
      const root = buildFileRoot({ ...spec, name });
      const force = join(root.bin, "force-command");
      const asked =
        spec.instead ??
        'eval "set -- $SSH_ORIGINAL_COMMAND"; if [ "$1 $2" = "exec sh" ]; then shift 5; set -- sh -s -- "$root" "$@"; fi; exec "$@"';
      await writeFile(
        force,
        `#!/bin/sh\nroot='${root.root}' PATH='${root.bin}':$PATH\nexport PATH root\n${asked}\n`,
      );
      await chmod(force, 0o755);
      return {
        name,
        root,
        port: spec.port ?? null,
        config: [`ForceCommand ${force}`, ...(spec.sshdConfig ?? [])],
      };
    }),
  );
  const removeRoots = (): void => roots.forEach(({ root }) => root.remove());
  try {
    const fleet = await startSshds(roots.map(({ name, config, port }) => ({ name, config, port })));
    const hostList = join(fleet.folder, "hosts.txt");
    await writeFile(hostList, `${Object.keys(hosts).join("\n")}\n`);
    const stop = async (): Promise<void> => {
      await fleet.stop();
      removeRoots();
    };
    return { ...fleet, hostList, stop };
  } catch (error) {
    removeRoots();
    throw error;
  }
}

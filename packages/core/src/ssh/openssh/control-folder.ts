import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalError } from "../../errors.ts";

/** The folder of a run's control sockets: mode 0700, for whoever opens one is logged in. */
export interface ControlFolder {
  /** A path that no socket of the run had before. */
  readonly newSocket: () => string;
  readonly remove: () => Promise<void>;
}

/** Room for our names and ssh's own ending within the 104 bytes of a socket's path (macOS; Linux has 108). */
const longestFolder = 50;

/** Makes the folder; throws LocalError. Its path becomes part of a ProxyCommand, so a temporary folder of a strange name is not used. */
export async function makeControlFolder(): Promise<ControlFolder> {
  const usual = tmpdir();
  const isFit = usual.length <= longestFolder && /^[\w./-]+$/.test(usual);
  const parent = isFit ? usual : "/tmp";
  const folder = await mkdtemp(join(parent, "inquest-")).catch((cause: unknown) => {
    throw new LocalError("no-control-folder", `${parent}: no folder for ssh's sockets can be made`, {
      cause,
    });
  });
  let made = 0;
  return {
    newSocket: () => {
      made += 1;
      return join(folder, String(made));
    },
    remove: async () => rm(folder, { recursive: true, force: true }),
  };
}

import { userInfo } from "node:os";
import type { FleetOptions } from "@inquest/core";
import type { Io } from "../io.ts";
import type { Progress } from "./progress.ts";

/** What ssh takes from the account and the environment it is started in. `ask` null: nobody is asked anything. */
export function surroundings(
  io: Io,
  ask: Progress["ask"] | null,
): Pick<
  FleetOptions,
  "lookupsAtOnce" | "useSshConfig" | "knownHostsFiles" | "account" | "agentSocket" | "askPassphrase"
> {
  return {
    lookupsAtOnce: lookupThreads(io),
    useSshConfig: true,
    knownHostsFiles: null,
    account: accountOf(io),
    agentSocket: io.env["SSH_AUTH_SOCK"] ?? null,
    askPassphrase:
      ask === null
        ? null
        : (file, attempt) => ask(`${attempt === 1 ? "" : "That did not open it. "}Passphrase for ${file}: `),
  };
}

/** libuv gives half of its pool to what is slow (threadpool.c, slow_work_thread_threshold); 4 threads where nobody says. */
function lookupThreads({ env }: Io): number {
  const threads = Number(env["UV_THREADPOOL_SIZE"] ?? 4);
  return Number.isInteger(threads) && threads > 0 ? Math.floor((Math.min(threads, 1024) + 1) / 2) : 1;
}

/** Who we are. A container may run as a uid that has no account: then the environment has to tell. */
function accountOf({ env }: Io): FleetOptions["account"] {
  try {
    const { username, homedir } = userInfo();
    return { user: username, home: env["HOME"] ?? homedir };
  } catch {
    return { user: env["USER"] ?? env["LOGNAME"] ?? "nobody", home: env["HOME"] ?? "/" };
  }
}

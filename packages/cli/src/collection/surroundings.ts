import { userInfo } from "node:os";
import type { FleetOptions } from "@inquest/core";
import type { Io } from "../io.ts";
import type { Progress } from "./progress.ts";

/** What ssh takes from the account and the environment it is started in. `ask` null: nobody is asked anything. */
export function surroundings(
  io: Io,
  ask: Progress["ask"] | null,
): Pick<FleetOptions, "useSshConfig" | "knownHostsFiles" | "account" | "agentSocket" | "askPassphrase"> {
  return {
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

/** Who we are. A container may run as a uid that has no account: then the environment has to tell. */
function accountOf({ env }: Io): FleetOptions["account"] {
  try {
    const { username, homedir } = userInfo();
    return { user: username, home: env["HOME"] ?? homedir };
  } catch {
    return { user: env["USER"] ?? env["LOGNAME"] ?? "nobody", home: env["HOME"] ?? "/" };
  }
}

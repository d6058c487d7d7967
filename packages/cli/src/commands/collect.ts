import { userInfo } from "node:os";
import { resolve } from "node:path";
import { probeRequest, probeScript, selectHosts } from "@inquest/core";
import type { FleetOptions } from "@inquest/core";
import { openStore } from "@inquest/store";
import { collectIntoStore } from "../collection/collect-into-store.ts";
import { exitCodeOf } from "../collection/exit-code-of.ts";
import type { Progress } from "../collection/progress.ts";
import { openProgress } from "../collection/progress.ts";
import { targetsToRetry } from "../collection/targets-to-retry.ts";
import type { Command, ParsedArgs } from "../command.ts";
import { exitCode } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { collectionOptions, fleetWishesOf, probeWishesOf } from "../options/collection.ts";
import { flagOf, textOf, wholeNumberOf } from "../options/option-values.ts";
import { namesHosts, readSelection, selectionOptions } from "../options/selection.ts";
import { toCollectJson } from "../render/collect-json.ts";
import { formatCollectSummary } from "../render/collect-summary.ts";
import { formatDryRun } from "../render/dry-run.ts";
import { storePathOf } from "../store-path.ts";

/** `inquest collect`: reads every selected host and stores what is new. */
export const collect: Command = {
  positionals: [{ name: "nodes", describe: "hosts: web[01-12],db1,-web03" }],
  options: {
    ...selectionOptions,
    "retry-failed": {
      type: "string",
      describe: "the hosts that the last run could not read (--retry-failed=N: run N), with no list",
      group: "Hosts:",
    },
    ...collectionOptions,
    label: {
      type: "string",
      nargs: 1,
      requiresArg: true,
      describe: "a word for the run, shown by inquest runs",
    },
    "dry-run": {
      type: "boolean",
      alias: "n",
      describe: "print hosts, limits and the remote script; connect to nothing",
    },
    output: {
      type: "string",
      alias: "o",
      nargs: 1,
      requiresArg: true,
      choices: ["text", "json"],
      default: "text",
      describe: "json: the run as JSON on stdout",
    },
  },
  examples: [
    ["inquest collect -f hosts.txt", "one host a line"],
    ["inquest collect -A -b -p 5 -f temaihost", "as typed by somebody coming from pgm"],
    ["inquest collect -w web[01-12] -l admin", "hosts without a list"],
    ["nodeattr -n app | inquest collect -f -", "any command is a host list"],
    ["inquest collect --retry-failed", "once more, only what failed"],
  ],
  epilogue:
    "One connection and one read-only command a host. Exit: 0 every host read, 3 timed out, 4 unreachable,\n" +
    "5 not understood, 74 failed on our side, 130 interrupted; what was read until then is stored.",
  run: async (args, io) => {
    const wishes = fleetWishesOf(args, (file) => resolve(io.cwd, file));
    const probe = probeWishesOf(args);
    const retries = args["retry-failed"] !== undefined;
    const selected = retries && !namesHosts(args) ? null : selectHosts(await readSelection(args, io));
    if (flagOf(args, "dry-run") && selected !== null) {
      const { command } = probeRequest({ ...probe, nonce: "NONCE0NONCE0NONCE0" });
      await io.stdout.write(formatDryRun(selected, wishes, { command, script: probeScript }));
      return exitCode.ok;
    }
    const isBatch = flagOf(args, "batch");
    const password = flagOf(args, "ask-password") ? await askPassword(io, isBatch) : null;
    const store = await openStore(storePathOf(args, io));
    try {
      const targets = selected ?? (await targetsToRetry(store, runToRetry(args)));
      const signal = io.interruption();
      const progress = await openProgress(io, targets.length, isBatch || flagOf(args, "quiet"));
      const fleet = {
        ...wishes,
        ...surroundings(io, isBatch ? null : (question) => progress.ask(question)),
        password,
        signal,
      };
      const collected = await collectIntoStore(
        store,
        { targets, label: textOf(args, "label"), probe, fleet },
        progress,
      );
      if (textOf(args, "output") === "json")
        await io.stdout.write(`${JSON.stringify(toCollectJson(collected), null, 2)}\n`);
      for (const line of formatCollectSummary(collected, selected?.length ?? targets.length))
        await io.narrate(line);
      if (!signal.aborted) return exitCodeOf(collected.failed.map(({ state }) => state));
      await io.narrate("interrupted: what was read is stored; go on with inquest collect --retry-failed");
      return signal.reason === "SIGTERM" ? exitCode.terminated : exitCode.interrupted;
    } finally {
      await store.close();
    }
  },
};

/** The value of --retry-failed, or null for the last run. */
function runToRetry(args: ParsedArgs): number | null {
  return args["retry-failed"] === "" ? null : wholeNumberOf(args, "retry-failed", { least: 1, most: 1e9 });
}

/** What ssh takes from the account and the environment it is started in. `ask` null: nobody is asked anything. */
function surroundings(
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

/** pgm's users type -A -b: then nobody is asked, and keys and agent go on. */
async function askPassword(io: Io, isBatch: boolean): Promise<string | null> {
  if (isBatch) {
    await io.narrate("-b wins over -A: no password is asked for; keys and agent are used");
    return null;
  }
  const password = await io.promptSecret("Password for the hosts: ");
  if (password === null) await io.narrate("no terminal to ask for a password on; keys and agent are used");
  return password;
}

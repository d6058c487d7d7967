import { resolve } from "node:path";
import { setFlagsFromString } from "node:v8";
import {
  clearRequest,
  clearScript,
  InquestError,
  probeRequest,
  probeScript,
  selectHosts,
} from "@inquest/core";
import type { HostTarget, LogCursor, StoredLog } from "@inquest/core";
import { openStore } from "@inquest/store";
import type { Store } from "@inquest/store";
import { askPassword } from "../collection/ask-password.ts";
import { checkTransport } from "../collection/check-transport.ts";
import { clearStored, storedLogOf } from "../collection/clear-stored.ts";
import { collectIntoStore } from "../collection/collect-into-store.ts";
import { exitCodeOf } from "../collection/exit-code-of.ts";
import { fitParallel } from "../collection/fit-parallel.ts";
import { holdLock } from "../collection/hold-lock.ts";
import { peekCursors } from "../collection/load-cursors.ts";
import { inRounds, interruptedCode } from "../collection/in-rounds.ts";
import { openProgress } from "../collection/progress.ts";
import { openRawFolder } from "../collection/save-raw.ts";
import { staleTargets } from "../collection/stale-targets.ts";
import { surroundings } from "../collection/surroundings.ts";
import { targetsToRetry } from "../collection/targets-to-retry.ts";
import { writeMetrics } from "../collection/write-metrics.ts";
import type { Command, ParsedArgs } from "../command.ts";
import { exitCode } from "../exit-code.ts";
import type { Io } from "../io.ts";
import {
  collectionOptions,
  everyMsOf,
  fleetWishesOf,
  probeSilenceMs,
  probeWishesOf,
  staleSecondsOf,
} from "../options/collection.ts";
import { flagOf, textOf, textsOf, wholeNumberOf } from "../options/option-values.ts";
import { namesHosts, readSelection, selectionOptions } from "../options/selection.ts";
import { toCollectJson } from "../render/collect-json.ts";
import { formatError } from "../render/error.ts";
import { formatCollectTotals, formatShortfalls } from "../render/collect-summary.ts";
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
    stale: {
      type: "string",
      nargs: 1,
      requiresArg: true,
      describe:
        "only hosts whose last good collection is older, such as 24h; with no list, of all hosts known",
      group: "Hosts:",
    },
    ...collectionOptions,
    "dry-run": {
      type: "boolean",
      alias: "n",
      describe: "print hosts, limits and the remote script; connect to nothing",
    },
    every: {
      type: "string",
      nargs: 1,
      requiresArg: true,
      describe: "stay, and collect again at this distance, such as 30min, until a signal",
    },
    prometheus: {
      type: "string",
      nargs: 1,
      requiresArg: true,
      describe: "write a text file for node_exporter at the end: last success, hosts by state, kills",
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
    ["inquest collect -f hosts.txt --stale 24h", "only hosts not read for a day"],
    ["inquest collect -f hosts.txt --watch nginx", "says where nginx is missing"],
    ["inquest collect -f hosts.txt --every 30min", "stays and repeats, until a signal ends it"],
    ["inquest collect -f hosts.txt --prometheus inquest.prom", "and metrics of it for node_exporter"],
    ["inquest collect -J bastion -f hosts.txt", "over one shared connection to a jump host"],
  ],
  epilogue:
    "One connection and one command a host, read-only but for the line of --mark; --clear runs dmesg -C\n" +
    "over a second one, once the lines are stored. What ps showed for a day and shows no more, with no kill, restart or\n" +
    "reboot to explain it, is an incident of kind vanished; --watch tells of younger ones, at their first absence. Exit: 0 every host read, 3 timed out, 4 unreachable,\n" +
    "5 not understood, 74 failed on our side or the same label is being collected, 130 interrupted; what was read\n" +
    "until then is stored.",
  run: async (args, world) => {
    // Answers do not outlive their host: an old generation that may grow by more than a fifth before it is looked through
    // only holds memory (30 MB at 64 hosts). What reads much of the store at once would pay for it with a fifth of its time.
    setFlagsFromString("--heap-growing-percent=20");
    const io = withKeptStdin(world);
    const asked = fleetWishesOf(args, (file) => resolve(io.cwd, file), probeSilenceMs);
    const probe = probeWishesOf(args);
    const staleS = staleSecondsOf(args);
    const retries = args["retry-failed"] !== undefined;
    const fromStore = (retries || staleS !== null) && !namesHosts(args);
    const everyMs = everyMsOf(args);
    let named: readonly HostTarget[] | null = fromStore ? null : selectHosts(await readSelection(args, io));
    const select = async (store: Store): Promise<readonly HostTarget[]> => {
      const among = named ?? (retries ? await targetsToRetry(store, runToRetry(args)) : null);
      return staleS === null && among !== null
        ? among
        : staleTargets(store, among, { olderThanS: staleS ?? 0, nowMs: io.now() });
    };
    const path = storePathOf(args, io);
    const wishes = await fitParallel(asked, io);
    const clears = flagOf(args, "clear");
    if (flagOf(args, "dry-run")) {
      const targets = staleS === null && named !== null ? named : await withStore(path, select);
      const cursors = flagOf(args, "full") ? new Map<string, LogCursor>() : await peekCursors(path, targets);
      const commandOf = (host: string | null): string => {
        const cursor = host === null ? null : (cursors.get(host) ?? null);
        const marked = probe.mark === true ? { markWord: "MARK0MARK0MARK00" } : {};
        return probeRequest({ ...probe, ...marked, nonce: "NONCE0NONCE0NONCE0", cursor }).command;
      };
      const clear = clears ? { command: clearRequest(null, probe.sudo).command, script: clearScript } : null;
      const plan = { commandOf, script: probeScript, clear, width: io.stdout.columns };
      await io.stdout.write(formatDryRun(targets, wishes, plan));
      return exitCode.ok;
    }
    const isBatch = flagOf(args, "batch");
    await checkTransport(wishes, args);
    const password = await askPassword(args, io);
    const store = await openStore(path);
    let unlock: (() => Promise<void>) | null = null;
    try {
      unlock = await holdLock(path, textOf(args, "label"), io.now());
      const signal = io.interruption();
      const round = async (nth: number): Promise<number> => {
        if (nth > 0 && named !== null) named = await selectAgain(args, io, named);
        const targets = await select(store);
        const metrics = textOf(args, "prometheus");
        const refreshMetrics = async (): Promise<void> => {
          if (metrics !== null) await writeMetrics(store, named, resolve(io.cwd, metrics), io);
        };
        if (targets.length === 0) {
          await io.narrate(`no host's last good collection is older than ${textOf(args, "stale")}`);
          await refreshMetrics();
          return exitCode.ok;
        }
        const rawFolder = textOf(args, "save-raw");
        const keep = rawFolder === null ? null : await openRawFolder(resolve(io.cwd, rawFolder), targets);
        const progress = await openProgress(io, targets.length, isBatch || flagOf(args, "quiet"));
        const fleet = {
          ...wishes,
          ...surroundings(io, isBatch ? null : (question) => progress.ask(question)),
          password,
          signal,
        };
        const stored: StoredLog[] = [];
        const collected = await collectIntoStore(
          store,
          {
            targets,
            label: textOf(args, "label"),
            watch: textsOf(args, "watch"),
            full: flagOf(args, "full"),
            probe,
            keep,
            onStored: (target, visit) => {
              const log = storedLogOf(target, visit);
              if (log !== null) stored.push(log);
            },
            fleet,
          },
          progress,
        );
        if (clears && !signal.aborted) await clearStored(stored, probe.sudo, fleet, io);
        if (textOf(args, "output") === "json")
          await io.stdout.write(`${JSON.stringify(toCollectJson(collected), null, 2)}\n`);
        for (const line of formatShortfalls(collected)) await io.warn(line);
        for (const line of formatCollectTotals(collected, targets.length)) await io.narrate(line);
        await refreshMetrics();
        if (!signal.aborted) return exitCodeOf(collected.failed.map(({ state }) => state));
        await io.narrate("interrupted: what was read is stored; go on with inquest collect --retry-failed");
        return interruptedCode(signal);
      };
      const say = (line: string): Promise<void> => io.narrate(line);
      const complain = (error: InquestError): Promise<void> => io.stderr.write(formatError(error));
      return await inRounds({ everyMs, signal, random: Math.random, say, complain }, round);
    } finally {
      await unlock?.();
      await store.close();
    }
  },
};

/** What came from stdin comes once: later rounds read it from here, and files anew. */
function withKeptStdin(io: Io): Io {
  let kept: Promise<Uint8Array> | null = null;
  return { ...io, readStdin: () => (kept ??= io.readStdin()) };
}

/** The hosts of a later round: lists may have changed. One that cannot be read any more keeps the hosts that it had. */
async function selectAgain(
  args: ParsedArgs,
  io: Io,
  before: readonly HostTarget[],
): Promise<readonly HostTarget[]> {
  try {
    return selectHosts(await readSelection(args, io));
  } catch (error) {
    if (!(error instanceof InquestError)) throw error;
    await io.warn(`${error.message}: the hosts of the round before are visited`);
    return before;
  }
}

/** A dry run looks into the store and leaves it as it is. */
async function withStore<T>(path: string, look: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(path, { readOnly: true });
  try {
    return await look(store);
  } finally {
    await store.close();
  }
}

/** The value of --retry-failed, or null for the last run. */
function runToRetry(args: ParsedArgs): number | null {
  return args["retry-failed"] === "" ? null : wholeNumberOf(args, "retry-failed", { least: 1, most: 1e9 });
}

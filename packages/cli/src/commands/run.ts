import { resolve } from "node:path";
import { selectHosts, UsageError } from "@inquest/core";
import type { HostTarget } from "@inquest/core";
import { askPassword } from "../collection/ask-password.ts";
import { checkTransport } from "../collection/check-transport.ts";
import { exitCodeOf } from "../collection/exit-code-of.ts";
import { fitParallel } from "../collection/fit-parallel.ts";
import { openProgress } from "../collection/progress.ts";
import { surroundings } from "../collection/surroundings.ts";
import type { Command, ParsedArgs } from "../command.ts";
import { exitCode } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { fleetOptions, fleetWishesOf } from "../options/collection.ts";
import { flagOf, textOf } from "../options/option-values.ts";
import { readSelection, selectionOptions } from "../options/selection.ts";
import { openDirectoryForm } from "../remote/directory-form.ts";
import { openGatherForm } from "../remote/gather-form.ts";
import { openJsonlForm } from "../remote/jsonl-form.ts";
import type { OutputForm } from "../remote/output-form.ts";
import { runOnHosts } from "../remote/run-on-hosts.ts";
import { openStreamForm } from "../remote/stream-form.ts";
import { wordsOfRun } from "../remote/words-of-run.ts";
import { formatRunPlan } from "../render/dry-run.ts";
import { formatRunSummary } from "../render/run-summary.ts";

const group = "Output:";

/** `inquest run`: a command of the user's on every selected host. Nothing is stored. */
export const runRemote: Command = {
  positionals: [{ name: "command", describe: "the command, given to the login shell as it is" }],
  options: {
    ...selectionOptions,
    ...fleetOptions,
    "dry-run": {
      type: "boolean",
      alias: "n",
      describe: "print hosts, limits and the command; connect to nothing",
    },
    gather: { type: "boolean", describe: "equal output once, under the names of its hosts", group },
    outdir: {
      type: "string",
      nargs: 1,
      requiresArg: true,
      describe: "one file a host with its stdout; HOST+partial where it is not whole",
      group,
    },
    output: {
      type: "string",
      alias: "o",
      nargs: 1,
      requiresArg: true,
      choices: ["text", "jsonl"],
      default: "text",
      describe: "jsonl: one JSON object a host",
      group,
    },
    "remote-status": {
      type: "boolean",
      alias: "S",
      describe: "exit with the largest status of a remote command, once all hosts were reached",
      group,
    },
  },
  examples: [
    ["inquest run -f hosts.txt -- 'ps -ef | grep 52539'", "every line with its host"],
    ["inquest run -A -b -p 5 -f temaihost 'dmesg|grep -i kill'", "as typed in pgm"],
    ["inquest run -w web[01-12] --gather uname -r", "who runs what"],
    ["inquest run web[01-12] -- uptime", "hosts before --, the command behind"],
  ],
  epilogue:
    "Options end at the first word of the command. It runs as it is written, with an empty standard input.\n" +
    "Exit: 0 all hosts reached, whatever they answered (but -S), 3 timed out, 4 unreachable, 5 output cut off,\n" +
    "74 failed on our side, 130 interrupted. A command that times out may go on running on its host.",
  run: async (args, io) => {
    const { nodes, command } = wordsOfRun(args);
    const wishes = await fitParallel(
      fleetWishesOf(args, (file) => resolve(io.cwd, file), null),
      io,
    );
    const form = formOf(args);
    const targets = selectHosts(await readSelection({ ...args, nodes, _: ["run"] }, io));
    if (flagOf(args, "dry-run")) {
      await io.stdout.write(formatRunPlan(targets, wishes, { command, width: io.stdout.columns }));
      return exitCode.ok;
    }
    const isBatch = flagOf(args, "batch");
    await checkTransport(wishes, args);
    const password = await askPassword(args, io);
    const output = await openForm(form, args, targets, io);
    const signal = io.interruption();
    // A moving line and lines that come while it moves would tear each other apart.
    const isStill = form !== "gather" || isBatch || flagOf(args, "quiet");
    const progress = await openProgress(io, targets.length, isStill);
    const notices: Promise<void>[] = [];
    const options = {
      ...wishes,
      ...surroundings(io, isBatch ? null : (question) => progress.ask(question)),
      password,
      signal,
      notice: (text: string) => void notices.push(progress.say(text)),
      onStart: (target: HostTarget) => progress.onStart(target),
      onEnd: (target: HostTarget) => progress.onEnd(target),
    };
    try {
      const ran = await runOnHosts(targets, command, options, output);
      progress.stop();
      await output.finish();
      await Promise.all(notices);
      const { exits, failures, totals } = formatRunSummary(ran, targets.length);
      for (const line of exits) await io.narrate(line);
      for (const line of failures) await io.warn(line);
      await io.narrate(totals);
      if (signal.aborted) return signal.reason === "SIGTERM" ? exitCode.terminated : exitCode.interrupted;
      if (ran.failed.length > 0) return exitCodeOf(ran.failed.map(({ state }) => state));
      return flagOf(args, "remote-status") ? ran.largestCode : exitCode.ok;
    } finally {
      progress.stop();
    }
  },
};

type Form = "stream" | "gather" | "outdir" | "jsonl";

/** The one form that is asked for. Throws UsageError where there are two. */
function formOf(args: ParsedArgs): Form {
  const asked: Form[] = [];
  if (flagOf(args, "gather")) asked.push("gather");
  if (textOf(args, "outdir") !== null) asked.push("outdir");
  if (textOf(args, "output") === "jsonl") asked.push("jsonl");
  const [first, second] = asked;
  if (second === undefined) return first ?? "stream";
  throw new UsageError("two-forms", "of --gather, --outdir and -o jsonl only one can be had at a time");
}

async function openForm(
  form: Form,
  args: ParsedArgs,
  targets: readonly HostTarget[],
  io: Io,
): Promise<OutputForm> {
  if (form === "gather") return openGatherForm(io);
  if (form === "jsonl") return openJsonlForm(io);
  if (form === "stream") return openStreamForm(io);
  return openDirectoryForm(resolve(io.cwd, textOf(args, "outdir") ?? ""), targets, io);
}

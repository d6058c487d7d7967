import { resolve } from "node:path";
import { checkFleet, selectHosts } from "@inquest/core";
import type { CheckedHost } from "@inquest/core";
import { askPassword } from "../collection/ask-password.ts";
import { checkTransport } from "../collection/check-transport.ts";
import { exitCodeOf } from "../collection/exit-code-of.ts";
import { fitParallel } from "../collection/fit-parallel.ts";
import { openProgress } from "../collection/progress.ts";
import { surroundings } from "../collection/surroundings.ts";
import type { Command } from "../command.ts";
import { exitCode } from "../exit-code.ts";
import {
  fleetOptions,
  fleetWishesOf,
  probeSilenceMs,
  probeWishesOf,
  sudoOptions,
} from "../options/collection.ts";
import { flagOf, textOf } from "../options/option-values.ts";
import { readSelection, selectionOptions } from "../options/selection.ts";
import { toCheckJson } from "../render/check-json.ts";
import { formatCheckedHost, formatCheckTotals } from "../render/check-report.ts";
import { toJson } from "../render/json.ts";
import { wrapped } from "../render/wrapped.ts";

/** `inquest check`: would a collection read these hosts? Stores nothing. */
export const check: Command = {
  positionals: [{ name: "nodes", describe: "hosts: web[01-12],db1,-web03" }],
  options: {
    ...selectionOptions,
    ...fleetOptions,
    ...sudoOptions,
    output: {
      type: "string",
      alias: "o",
      nargs: 1,
      requiresArg: true,
      choices: ["text", "json"],
      default: "text",
      describe: "json: every check of every host",
    },
  },
  examples: [
    ["inquest check -f hosts.txt", "before the first collection"],
    ["inquest check -w web[01-12] -o json", "every check, with what to do"],
  ],
  epilogue:
    "One connection a host: name, port, host key, login, shell, kernel log, sudo where it is needed, ps.\n" +
    "Exit: 0 all is well, 3 timed out, 4 unreachable or not let in, 5 not readable, 74 failed on our side.",
  run: async (args, io) => {
    const wishes = await fitParallel(
      fleetWishesOf(args, (file) => resolve(io.cwd, file), probeSilenceMs),
      io,
    );
    const targets = selectHosts(await readSelection(args, io));
    const isBatch = flagOf(args, "batch");
    await checkTransport(wishes, args);
    const password = await askPassword(args, io);
    const signal = io.interruption();
    const progress = await openProgress(io, targets.length, isBatch || flagOf(args, "quiet"));
    const notices: Promise<void>[] = [];
    const checked = new Map<string, CheckedHost>();
    try {
      const hosts = checkFleet(targets, probeWishesOf(args), {
        ...wishes,
        ...surroundings(io, isBatch ? null : (question) => progress.ask(question)),
        password,
        signal,
        notice: (text) => void notices.push(progress.say(text)),
        onStart: (target) => progress.onStart(target),
        onEnd: (target) => progress.onEnd(target),
      });
      for await (const host of hosts) checked.set(host.target.host, host);
    } finally {
      progress.stop();
    }
    await Promise.all(notices);
    const inOrder = targets.flatMap(({ host }) => checked.get(host) ?? []);
    const text =
      textOf(args, "output") === "json"
        ? `${toJson(toCheckJson(inOrder), "tree")}\n`
        : wrapped(
            inOrder.flatMap((host) => formatCheckedHost(host).map((line) => `${line}\n`)).join(""),
            io.stdout.columns,
          );
    await io.stdout.write(text);
    await io.narrate(formatCheckTotals(inOrder));
    if (signal.aborted) return signal.reason === "SIGTERM" ? exitCode.terminated : exitCode.interrupted;
    return exitCodeOf(inOrder.flatMap(statesOf));
  },
};

/** As a collection of this host would fail; one that has no ps is read, and yet not as it should be. */
function statesOf({ state, checks }: CheckedHost): Parameters<typeof exitCodeOf>[0] {
  if (state !== null) return [state];
  return checks.some(({ ok }) => ok === false) ? ["command-failed"] : [];
}

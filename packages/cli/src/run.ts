import { InquestError } from "@inquest/core";
import { ClosedPipe } from "./closed-pipe.ts";
import { completionsFor } from "./completions-for.ts";
import { loadConfig } from "./config/load-config.ts";
import { exitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { flagOf } from "./options/option-values.ts";
import type { ParsedArgs } from "./command.ts";
import { paged } from "./paged.ts";
import { parseCommandLine } from "./parse-command-line.ts";
import { formatError } from "./render/error.ts";
import { sanitize } from "./render/sanitize.ts";
import { wrapped } from "./render/wrapped.ts";
import { version } from "./version.ts";

/** Runs one command line and tells its exit code. Never throws, never ends the process. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await runCommand(argv, io);
  } catch (error) {
    if (error instanceof ClosedPipe) return exitCode.ok;
    if (error instanceof InquestError) {
      await io.stderr.write(wrapped(formatError(error), io.stderr.columns));
      return error.exitCode;
    }
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    await io.stderr.write(
      `inquest ${version()} has a bug:\n${trace.split("\n").map(sanitize).join("\n")}\nhint: report it with these lines and the command\n`,
    );
    return exitCode.bug;
  }
}

async function runCommand(argv: readonly string[], io: Io): Promise<number> {
  if (argv[0] === "--get-completions") {
    const words = await completionsFor(argv.slice(1), io);
    await io.stdout.write(words.map((word) => `${word}\n`).join(""));
    return exitCode.ok;
  }
  const line = await parseCommandLine(argv, io.stdout.columns ?? 80, (named) => loadConfig(named, io));
  if (line.asks === "command") {
    const { command, args, isPaged } = line;
    const work = (world: Io): Promise<number> => command.run(args, withGlobals(world, args), runUnconfigured);
    return isPaged && !flagOf(args, "no-pager") ? paged(io, work) : work(io);
  }
  if (line.asks === "nothing") {
    await io.stderr.write(line.help);
    return exitCode.usage;
  }
  await io.stdout.write(line.asks === "help" ? line.text : `inquest ${version()}\n`);
  return exitCode.ok;
}

/** A command line that a command writes says all it means. */
function runUnconfigured(argv: readonly string[], io: Io): Promise<number> {
  return run(["--config", "none", ...argv], io);
}

/** The world as --quiet, --no-color and --no-input want it seen. */
function withGlobals(io: Io, args: ParsedArgs): Io {
  const color = !flagOf(args, "no-color");
  const fitted = (line: string): string => wrapped(line, io.stderr.columns);
  return {
    ...io,
    stdout: { ...io.stdout, color: io.stdout.color && color },
    stderr: { ...io.stderr, color: io.stderr.color && color },
    narrate: flagOf(args, "quiet") ? async () => {} : (line) => io.narrate(fitted(line)),
    warn: (line) => io.warn(fitted(line)),
    promptSecret: flagOf(args, "no-input") ? async () => null : io.promptSecret,
  };
}

import type { Options } from "yargs";
import type { Io } from "./io.ts";

/** What yargs read from the command line, by the long name of the option or positional. */
export type ParsedArgs = Readonly<Record<string, unknown>>;

/** Options by their long name, as yargs takes them. */
export type OptionTable = Readonly<Record<string, Options>>;

/** One word after the command's name. */
interface Positional {
  readonly name: string;
  readonly describe: string;
  readonly choices?: readonly string[];
}

/** Runs one command line and tells its exit code. */
export type RunLine = (argv: readonly string[], io: Io) => Promise<number>;

/** One command: what `commands/<name>.ts` exports. Its name and summary are in the command table. */
export interface Command {
  /** In the order of the usage line. */
  readonly positionals: readonly Positional[];
  readonly options: OptionTable;
  /** Lines somebody could type, each with what it does. */
  readonly examples: readonly (readonly [line: string, does: string])[];
  /** Closing words of the help, or null. */
  readonly epilogue: string | null;
  /** Does the work; the promise is the exit code. `runLine` runs another command line, as if it had been typed. */
  run(args: ParsedArgs, io: Io, runLine: RunLine): Promise<number>;
}

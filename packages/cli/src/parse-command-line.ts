import { UsageError } from "@inquest/core";
import yargs from "yargs";
import type { Argv } from "yargs";
import type { Command, ParsedArgs } from "./command.ts";
import { commandTable } from "./command-table.ts";
import type { CommandRow } from "./command-table.ts";
import { namedConfig } from "./config/load-config.ts";
import { nearestName } from "./config/nearest-name.ts";
import type { Config } from "./config/setting.ts";
import { settingsBeside, withConfiguredHosts, withSettings } from "./config/with-settings.ts";
import { endOptionsAtWord, firstWordAt } from "./end-options-at-word.ts";
import { globalOptions } from "./options/global.ts";
import { loneDash } from "./options/option-values.ts";

/** What a command line asks for: a text to print (help), a command, or nothing that anybody could do. */
export type CommandLine =
  | { readonly asks: "help"; readonly text: string }
  | { readonly asks: "version" }
  | { readonly asks: "nothing"; readonly help: string }
  | {
      readonly asks: "command";
      readonly command: Command;
      readonly args: ParsedArgs;
      readonly isPaged: boolean;
    };

/** Reads a command line. Only the command that is named is loaded. Throws UsageError. */
export async function parseCommandLine(
  typed: readonly string[],
  columns: number,
  loadSettings: (named: string | null) => Promise<Config>,
): Promise<CommandLine> {
  const words = await withForeignWordsApart(typed);
  // yargs 18 drops a lone "-" among positionals: it travels under another name, which textsOf takes off again.
  const end = words.indexOf("--");
  const argv = words.map((word, at) => (word === "-" && (end === -1 || at < end) ? loneDash : word));
  const config = needsNoConfig(argv) ? noConfig : settingsBeside(argv, await loadSettings(namedConfig(argv)));
  let chosen: { readonly command: Command; readonly row: CommandRow } | null = null;
  let help = "";
  const parser = commandTable.reduce(
    (so_far, row) => addCommand(so_far, row, config, (command) => (chosen = { command, row })),
    bareParser(argv, columns, config),
  );
  let args: ParsedArgs;
  try {
    args = await parser.parseAsync([...argv], {}, (_error: unknown, _args: unknown, output: string) => {
      help += output;
    });
  } catch (error) {
    if (error instanceof UsageError || !(error instanceof Error) || error.name !== "YError") throw error;
    throw toUsageError(error.message, argv);
  }
  if (help !== "") return { asks: "help", text: `${help.replaceAll(" [default: []]", "")}\n` };
  if (args["version"] === true) return { asks: "version" };
  if (chosen === null) return { asks: "nothing", help: firstSteps };
  // The type checker does not see that the parser has set it.
  const { command, row }: { command: Command; row: CommandRow } = chosen;
  const isPaged = row.isPaged === true;
  return { asks: "command", command, args: withConfiguredHosts(row.name, args, config), isPaged };
}

/** What `inquest` alone says: the five lines that matter to somebody new. */
const firstSteps = `usage: inquest COMMAND [options]

inquest finds out what killed a process, on one host or on hundreds.

  inquest demo                    the whole way on a fleet of its own, in seconds
  inquest collect -f hosts.txt    reads every host by SSH, stores what is new
  inquest incidents               what died, where and when
  inquest why HOST [PROCESS]      what killed it, and who held the memory
  inquest recurring               what comes back, and at what time

inquest --help lists all commands, inquest COMMAND --help tells more.
`;

const noConfig: Config = new Map();

/** A configuration that is not understood must not stand before the help; the demo is a world of its own. */
function needsNoConfig(argv: readonly string[]): boolean {
  const at = firstWordAt(argv, 0, globalOptions);
  const first = at === null ? null : argv[at];
  return (
    argv.some((word) => word === "--help" || word === "-h" || word === "--version") ||
    first === "completion" ||
    first === "demo"
  );
}

/** yargs would take the options of a command for another machine (`run -w web1 ls -l`) for ours. */
async function withForeignWordsApart(argv: readonly string[]): Promise<readonly string[]> {
  const at = firstWordAt(argv, 0, globalOptions);
  const row = commandTable.find(({ name }) => at !== null && name === argv[at]);
  if (at === null || row?.endsOptionsAtWord !== true) return argv;
  const { options } = await row.load();
  return endOptionsAtWord(argv, at + 1, { ...globalOptions, ...options });
}

function bareParser(argv: readonly string[], columns: number, config: Config): Argv {
  return yargs()
    .scriptName("inquest")
    .usage("usage: $0 COMMAND [options]")
    .locale("en") // yargs would speak the language of the environment, and scripts would see it
    .wrap(Math.min(columns, 110))
    .exitProcess(false)
    .showHelpOnFail(false)
    .version(false)
    .help("help", "show help")
    .alias("help", "h")
    .group("help", "Global options:")
    .options(withSettings(globalOptions, config))
    .parserConfiguration({
      "boolean-negation": false,
      "camel-case-expansion": false,
      "dot-notation": false,
      "parse-numbers": false,
      "parse-positional-numbers": false,
    })
    .strict()
    .epilogue("inquest COMMAND --help tells more, with examples.")
    .fail((message, error) => {
      throw error ?? toUsageError(message, argv);
    });
}

function addCommand(parser: Argv, row: CommandRow, config: Config, choose: (command: Command) => void): Argv {
  let loaded: Command | null = null;
  return parser.command({
    command: row.usage,
    aliases: row.alias === null ? [] : [row.alias],
    describe: row.summary,
    builder: async (inner: Argv) => {
      loaded = await row.load();
      return addOptions(inner, row, loaded, config);
    },
    handler: () => {
      if (loaded !== null) choose(loaded);
    },
  });
}

function addOptions(parser: Argv, row: CommandRow, command: Command, config: Config): Argv {
  for (const { name, describe, choices } of command.positionals)
    parser.positional(name, { type: "string", describe, ...(choices === undefined ? {} : { choices }) });
  for (const [line, does] of command.examples) parser.example(line, does);
  return (
    parser
      .usage(`usage: $0 ${row.usage} [options]\n\n${row.summary}`)
      // config show tells itself what was typed and what was configured.
      .options(row.name === "config" ? command.options : withSettings(command.options, config))
      .epilogue(command.epilogue?.replaceAll("\n", " ") ?? "")
  );
}

/** yargs' complaints in the words of this project. */
const complaints: readonly (readonly [pattern: RegExp, message: string, hint: string])[] = [
  [
    /^Not enough arguments following: (\S+)/,
    "option --$1 has no value",
    "a value that starts with - is joined by =: --$1=-x",
  ],
  [/^Unknown arguments?: (.+)$/, 'unknown option or word "$1"', "--help lists what there is"],
  [/^Not enough non-option arguments/, "a word is missing after the command", "--help shows the usage"],
];

function toUsageError(complaint: string, argv: readonly string[]): UsageError {
  const word = argv[firstWordAt(argv, 0, globalOptions) ?? argv.length] ?? "";
  const names = commandTable.flatMap(({ name, alias }) => (alias === null ? [name] : [name, alias]));
  if (word !== "" && !names.includes(word)) {
    const near = nearestName(word, names);
    return new UsageError("usage", `unknown command "${word}"`, {
      hint: near === null ? "inquest --help lists the commands" : `did you mean ${near}?`,
    });
  }
  for (const [pattern, message, hint] of complaints) {
    const found = pattern.exec(complaint);
    if (found === null) continue;
    const fill = (text: string): string =>
      text.replaceAll("$1", found[1] ?? "").replaceAll(/--(\w)(?!\w)/g, "-$1");
    return new UsageError("usage", fill(message), { hint: fill(hint) });
  }
  const [, option, given, choices = ""] = /Argument: (\S+), Given: (.*), Choices: (.*)/.exec(complaint) ?? [];
  if (option !== undefined)
    return new UsageError("usage", `${option}: ${given} is none of its values`, {
      hint: `write one of ${choices.replaceAll('"', "")}`,
    });
  return new UsageError("usage", complaint.charAt(0).toLowerCase() + complaint.slice(1), {
    hint: "--help shows the usage",
  });
}

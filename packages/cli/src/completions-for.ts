import type { Command } from "./command.ts";
import { commandTable } from "./command-table.ts";
import type { CommandRow } from "./command-table.ts";
import type { Io } from "./io.ts";
import { globalOptions } from "./options/global.ts";
import { optionName } from "./options/option-values.ts";
import { storedNames } from "./stored-names.ts";
import type { NameWish } from "./stored-names.ts";

interface CompletedOption {
  readonly names: readonly string[];
  readonly takesValue: boolean;
  readonly choices: readonly string[];
  readonly kind: NameWish["kind"] | null;
}

const kindOfOption: Readonly<Record<string, NameWish["kind"]>> = {
  w: "host",
  x: "host",
  g: "group",
  X: "group",
};
const kindOfPositional: Readonly<Record<string, NameWish["kind"]>> = {
  nodes: "host",
  id: "incident",
  ids: "incident",
};

/**
 * What could stand at the last of these words: commands, the values of a closed list, options; hosts, groups and ids
 * of the store. Empty: a file name. From our own tables, because yargs does not look into commands that are loaded
 * when they are needed.
 */
export async function completionsFor(words: readonly string[], io: Io): Promise<readonly string[]> {
  // bash makes three words of --kind=oops.
  const [joined = "", ownValue] = /^(--[a-z-]+=)(.*)$/.exec(words.at(-1) ?? "")?.slice(1) ?? [];
  const typed = words.map((word, at) => (at === words.length - 1 && word === "=" ? "" : word));
  const current = ownValue ?? typed.at(-1) ?? "";
  const before = typed.slice(0, -1).filter((word) => word !== "=");
  const row = commandTable.find(({ name, alias }) => before.some((word) => word === name || word === alias));
  const command = row === undefined ? null : await row.load();
  const options = optionsOf(command);
  const previous = joined === "" ? before.at(-1) : joined.slice(0, -1);
  const option = options.find(({ names }) => names.includes(previous ?? ""));
  const kind =
    option?.takesValue === true
      ? option.kind
      : row === undefined || current.startsWith("-")
        ? null
        : (kindOfPositional[positionalAt(row, command, before, options)?.name ?? ""] ?? null);
  const found =
    kind === null
      ? possibleWords(row, command, options, before, option, current).filter((word) =>
          word.startsWith(current),
        )
      : await storedNames({ kind, typed: current }, before, io);
  return found.map((word) => joined + word);
}

function optionsOf(command: Command | null): readonly CompletedOption[] {
  return Object.entries({ ...globalOptions, ...command?.options }).map(([name, option]) => ({
    names: [name, ...[option.alias ?? []].flat()].map(optionName),
    takesValue: option.type !== "boolean",
    choices: (option.choices ?? []).map(String),
    kind: kindOfOption[name] ?? null,
  }));
}

function possibleWords(
  row: CommandRow | undefined,
  command: Command | null,
  options: readonly CompletedOption[],
  before: readonly string[],
  option: CompletedOption | undefined,
  current: string,
): readonly string[] {
  if (option?.takesValue === true) return option.choices;
  if (current.startsWith("-")) return ["--help", ...options.flatMap(({ names }) => names)];
  if (row === undefined) return commandTable.map(({ name }) => name);
  return positionalAt(row, command, before, options)?.choices ?? [];
}

/** The positional at which the word stands: the last one again and again where the usage says `..`. */
function positionalAt(
  row: CommandRow,
  command: Command | null,
  before: readonly string[],
  options: readonly CompletedOption[],
): Command["positionals"][number] | undefined {
  const takesValue = (word: string | undefined): boolean =>
    options.some((option) => option.takesValue && option.names.includes(word ?? ""));
  const words = before.filter((word, at) => !word.startsWith("-") && !takesValue(before[at - 1]));
  const positionals = command?.positionals ?? [];
  return positionals[words.length - 1] ?? (row.usage.includes("..") ? positionals.at(-1) : undefined);
}

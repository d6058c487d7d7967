import type { Command } from "./command.ts";
import { commandTable } from "./command-table.ts";
import { globalOptions } from "./options/global.ts";
import { optionName } from "./options/option-values.ts";

/**
 * What could stand at the last of these words: commands, the values of a closed list, options. Empty: a file name.
 * From our own tables, because yargs does not look into commands that are loaded when they are needed.
 */
export async function completionsFor(words: readonly string[]): Promise<readonly string[]> {
  const current = words.at(-1) ?? "";
  const before = words.slice(0, -1);
  const row = commandTable.find(({ name, alias }) => before.some((word) => word === name || word === alias));
  const command = row === undefined ? null : await row.load();
  return possibleWords(command, before, current).filter((word) => word.startsWith(current));
}

function possibleWords(
  command: Command | null,
  before: readonly string[],
  current: string,
): readonly string[] {
  const options = Object.entries({ ...globalOptions, ...command?.options }).map(([name, option]) => ({
    names: [name, ...[option.alias ?? []].flat()].map(optionName),
    takesValue: option.type !== "boolean",
    choices: option.choices ?? [],
  }));
  const previous = options.find(({ names }) => names.includes(before.at(-1) ?? ""));
  if (previous?.takesValue === true) return previous.choices.map(String);
  if (current.startsWith("-")) return ["--help", ...options.flatMap(({ names }) => names)];
  if (command === null) return commandTable.map(({ name }) => name);
  const words = before.filter((word) => !word.startsWith("-"));
  return command.positionals[words.length - 1]?.choices ?? [];
}

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
  return possible(command, before).filter((word) => word.startsWith(current));

  function possible(command: Command | null, before: readonly string[]): readonly string[] {
    const options = { ...globalOptions, ...command?.options };
    const spelled = Object.entries(options).map(([name, option]) => ({
      names: [name, ...[option.alias ?? []].flat()].map(optionName),
      takesValue: option.type !== "boolean",
      choices: option.choices ?? [],
    }));
    const previous = spelled.find(({ names }) => names.includes(before.at(-1) ?? ""));
    if (previous?.takesValue === true) return previous.choices.map(String);
    if (current.startsWith("-")) return ["--help", ...spelled.flatMap(({ names }) => names)];
    if (command === null) return commandTable.map(({ name }) => name);
    const given = before.slice(before.findIndex((word) => word === row?.name || word === row?.alias) + 1);
    return command.positionals[given.filter((word) => !word.startsWith("-")).length]?.choices ?? [];
  }
}

import type { Options } from "yargs";
import type { Command, OptionTable } from "./command.ts";
import type { CommandRow } from "./command-table.ts";

/** One command as the manual tells it: the words of its --help. */
export interface ManualEntry {
  readonly row: CommandRow;
  readonly command: Command;
}

/** The manual as man(7) source, from the same tables as --help. ASCII alone: every roff reads it. */
export function formatManPage(
  entries: readonly ManualEntry[],
  globals: OptionTable,
  version: string,
): string {
  return [
    `.TH INQUEST 1 "" "inquest ${roff(version)}" "User Commands"`,
    ".SH NAME",
    "inquest \\- finds out what the kernel killed on a fleet of Linux hosts, when, and who held the memory",
    ".SH SYNOPSIS",
    ".B inquest",
    ".I COMMAND",
    "[options]",
    ".SH COMMANDS",
    ...entries.flatMap(({ row, command }) => commandLines(row, command)),
    ".SH GLOBAL OPTIONS",
    ...optionLines(globals),
    ".SH FILES",
    ...termLines("~/.local/state/inquest/inquest.db", "the store ($XDG_STATE_HOME)"),
    ...termLines("~/.config/inquest/config.yaml", "settings ($XDG_CONFIG_HOME)"),
    ...termLines("/etc/inquest/config.yaml", "settings of the machine, beneath the user's"),
    ".SH EXIT STATUS",
    ...exitStatus.flatMap(([code, meaning]) => termLines(code, meaning)),
    ".SH SEE ALSO",
    ".BR journalctl (1),",
    ".BR dmesg (1),",
    ".BR ssh_config (5),",
    ".BR systemd.time (7)",
    "",
  ].join("\n");
}

const exitStatus: readonly (readonly [code: string, meaning: string])[] = [
  ["0", "every selected host read and understood; queries: rows found"],
  ["1", "queries: nothing matched"],
  ["2", "usage, configuration, unreadable host list, no hosts, no store yet"],
  ["3, 4, 5", "hosts timed out, unreachable, not understood; the lowest that applies"],
  ["10", "only with --exit-code: incidents found"],
  ["70, 74", "a bug of inquest; store, output file or another local failure"],
  ["130, 143", "interrupted, terminated: finished hosts are stored"],
];

function commandLines(row: CommandRow, command: Command): readonly string[] {
  return [
    `.SS "inquest ${roff(row.usage)}"`,
    ...textLines(row.summary + (row.alias === null ? "" : ` (also: ${row.alias})`)),
    ...command.positionals.flatMap(({ name, describe }) => termLines(name, describe)),
    ...optionLines(command.options),
    ...(command.epilogue === null ? [] : [".PP", ...textLines(command.epilogue.replaceAll("\n", " "))]),
    ...command.examples.flatMap(([line, does]) => [
      ".PP",
      ...textLines(`${does}:`),
      ".PP",
      ".RS",
      ".nf",
      ...textLines(line),
      ".fi",
      ".RE",
    ]),
  ];
}

function optionLines(options: OptionTable): readonly string[] {
  return Object.entries(options).flatMap(([name, option]) =>
    termLines(namesOf(name, option), wordsOf(option)),
  );
}

function namesOf(name: string, option: Options): string {
  const names = [name, ...[option.alias ?? []].flat()].toSorted((one, other) => one.length - other.length);
  const shown = names.map((one) => (one.length === 1 ? `-${one}` : `--${one}`)).join(", ");
  return option.type === "boolean" ? shown : `${shown} VALUE`;
}

function wordsOf({ describe, choices, default: value }: Options): string {
  const known = choices === undefined ? "" : `; one of ${choices.join(", ")}`;
  return `${describe ?? ""}${known}${value === undefined ? "" : `; default ${String(value)}`}`;
}

function termLines(term: string, text: string): readonly string[] {
  return [".TP", `.B ${roff(term)}`, ...textLines(text)];
}

/** A line that began with . or ' would be a request. */
function textLines(text: string): readonly string[] {
  return text.split("\n").map((line) => roff(line).replace(/^(?=[.'])/, "\\&"));
}

/** Text as roff takes it: \ is its escape, - alone would be a hyphen, quotes end an argument. */
function roff(text: string): string {
  return text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll('"', "\\(dq")
    .replaceAll("'", "\\(aq")
    .replaceAll("`", "\\(ga")
    .replaceAll("~", "\\(ti")
    .replaceAll("^", "\\(ha")
    .replaceAll(
      /[^\0-\u007f]/gu,
      (letter) => `\\[u${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`,
    );
}

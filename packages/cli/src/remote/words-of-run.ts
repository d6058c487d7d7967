import { UsageError } from "@inquest/core";
import type { ParsedArgs } from "../command.ts";
import { textsOf } from "../options/option-values.ts";

/** The words of `run`: hosts named without an option, and the command. */
interface WordsOfRun {
  readonly nodes: readonly string[];
  /** One string, its words joined by a blank, as ssh does. */
  readonly command: string;
}

/** Options that select hosts: where one of them stands, all words are the command. */
const selecting = ["hosts", "w", "g"];

/** Tells hosts and command apart: `-w web1 uptime`, or `web1 -- uptime`. Throws UsageError where there is no command. */
export function wordsOfRun(args: ParsedArgs): WordsOfRun {
  const given = Array.isArray(args["_"]) ? args["_"] : [];
  const words = given.slice(1).map(String);
  const isSelected = selecting.some((name) => textsOf(args, name).length > 0);
  const border = words.indexOf("--");
  if (!isSelected && border < 1) {
    throw new UsageError("no-hosts", "no hosts selected", {
      hint: "options come before the command: inquest run -f FILE -- COMMAND",
    });
  }
  const command = (isSelected ? words : words.slice(border + 1)).join(" ");
  if (command.trim() === "") {
    throw new UsageError("no-command", "no command to run on the hosts", {
      hint: "write it after the options: inquest run -f FILE -- COMMAND",
    });
  }
  return { nodes: isSelected ? [] : words.slice(0, border), command };
}

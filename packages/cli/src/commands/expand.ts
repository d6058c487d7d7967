import { selectHosts } from "@inquest/core";
import type { HostTarget } from "@inquest/core";
import type { Command } from "../command.ts";
import { exitCode } from "../exit-code.ts";
import type { TextSink } from "../io.ts";
import { choiceOf } from "../options/option-values.ts";
import { readSelection, selectionOptions } from "../options/selection.ts";
import { expandJson } from "../render/expand-json.ts";
import { formatExpandList } from "../render/expand-list.ts";
import { formatExpandFolded, formatExpandLines } from "../render/expand-words.ts";
import { toJson } from "../render/json.ts";
import { formatCount } from "../render/quantity.ts";

const forms = ["table", "lines", "folded", "json", "jsonl"] as const;

/** `inquest expand`: the hosts that a command line selects; connects to nothing. */
export const expand: Command = {
  positionals: [{ name: "nodes", describe: "hosts: web[01-12],db1,-web03" }],
  options: {
    ...selectionOptions,
    output: {
      type: "string",
      alias: "o",
      nargs: 1,
      requiresArg: true,
      choices: forms,
      default: "table",
      describe: "lines: user@name:port, folded: the same on one line; json has everything",
      group: "Output:",
    },
  },
  examples: [
    [
      "inquest expand -f inventory.ini -g web",
      "one group, with user, port, jump host and where it was named",
    ],
    ["inquest expand -o lines 'web[1-9]!web3'", "for a loop of the shell"],
    ["sinfo -h -o %N | inquest expand -f - -o folded", "any command is a host list"],
  ],
  epilogue:
    "Lists: plain, pssh, pdsh (wcoll), genders, ClusterShell, ansible (INI, YAML, --list), sos, JSON, ssh_config.\n" +
    "Nodes: a,b adds; a!b takes away; a&b keeps what is in both; a^b what is in one; @group and * speak of the lists.\n" +
    "With -g, @group or * the lists only say what there is. Exit: 0, or 2 where no host is selected.",
  run: async (args, io) => {
    const targets = selectHosts(await readSelection(args, io));
    await io.stdout.write(formatIn(choiceOf(args, "output", forms) ?? "table", targets, io.stdout));
    await io.narrate(formatCount(targets.length, "host"));
    return exitCode.ok;
  },
};

function formatIn(form: (typeof forms)[number], targets: readonly HostTarget[], stdout: TextSink): string {
  if (form === "table") return formatExpandList(targets, { width: stdout.columns, color: stdout.color });
  if (form === "lines") return formatExpandLines(targets);
  if (form === "folded") return formatExpandFolded(targets);
  if (form === "json") return `${toJson(targets.map(expandJson), "tree")}\n`;
  return targets.map((target) => `${toJson(expandJson(target))}\n`).join("");
}

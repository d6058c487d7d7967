import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { expandNodes, parseHostList, UsageError } from "@inquest/core";
import type { HostSelection } from "@inquest/core";
import type { OptionTable, ParsedArgs } from "../command.ts";
import type { Io } from "../io.ts";
import { formatCount } from "../render/quantity.ts";
import { textsOf } from "./option-values.ts";

const group = "Hosts:";

/** Options that select hosts; positional `nodes` mean the same as -w. */
export const selectionOptions: OptionTable = {
  hosts: {
    alias: ["f", "inventory", "hostfile"],
    type: "string",
    nargs: 1,
    requiresArg: true,
    describe: "host list; repeatable, - is stdin",
    group,
  },
  w: {
    type: "string",
    nargs: 1,
    requiresArg: true,
    describe: "hosts: web[01-12],db1,-web03; repeatable",
    group,
  },
  x: { type: "string", nargs: 1, requiresArg: true, describe: "not these hosts; repeatable", group },
};

/** Words after the command, those behind `--` too. */
function nodeWordsOf(args: ParsedArgs): readonly string[] {
  const afterCommand = textsOf(args, "_").slice(1);
  return [...textsOf(args, "nodes"), ...afterCommand];
}

/** Whether hosts are named at all, exclusions aside. */
export function namesHosts(args: ParsedArgs): boolean {
  return [...textsOf(args, "hosts"), ...textsOf(args, "w"), ...nodeWordsOf(args)].length > 0;
}

/** Reads the named lists and expressions. What it noticed (duplicates) is narrated. Throws UsageError. */
export async function readSelection(args: ParsedArgs, io: Io): Promise<HostSelection> {
  const places = textsOf(args, "hosts");
  if (places.filter((place) => place === "-").length > 1)
    throw new UsageError("stdin-twice", "--hosts: stdin (-) can be read only once");
  const lists = await Promise.all(
    places.map(async (place) => {
      const name = place === "-" ? "stdin" : place;
      const list = parseHostList(await readListText(place, io), name);
      if (list.duplicates > 0)
        await io.narrate(`${name}: ${formatCount(list.duplicates, "duplicate")} merged`);
      for (const note of list.notes) await io.narrate(`${name}: ${note}`);
      return list;
    }),
  );
  return {
    lists,
    nodes: [
      ...textsOf(args, "w").map((expression) => expandNodes(expression, "-w")),
      ...nodeWordsOf(args).map((expression) => expandNodes(expression, "nodes")),
    ],
    exclude: textsOf(args, "x").map((expression) => expandNodes(expression, "-x")),
  };
}

async function readListText(place: string, io: Io): Promise<string> {
  if (place === "-") return new TextDecoder().decode(await io.readStdin());
  try {
    return await readFile(resolve(io.cwd, place), "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/,.*/s, "") : String(error);
    throw new UsageError("host-list-unreadable", `${place}: the host list cannot be read (${why})`, {
      hint: "name a file with one host a line",
      cause: error,
    });
  }
}

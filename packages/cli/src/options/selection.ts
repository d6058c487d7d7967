import { expandNodes } from "@inquest/core";
import type { HostSelection, NodeSelection } from "@inquest/core";
import type { OptionTable, ParsedArgs } from "../command.ts";
import type { Io } from "../io.ts";
import { hostListReader, type HostList } from "./host-list-reader.ts";
import { textsOf } from "./option-values.ts";

const group = "Hosts:";
const valued = { type: "string", nargs: 1, requiresArg: true, group } as const;

/** Options that select hosts; positional `nodes` mean the same as -w. */
export const selectionOptions: OptionTable = {
  hosts: {
    ...valued,
    alias: ["f", "inventory", "hostfile"],
    describe: "host list; repeatable, - is stdin",
  },
  "hosts-format": {
    ...valued,
    describe: "its grammar: plain, wcoll, pssh, genders, clustershell, ansible-ini, … (default: by its look)",
  },
  "skip-bad-lines": {
    type: "boolean",
    group,
    describe:
      "name the lines of a list that cannot be read on stderr and go on without them (default: exit 2)",
  },
  w: { ...valued, describe: "hosts: web[01-12],db1,-web03, @group, ^FILE, /regex/; repeatable" },
  x: { ...valued, describe: "not these hosts; repeatable" },
  g: { ...valued, describe: "only this group of the lists: web, web,db, web&&~rack=r7; repeatable" },
  X: { ...valued, describe: "not this group; repeatable" },
};

/** Words after the command, those behind `--` too. */
function nodeWordsOf(args: ParsedArgs): readonly string[] {
  const afterCommand = textsOf(args, "_").slice(1);
  return [...textsOf(args, "nodes"), ...afterCommand];
}

/** Whether hosts are named at all, exclusions aside. */
export function namesHosts(args: ParsedArgs): boolean {
  return ["hosts", "w", "g"].some((name) => textsOf(args, name).length > 0) || nodeWordsOf(args).length > 0;
}

/** Groups that -g and -X name for a query. */
export interface StoredGroups {
  readonly wanted: readonly string[];
  readonly unwanted: readonly string[];
  /** The command line without them. */
  readonly rest: ParsedArgs;
}

/** Where no list says what groups there are, -g and -X of a query mean the groups that hosts were collected with. */
export function storedGroupsOf(args: ParsedArgs): StoredGroups {
  if (textsOf(args, "hosts").length > 0) return { wanted: [], unwanted: [], rest: args };
  const named = (name: string): readonly string[] =>
    textsOf(args, name).flatMap((text) => text.split(",").map((one) => one.trim().replace(/^@/, "")));
  return { wanted: named("g"), unwanted: named("X"), rest: { ...args, g: undefined, X: undefined } };
}

/** pdsh's `^FILE` in an expression. */
const fileWord = /(?<![^\s,])\^([^\s,^!&]+)/gu;

/** Whether groups of the lists say who is not to be visited: -X web, -x @web, all!@web, ~web, all--web. */
function takesGroupsAway(args: ParsedArgs): boolean {
  return (
    textsOf(args, "X").length > 0 ||
    textsOf(args, "x").some((text) => /(?:^|[\s,!&^-])@/u.test(text)) ||
    textsOf(args, "g").some((text) => /~|--/u.test(text)) ||
    [...textsOf(args, "w"), ...nodeWordsOf(args)].some((text) => /[!^-]\s*@/u.test(text))
  );
}

/** Reads the named lists and expressions. What it noticed (grammar, duplicates) is narrated. Throws UsageError. */
export async function readSelection(args: ParsedArgs, io: Io): Promise<HostSelection> {
  const readList = hostListReader(args, io);
  const lists: HostList[] = [];
  const takesAway = takesGroupsAway(args);
  for (const place of textsOf(args, "hosts")) lists.push(await readList(place, takesAway));
  const read = async (expression: string, flag: string): Promise<NodeSelection> => {
    const files: HostList[] = [];
    for (const [, file = ""] of expression.matchAll(fileWord))
      files.push(await readList(file, flag === "-x"));
    const nodes = expandNodes(expression.replaceAll(fileWord, ""), flag, { lists });
    return { ...nodes, targets: [...files.flatMap((list) => list.targets), ...nodes.targets] };
  };
  const readAll = async (expressions: readonly string[], flag: string): Promise<readonly NodeSelection[]> => {
    const selections: NodeSelection[] = [];
    for (const expression of expressions) selections.push(await read(expression, flag));
    return selections;
  };
  const readGroups = (name: string): readonly NodeSelection[] =>
    textsOf(args, name).map((query) => expandNodes(query, `-${name}`, { lists, ofGroups: true }));
  return {
    lists,
    nodes: [
      ...(await readAll(textsOf(args, "w"), "-w")),
      ...(await readAll(nodeWordsOf(args), "nodes")),
      ...readGroups("g"),
    ],
    exclude: [...(await readAll(textsOf(args, "x"), "-x")), ...readGroups("X")],
  };
}

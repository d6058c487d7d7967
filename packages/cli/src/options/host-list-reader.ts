import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { parseHostList, UsageError } from "@inquest/core";
import type { ParsedArgs } from "../command.ts";
import type { Io } from "../io.ts";
import { formatCount } from "../render/quantity.ts";
import { flagOf, textOf } from "./option-values.ts";

/** What one host list names, and the groups it defines. */
export type HostList = ReturnType<typeof parseHostList>;

/**
 * A reader for the host lists of one command line: `-` is stdin, once. Narrates the grammar that was recognised
 * (plain lists only with -v), duplicates, and what the list leaves out.
 */
export function hostListReader(args: ParsedArgs, io: Io): (place: string) => Promise<HostList> {
  const format = textOf(args, "hosts-format");
  let stdinWasRead = false;
  return async (place) => {
    if (place === "-" && stdinWasRead)
      throw new UsageError("stdin-twice", "--hosts: stdin (-) can be read only once");
    stdinWasRead ||= place === "-";
    const name = place === "-" ? "stdin" : place;
    const text = await readListText(place, io);
    const list = parseHostList(text, name, format, (included, at) => readIncluded(included, at, place, io));
    if (format === null && (list.format !== "plain" || flagOf(args, "verbose")))
      await io.narrate(`${name}: read as ${list.format}, ${formatCount(list.targets.length, "host")}`);
    if (list.duplicates > 0) await io.narrate(`${name}: ${formatCount(list.duplicates, "duplicate")} merged`);
    for (const note of list.notes) await io.narrate(note);
    return list;
  };
}

async function readListText(place: string, io: Io): Promise<string> {
  if (place === "-") return new TextDecoder().decode(await io.readStdin());
  try {
    return await readFile(resolve(io.cwd, place), "utf8");
  } catch (error) {
    throw unreadable(place, error);
  }
}

function unreadable(place: string, error: unknown): UsageError {
  const why = error instanceof Error ? error.message.replace(/,.*/s, "") : String(error);
  return new UsageError("host-list-unreadable", `${place}: the host list cannot be read (${why})`, {
    hint: "name a file with one host a line",
    cause: error,
  });
}

/** pdsh looks for an included file beside the first list, then among the groups of dsh (wcoll.c, dsh.c). */
function readIncluded(name: string, at: string, first: string, io: Io): { place: string; text: string } {
  const beside = first === "-" ? "" : dirname(first);
  const places = isAbsolute(name)
    ? [name]
    : [
        join(beside, name),
        ...(io.env["HOME"] === undefined ? [] : [join(io.env["HOME"], ".dsh/group", name)]),
        join("/etc/dsh/group", name),
      ];
  for (const place of places) {
    try {
      return { place, text: readFileSync(resolve(io.cwd, place), "utf8") };
    } catch (error) {
      const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
      if (!isMissing) throw unreadable(`${at}: ${place}`, error);
    }
  }
  throw new UsageError("host-list-unreadable", `${at}: included list "${name}" is not there`, {
    hint: `looked for ${places.join(", ")}`,
  });
}

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

/** Reads a list; `takesAway`: its hosts are not to be visited, or its groups say who is not. */
export type ReadList = (place: string, takesAway: boolean) => Promise<HostList>;

/**
 * A reader for the host lists of one command line: `-` is stdin, once. Narrates the grammar that was recognised
 * (plain lists only with -v), duplicates, and what the list leaves out. With --skip-bad-lines it names the lines that it
 * skips, but a list that takes hosts away has to be whole: without one of its lines more would be visited than was meant.
 */
export function hostListReader(args: ParsedArgs, io: Io): ReadList {
  const format = textOf(args, "hosts-format");
  const skips = flagOf(args, "skip-bad-lines");
  let stdinWasRead = false;
  return async (place, takesAway) => {
    if (place === "-" && stdinWasRead)
      throw new UsageError("stdin-twice", "--hosts: stdin (-) can be read only once");
    stdinWasRead ||= place === "-";
    const name = place === "-" ? "stdin" : place;
    const text = await readListText(place, io);
    const include = (included: string, at: string): ReturnType<typeof readIncluded> =>
      readIncluded(included, at, place, io);
    const read = (): HostList => parseHostList(text, name, format, include, skips && !takesAway);
    const list = skips && takesAway ? wholeOnly(read) : read();
    if (list.skipped.length > 0)
      await io.stderr.write(
        `${list.skipped.join("\n")}\n${name}: ${formatCount(list.skipped.length, "bad line")} skipped\n`,
      );
    if (format === null && (list.format !== "plain" || flagOf(args, "verbose")))
      await io.narrate(`${name}: read as ${list.format}, ${formatCount(list.targets.length, "host")}`);
    if (list.duplicates > 0) await io.narrate(`${name}: ${formatCount(list.duplicates, "duplicate")} merged`);
    for (const note of list.notes) await io.narrate(note);
    return list;
  };
}

/** Says why a bad line ends the command although --skip-bad-lines is given. */
function wholeOnly(read: () => HostList): HostList {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UsageError) || error.code !== "host-list-syntax") throw error;
    throw new UsageError(error.code, error.message, {
      hint: "mend the line: --skip-bad-lines skips none of a list that takes hosts away (-x ^FILE, -X, !@group)",
      cause: error,
    });
  }
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

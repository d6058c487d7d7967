import { UsageError } from "../errors.ts";
import { detectFormat } from "./detect-format.ts";
import type { HostListFormat, ListedGroup, ReadIncluded } from "./formats/host-list-format.ts";
import { hostListError, quoted } from "./host-list-error.ts";
import { hostListFormats } from "./host-list-formats.ts";
import { lineSkipper, strictly } from "./skip-bad-lines.ts";
import { mergeTargets, type MergedTargets } from "./merge-targets.ts";

/** What one host list names. */
export interface HostList extends MergedTargets {
  /** The grammar it was read in. */
  readonly format: string;
  /** Groups that it defines, empty ones too. */
  readonly groups: readonly ListedGroup[];
  /** What was wrong with each line that was skipped, its file and line before it; none where lines are not skipped. */
  readonly skipped: readonly string[];
}

function findFormat(name: string, place: string): HostListFormat {
  const format = hostListFormats.find((row) => row.name === name);
  if (format !== undefined) return format;
  throw new UsageError("host-list-format", `${place}: host list format ${quoted(name)} is not known`, {
    hint: `use ${hostListFormats.map((row) => row.name).join(", ")}`,
  });
}

/** Where nobody can read further files. */
const readNothing: ReadIncluded = (name, place) => {
  throw hostListError(
    place,
    `included list ${quoted(name)} cannot be read from here`,
    "name it with -f FILE",
  );
};

/**
 * The hosts of a list, each once and in order; `place` is its file name, for messages and origins. Takes a byte
 * order mark and CRLF. The grammar is recognised by content unless `format` forces one. An empty list is no error
 * here: only a selection without hosts is. Throws UsageError at the first bad line, unless `skipBadLines`.
 */
export function parseHostList(
  given: string,
  place: string,
  format: string | null = null,
  include: ReadIncluded = readNothing,
  skipBadLines = false,
): HostList {
  const text = given.replace(/^\uFEFF/u, "");
  const lines = text.split(/\r?\n/u);
  const binary = lines.findIndex((line) => line.includes("\0"));
  if (binary !== -1) {
    throw hostListError(`${place}:${binary + 1}`, "line holds a NUL byte", "save the list as UTF-8 text");
  }
  const skipper = lineSkipper();
  const list = { place, text, lines, include, attempt: skipBadLines ? skipper.attempt : strictly };
  const found = format === null ? detectFormat(list) : findFormat(format, place);
  const { mentions, groups, notes } = found.parse(list);
  const merged = mergeTargets(mentions);
  return {
    ...merged,
    notes: [...notes, ...merged.notes.map((note) => `${place}: ${note}`)],
    groups,
    skipped: [...skipper.skipped.values()],
    format: found.name,
  };
}

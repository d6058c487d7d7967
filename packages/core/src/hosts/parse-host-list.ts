import { UsageError } from "../errors.ts";
import { hostListError, quoted } from "./host-list-error.ts";
import { hostListFormats, type HostListFormat } from "./host-list-formats.ts";
import { mergeTargets, type MergedTargets } from "./merge-targets.ts";

/** What one host list names. */
export interface HostList extends MergedTargets {
  /** The grammar it was read in. */
  readonly format: string;
}

function findFormat(lines: readonly string[], place: string, name: string | null): HostListFormat {
  const format = hostListFormats.find((row) =>
    name === null ? row.detect(lines, place) : row.name === name,
  );
  if (format !== undefined) return format;
  throw new UsageError("host-list-format", `${place}: host list format ${quoted(name ?? "")} is not known`, {
    hint: `use ${hostListFormats.map((row) => row.name).join(", ")}`,
  });
}

/**
 * The hosts of a list, each once and in order; `place` is its file name, for messages and origins. Takes a byte
 * order mark and CRLF. The grammar is recognised by content unless `format` forces one. An empty list is no error
 * here: only a selection without hosts is.
 */
export function parseHostList(text: string, place: string, format: string | null = null): HostList {
  const lines = text.replace(/^\uFEFF/u, "").split(/\r?\n/u);
  const binary = lines.findIndex((line) => line.includes("\0"));
  if (binary !== -1) {
    throw hostListError(`${place}:${binary + 1}`, "line holds a NUL byte", "save the list as UTF-8 text");
  }
  const found = findFormat(lines, place, format);
  return { ...mergeTargets(found.parse(lines, place)), format: found.name };
}

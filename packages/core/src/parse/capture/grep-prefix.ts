import { formatTold } from "../kernel-log/detect-format.ts";
import type { Capture, CapturedLine } from "./capture.ts";
import { isKnownInside } from "./is-known-inside.ts";

/** `1841830:Aug  1 …` of grep -n; `-` instead of the colon for lines of -A, -B and -C. */
const numbered = /^(\d{1,12})[:-]/;
/** `messages-20240101:Apr 19 …` of grep -H, `messages:1841830:Apr 19 …` of grep -Hn. */
const filed = /^([^\s:]{1,1024}):(?:(\d{1,12}):)?/;
/** `-1841831-` between file and line: a line of -A, -B, -C with -Hn. A file's own name may hold such a number, too. */
const contextNumber = /-\d{1,12}(?=-)/g;
const longestName = 300;
const prefixedShare = 0.9;

/** Output of grep -n and grep -H: line numbers and file names before lines of a log. */
export function detectGrep(sample: readonly string[]): Capture | null {
  const lines = sample.filter((line) => line.trim() !== "" && line !== "--");
  for (const split of [splitNumbered, splitFiled]) {
    const inside = lines.flatMap((line) => split(line)?.line ?? []);
    const isOf = inside.length > 0 && inside.length >= lines.length * prefixedShare;
    if (isOf && (split === splitFiled ? formatTold(inside) !== null : isKnownInside(inside))) {
      return { form: "grep", split: () => split };
    }
  }
  return null;
}

function splitNumbered(line: string): CapturedLine | null {
  const prefix = numbered.exec(line)?.[0];
  return prefix === undefined ? null : { host: null, file: null, line: line.slice(prefix.length) };
}

function splitFiled(line: string): CapturedLine | null {
  if (line === "--") return null;
  const context = splitContext(line);
  const direct = filed.exec(line);
  // Of both the one that ends first: a colon may stand in the text of a context line.
  if (context !== null && (direct === null || (context.file ?? "").length < (direct[1] ?? "").length))
    return context;
  return direct === null ? null : { host: null, file: direct[1] ?? null, line: line.slice(direct[0].length) };
}

function splitContext(line: string): CapturedLine | null {
  for (const found of line.slice(0, longestName).matchAll(contextNumber)) {
    const rest = line.slice(found.index + found[0].length + 1);
    if (found.index > 0 && formatTold([rest]) !== null)
      return { host: null, file: line.slice(0, found.index), line: rest };
  }
  return null;
}

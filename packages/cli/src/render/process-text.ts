import { sanitize } from "./sanitize.ts";

/** More of a command line makes no sentence. */
const mostChars = 120;

/** `java [4711]`. */
export function processText({
  name,
  pid,
}: {
  readonly name: string | null;
  readonly pid: number | null;
}): string {
  return `${sanitize(name ?? "a process")}${pid === null ? "" : ` [${pid}]`}`;
}

/** As much of a hostile text as fits into a sentence. */
export function shortened(text: string): string {
  const shown = sanitize(text);
  return shown.length <= mostChars ? shown : `${shown.slice(0, mostChars - 1)}…`;
}

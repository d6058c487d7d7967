import { sanitize } from "./sanitize.ts";

/**
 * Output of a host as a terminal may have it: line ends and tabs stay, all else that would act on it is shown as
 * `\x1b`. Bytes that are no UTF-8 become U+FFFD.
 */
export function toTerminalText(bytes: Buffer): string {
  const lines = bytes.toString("utf8").split("\n");
  return lines.map((line) => line.replace(/\r$/, "").split("\t").map(sanitize).join("\t")).join("\n");
}

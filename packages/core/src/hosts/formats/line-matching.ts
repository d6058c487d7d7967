import type { ListText } from "./host-list-format.ts";

/** Number of the first line that matches, from 1, or null. */
export function lineMatching({ lines }: ListText, pattern: RegExp): number | null {
  const index = lines.findIndex((line) => pattern.test(line));
  return index === -1 ? null : index + 1;
}

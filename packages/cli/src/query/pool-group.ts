import type { ParsedArgs } from "../command.ts";
import { textsOf } from "../options/option-values.ts";

/** The group that the selected hosts stand for: the one of a single -g; null otherwise. */
export function readPoolGroup(args: ParsedArgs): string | null {
  const groups = textsOf(args, "g");
  return groups.length === 1 ? (groups[0] ?? null) : null;
}

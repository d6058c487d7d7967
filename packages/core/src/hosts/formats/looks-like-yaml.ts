import type { ListText } from "./host-list-format.ts";

/** `web:` on a line of its own, with an indented line below it. */
const nested = /^[\w.@"'-]+:[ \t]*(?:#.*)?\r?\n[ \t]+\S/mu;

/** Whether a list is YAML, by its name or by its look. */
export function looksLikeYaml({ place, text }: ListText): boolean {
  return /\.ya?ml$/iu.test(place) || /^---(?:\s|$)/u.test(text) || nested.test(text);
}

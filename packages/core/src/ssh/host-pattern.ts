/** Tells whether a lower-case name is meant by a comma list of patterns (match.c, match_pattern_list). */
export type HostPattern = (name: string) => boolean;

/** Compiles `*.example,!old.example,[10.0.0.?]:2222`; a name that any negated pattern matches is not meant. */
export function toHostPattern(list: string): HostPattern {
  const patterns = list.toLowerCase().split(",");
  const wanted = patterns.filter((pattern) => pattern !== "" && !pattern.startsWith("!")).map(toRegExp);
  const unwanted = patterns
    .filter((pattern) => pattern.startsWith("!"))
    .map((pattern) => toRegExp(pattern.slice(1)));
  return (name) => wanted.some((one) => one.test(name)) && !unwanted.some((one) => one.test(name));
}

/** Whether a name list needs more than a comparison of its names. */
export function hasWildcards(list: string): boolean {
  return /[*?!]/.test(list);
}

// Runs of `*` are one `.*`: two in a row would let a hostile name make the match slow.
function toRegExp(pattern: string): RegExp {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll(/\*+/g, ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s");
}

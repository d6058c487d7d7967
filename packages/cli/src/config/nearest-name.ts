/** The name that is fewest changes of a letter away (Levenshtein), or null where none is near. */
export function nearestName(word: string, names: readonly string[]): string | null {
  const [nearest] = names
    .map((name) => ({ name, distance: distanceOf(word.toLowerCase(), name) }))
    .toSorted((one, other) => one.distance - other.distance);
  return nearest === undefined || nearest.distance > Math.max(2, word.length / 3) ? null : nearest.name;
}

function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [line, letter] of one.split("").entries()) {
    const next = [line + 1];
    for (const [at, against] of other.split("").entries())
      next.push(
        Math.min((next[at] ?? 0) + 1, (row[at + 1] ?? 0) + 1, (row[at] ?? 0) + (letter === against ? 0 : 1)),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
}

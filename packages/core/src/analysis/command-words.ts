/** Options of a JVM whose value is the next word (java.1). */
const valued: ReadonlySet<string> = new Set([
  "-cp",
  "-classpath",
  "--class-path",
  "-p",
  "--module-path",
  "--add-modules",
  "--upgrade-module-path",
]);

/**
 * What a command line runs, to know it by: of a JVM the jar, the module or the main class, for all of them are "java";
 * of anything else the line itself. Null where nothing tells. Hostile text.
 */
export function commandWords(args: string | null): string | null {
  if (args === null || args.trim() === "") return null;
  const words = args.trim().split(/\s+/);
  if (!/(?:^|\/)java$/.test(words[0] ?? "")) return args.trim();
  for (let at = 1; at < words.length; at += 1) {
    const word = words[at] ?? "";
    if (word === "-jar" || word === "-m" || word === "--module")
      return words[at + 1]?.replace(/^.*\//, "") ?? null;
    if (valued.has(word)) at += 1;
    else if (!word.startsWith("-")) return word;
  }
  return null;
}

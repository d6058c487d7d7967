import type { OptionTable } from "./command.ts";

/**
 * Puts `--` before the first word after `from` that is no option and no value of one: what follows belongs to a
 * command of another machine (`ls -l`), as pdsh, clush and ssh have it. A `--` that stands there already stays.
 */
export function endOptionsAtWord(argv: readonly string[], from: number, options: OptionTable): string[] {
  const at = firstWordAt(argv, from, options);
  return at === null ? [...argv] : [...argv.slice(0, at), "--", ...argv.slice(at)];
}

/** Where the first word at or after `from` stands; null: nowhere, or behind a `--`. */
export function firstWordAt(argv: readonly string[], from: number, options: OptionTable): number | null {
  const valued = valuedNames(options);
  for (let at = from; at < argv.length; at += 1) {
    const word = argv[at] ?? "";
    if (word === "--") return null;
    if (word === "-" || !word.startsWith("-")) return at;
    if (takesNext(word, valued)) at += 1;
  }
  return null;
}

/** Whether the value of an option is the next word: `-p 5`, `-bp 5`, `--parallel 5`; not `-p5`, `--parallel=5`. */
function takesNext(word: string, valued: ReadonlySet<string>): boolean {
  if (word.startsWith("--")) return valued.has(word.slice(2));
  const letters = word.slice(1).split("");
  return letters.findIndex((letter) => valued.has(letter)) === letters.length - 1;
}

function valuedNames(options: OptionTable): ReadonlySet<string> {
  const valued = Object.entries(options).filter(([, { requiresArg }]) => requiresArg === true);
  return new Set(valued.flatMap(([name, { alias }]) => [name, alias ?? []].flat()));
}

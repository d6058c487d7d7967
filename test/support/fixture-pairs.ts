import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const fixtures = join(import.meta.dirname, "../fixtures");

/** An input beside what must come out of it: `fixtures/<kind>/<version>--<case>.log` and `.json`. */
export interface FixturePair {
  /** `6.8--global-kill`. */
  readonly name: string;
  readonly text: string;
  readonly expected: unknown;
}

/** Every pair of a kind. An input without its JSON, a JSON without its input and an empty folder fail. */
export function fixturePairs(kind: string): readonly FixturePair[] {
  const folder = join(fixtures, kind);
  const files = readdirSync(folder).toSorted();
  const names = [...new Set<string>(files.map((file) => file.replace(/\.(?:log|json)$/, "")))];
  if (names.length === 0) throw new Error(`no fixtures in ${folder}`);
  return names.map((name) => {
    const [input, output] = [join(folder, `${name}.log`), join(folder, `${name}.json`)];
    for (const path of [input, output]) {
      if (!existsSync(path)) throw new Error(`${path} is missing: every fixture is a .log beside its .json`);
    }
    return {
      name,
      text: readFileSync(input, "utf8"),
      expected: JSON.parse(readFileSync(output, "utf8")) as unknown,
    };
  });
}

import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/** The checkout. */
export const root = resolve(import.meta.dirname, "../..");

export interface Source {
  /** From the root: `packages/core/src/model/host.ts`. */
  readonly path: string;
  readonly text: string;
  /** What it imports or re-exports, type imports and lazy ones included: relative ones as paths from the root. */
  readonly imports: readonly string[];
}

const importPattern = /(?:\bfrom|\bimport\(|^import)\s*"([^"]+)"/gm;

/** Every TypeScript file of the packages. */
export function packageSources(): readonly Source[] {
  return ["core", "store", "cli"].flatMap((name) => sourcesBelow(`packages/${name}/src`));
}

function sourcesBelow(folder: string): readonly Source[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => {
      const path = relative(root, join(entry.parentPath, entry.name));
      const text = readFileSync(join(root, path), "utf8");
      const imports = [...text.matchAll(importPattern)].map(([, to = ""]) =>
        to.startsWith(".") ? relative(root, resolve(root, dirname(path), to)) : to,
      );
      return { path, text, imports };
    });
}

/** Code without comments and without the text of strings, for looking for calls. */
export function codeOf({ text }: Source): string {
  return text
    .replaceAll(/\/\*[\s\S]*?\*\//g, "")
    .replaceAll(/^\s*\/\/.*$/gm, "")
    .replaceAll(/\s\/\/ .*$/gm, "");
}

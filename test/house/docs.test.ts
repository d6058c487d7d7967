import { existsSync, globSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commandTable } from "../../packages/cli/src/command-table.ts";
import { packageSources, root } from "./sources.ts";

const documents = [
  "README.md",
  "CHANGELOG.md",
  "CONTRIBUTING.md",
  ...globSync("docs/**/*.md", { cwd: root }),
];
const read = (path: string): string => readFileSync(join(root, path), "utf8");

test("links between the documents lead somewhere", () => {
  const dead = documents.flatMap((path) =>
    [...read(path).matchAll(/\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g)]
      .map(([, to = ""]) => to)
      .filter((to) => !existsSync(join(root, path, "..", to)))
      .map((to) => `${path}: ${to}`),
  );
  expect(dead).toEqual([]);
});

test("the files that docs/architecture.md names exist", () => {
  const named = [...read("docs/architecture.md").matchAll(/`((?:packages|test|bench|docs)\/[\w./-]+)`/g)].map(
    ([, path = ""]) => path,
  );
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test("every command of the README is one that --help lists", async () => {
  const commands = new Set(
    readdirSync(join(root, "packages/cli/src/commands")).map((name) => name.replace(/\.ts$/, "")),
  );
  const typed = [...read("README.md").matchAll(/\binquest (?!\S*[/.])([a-z]+)\b/g)].map(
    ([, command = ""]) => command,
  );
  const rows = [...read("README.md").matchAll(/^\| `([a-z]+)/gm)].map(([, command = ""]) => command);
  expect(rows.length).toBeGreaterThan(4);
  expect(rows.filter((command) => !commands.has(command))).toEqual([]);
  expect(typed.length).toBeGreaterThan(4);
});

test("every command has its page, and the index names it", () => {
  const index = read("docs/commands/README.md");
  const missing = commandTable.filter(
    ({ name }) => !existsSync(join(root, `docs/commands/${name}.md`)) || !index.includes(`(${name}.md)`),
  );
  expect(missing.map(({ name }) => name)).toEqual([]);
});

test("every export says in a sentence what it is", () => {
  const silent = packageSources().flatMap(({ path, text }) => {
    const lines = text.split("\n");
    return lines.flatMap((line, at) =>
      /^export (?:async )?(?:function|const|class|interface)/.test(line) && !isDocumented(lines, at)
        ? [`${path}:${at + 1} ${line}`]
        : [],
    );
  });
  expect(silent).toEqual([]);
});

function isDocumented(lines: readonly string[], at: number): boolean {
  const before = lines[at - 1] ?? "";
  return before.trimEnd().endsWith("*/") || before.startsWith("// ") || before.startsWith("export ");
}

import { execFile } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { completionScripts } from "../../packages/cli/src/render/completion-script.ts";
import { run } from "../../packages/cli/src/run.ts";
import { memoryIo } from "../support/memory-io.ts";
import { openCaseHistory } from "./support/case-history.ts";

let history: Awaited<ReturnType<typeof openCaseHistory>>;
beforeAll(async () => {
  history = await openCaseHistory();
});
afterAll(async () => history[Symbol.asyncDispose]());

const complete = async (...words: readonly string[]): Promise<string[]> => {
  const io = memoryIo({ cwd: history.folder });
  expect(await run(["--get-completions", ...words], io)).toBe(0);
  expect(io.err()).toBe("");
  return io
    .out()
    .split("\n")
    .filter((line) => line !== "");
};

test.each([
  [
    ["show", "k-bbb"],
    ["k-bbbbbbbbbbbb", "k-bbbbcccccccc"],
  ],
  [["annotate", "k-aaaaaaaaaaaa", "k-d"], ["k-dddddddddddd"]],
  [
    ["incidents", "-w", ""],
    ["web01", "web02", "web03"],
  ],
  [
    ["incidents", "-w", "web01,web0"],
    ["web01,web01", "web01,web02", "web01,web03"],
  ],
  [["collect", "-x", "web03"], ["web03"]],
  [["collect", "web02"], ["web02"]],
  [["collect", "-w", "@te"], ["@temai"]],
  [["collect", "-w", "web01,-@te"], ["web01,-@temai"]],
  [["hosts", "-g", "t"], ["temai"]],
  [["incidents", "--kind=oop"], ["--kind=oops"]],
  [["incidents", "--kind", "=", "oop"], ["oops"]],
  [
    ["db", "p"],
    ["path", "prune"],
  ],
  [["config", ""], ["show"]],
])("of %j", async (words, expected) => {
  expect(await complete("--db", history.db, ...words)).toEqual(expected);
});

test("is silent where there is no store, and where it is none", async () => {
  expect(await complete("--db", "nowhere.db", "show", "k")).toEqual([]);
  writeFileSync(join(history.folder, "other.db"), "no database ".repeat(500));
  expect(await complete("--db", "other.db", "incidents", "-w", "")).toEqual([]);
});

const bin = join(import.meta.dirname, "../../packages/cli/src/bin.ts");
const shellScript = (shell: "bash" | "zsh" | "fish"): string => {
  const path = join(history.folder, `completion.${shell}`);
  writeFileSync(path, completionScripts[shell]);
  const command = join(history.folder, "inquest");
  writeFileSync(
    command,
    `#!/bin/sh\nexec '${process.execPath}' --conditions=inquest-source '${bin}' "$@"\n`,
    {
      mode: 0o755,
    },
  );
  return path;
};
const execute = async (file: string, args: readonly string[]): Promise<string[]> => {
  const { stdout } = await promisify(execFile)(file, [...args], {
    env: { ...process.env, PATH: `${history.folder}:${process.env["PATH"] ?? ""}`, HOME: history.folder },
  });
  return stdout.split("\n").filter((line) => line !== "");
};
const hasShell = (name: string): boolean =>
  (process.env["PATH"] ?? "").split(":").some((folder) => existsSync(join(folder, name)));

test.each([
  [["inquest", "--db", "DB", "show", "k-a"], ["k-aaaaaaaaaaaa"]],
  [["inquest", "--db", "DB", "incidents", "--kind", "=", "oop"], ["oops"]],
  [["inquest", "inc"], ["incidents"]],
])("bash completes %j", async (words, expected) => {
  const typed = words.map((word) => `'${word === "DB" ? history.db : word}'`).join(" ");
  const script = `source '${shellScript("bash")}'; COMP_WORDS=(${typed}); COMP_CWORD=${words.length - 1}; _inquest; printf '%s\\n' "\${COMPREPLY[@]}"`;
  expect(await execute("bash", ["-c", script])).toEqual(expected);
});

// Skipped where the shell is not installed: apt-get install fish.
test.skipIf(!hasShell("fish"))("fish completes what bash does", async () => {
  const line = `inquest --db ${history.db} show k-a`;
  const script = `source '${shellScript("fish")}'; complete -C '${line}'`;
  expect(await execute("fish", ["-c", script])).toEqual(["k-aaaaaaaaaaaa"]);
});

test.skipIf(!hasShell("zsh"))("zsh reads its script", async () => {
  expect(await execute("zsh", ["-n", shellScript("zsh")])).toEqual([]);
});

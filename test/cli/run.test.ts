import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { commandTable } from "../../packages/cli/src/command-table.ts";
import { run } from "../../packages/cli/src/run.ts";
import { memoryIo } from "../support/memory-io.ts";
import type { Answer } from "./support/ask.ts";

const folder = mkdtempSync(join(tmpdir(), "inquest-run-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function type(
  argv: readonly string[],
  env: Record<string, string> = { HOME: folder },
): Promise<Answer> {
  const io = memoryIo({ cwd: folder, env });
  return { code: await run(argv, io), out: io.out(), err: io.err() };
}

describe("help", () => {
  test("without a command is short, on stderr, and a usage error", async () => {
    const { code, out, err } = await type([]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("usage: inquest COMMAND [options]");
    const named = [...err.matchAll(/^ {2}inquest (\w+)/gm)].map(([, name]) => name);
    expect(named).toEqual(["demo", "collect", "incidents", "why", "recurring"]);
  });

  test("is not misled by the value of an option before an unknown command", async () => {
    const { code, err } = await type(["--config", "none", "--db", "x.db", "colect"]);
    expect({ code, err }).toEqual({
      code: 2,
      err: 'unknown command "colect"\nhint: did you mean collect?\n',
    });
  });

  test("is also what a command behind -- gets: nothing was run", async () => {
    const { code, err } = await type(["--", "demo"]);
    expect(code).toBe(2);
    expect(err).toContain("usage: inquest COMMAND [options]");
  });

  test("lists every command that there is and no other", async () => {
    const { code, out } = await type(["--help"]);
    expect(code).toBe(0);
    const listed = [...out.matchAll(/^ {2}inquest (\w+)/gm)].map(([, name]) => name);
    expect(listed).toEqual(commandTable.map(({ name }) => name));
  });

  test.each(commandTable.map(({ name }) => name))(
    "of %s has its usage and an example, within 80 columns",
    async (name) => {
      const { code, out, err } = await type([name, "--help"]);
      expect({ code, err }).toEqual({ code: 0, err: "" });
      expect(out).toContain(`usage: inquest ${name}`);
      expect(out).toContain("Examples:");
      expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    },
  );

  test("--version is one line", async () => {
    expect((await type(["--version"])).out).toMatch(/^inquest \d+\.\d+\.\d+\n$/);
  });
});

describe("a word that nobody understands", () => {
  test.each([
    [["zzz"], 'unknown command "zzz"\nhint: inquest --help lists the commands\n'],
    [["incidnts"], 'unknown command "incidnts"\nhint: did you mean incidents?\n'],
    [["show"], "a word is missing after the command\nhint: --help shows the usage\n"],
    [["show", "a", "b"], 'unknown option or word "b"\nhint: --help lists what there is\n'],
    [
      ["db", "polish"],
      'action: "polish" is none of its values\nhint: write one of path, usage, check, backup, prune, reparse\n',
    ],
    [["--db"], "option --db has no value\nhint: a value that starts with - is joined by =: --db=-x\n"],
    [
      ["incidents", "-x", "-web2"],
      "option -x has no value\nhint: a value that starts with - is joined by =: -x=-x\n",
    ],
  ])("%j is a usage error", async (argv, err) => {
    expect(await type(argv)).toEqual({ code: 2, out: "", err });
  });

  test("speaks English whatever the environment speaks", async () => {
    const { err } = await type(["show"], { HOME: folder, LC_ALL: "de_DE.UTF-8", LANG: "zh_CN.UTF-8" });
    expect(err).toContain("a word is missing");
  });
});

describe("the store", () => {
  test.each([
    [[], { HOME: "/home/me" }, "/home/me/.local/state/inquest/inquest.db\n"],
    [[], { HOME: "/home/me", XDG_STATE_HOME: "/state" }, "/state/inquest/inquest.db\n"],
    [[], { HOME: "/home/me", XDG_STATE_HOME: "relative" }, "/home/me/.local/state/inquest/inquest.db\n"],
    [["--db", "/x.db"], { HOME: "/home/me" }, "/x.db\n"],
    [["--db", "x.db"], {}, join(folder, "x.db\n")],
  ])("of %j in %j", async (argv, env, path) => {
    expect(await type(["db", "path", ...argv], env)).toEqual({ code: 0, out: path, err: "" });
  });

  test("cannot be found without a home", async () => {
    expect((await type(["db", "path"], {})).err).toContain("HOME is not set");
  });

  test.each([["incidents"], ["hosts"], ["runs"], ["show", "k-1"], ["export", "csv", "incidents"]])(
    "that does not exist yet is no empty answer to %s",
    async (...argv) => {
      const { code, out, err } = await type(argv);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toContain("there is no store yet\nhint: run inquest collect or inquest import first");
    },
  );
});

describe("completion", () => {
  test.each(["bash", "zsh", "fish"])("for %s asks the command itself", async (shell) => {
    const { code, out } = await type(["completion", shell]);
    expect(code).toBe(0);
    expect(out).toContain("inquest --get-completions");
  });

  test.each([
    [["in"], ["incidents"]],
    [["incidents", "--ki"], ["--kind"]],
    [["incidents", "--kind", "oop"], ["oops"]],
    [["-q", "list", "--sc"], ["--scope"]],
    [
      ["export", ""],
      ["csv", "jsonl", "html"],
    ],
    [
      ["export", "csv", ""],
      ["incidents", "hosts", "recurring"],
    ],
    [["incidents", "-f", "ho"], []],
    [["nonsense", "--qu"], ["--quiet"]],
  ])("of %j", async (words, expected) => {
    const { out } = await type(["--get-completions", ...words]);
    expect(out.split("\n").filter((line) => line !== "")).toEqual(expected);
  });
});

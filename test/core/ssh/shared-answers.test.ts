import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { findPlainNames } from "../../../packages/core/src/ssh/plain-names.ts";
import { shareAnswers } from "../../../packages/core/src/ssh/shared-answers.ts";
import { resolvedTargetOf } from "../../support/sshd/resolved-target-of.ts";
import type { ResolvedTarget } from "../../../packages/core/src/ssh/resolved-target.ts";
import { toTarget } from "../../support/sshd/fleet-options-of.ts";

const folder = mkdtempSync(join(tmpdir(), "inquest-plain-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function plainNamesOf(config: string) {
  const path = join(folder, "config");
  writeFileSync(path, config);
  return findPlainNames(
    `debug1: Reading configuration data ${path}\ndebug1: ${path} line 1: Applying options for *\n`,
  );
}

function answerTo(name: string, port = 22): ResolvedTarget {
  return resolvedTargetOf(name, { port });
}

async function resolveAll(
  names: readonly string[],
  answer: (name: string) => ResolvedTarget,
  isPlain = (_name: string) => true,
) {
  const asked: string[] = [];
  const resolve = shareAnswers(async ({ name }) => {
    asked.push(name);
    return { answer: answer(name), plainNames: isPlain };
  });
  const answers = await Promise.all(names.map((name) => resolve(toTarget({ name }))));
  return { asked, answers };
}

describe("names that no Host line is about", () => {
  test("are those that no pattern means, in whatever case", async () => {
    const isPlain = await plainNamesOf(
      'Include more/*\nHost web1 "db?" *.example.com !db9\n  Port 22\nHost *\n  User me\n',
    );
    expect(["web1", "WEB1", "db7", "a.Example.com"].map(isPlain)).toEqual([false, false, false, false]);
    expect(["web2", "db10", "example.com"].map(isPlain)).toEqual([true, true, true]);
  });

  test.each([
    ["Match", "Match user me\n  Port 1\n"],
    ["canonical names", "CanonicalizeHostname=yes\n"],
    ["an Include for some hosts only", "Host web*\n  Include other\n"],
  ])("are none with %s", async (_title, config) => {
    expect((await plainNamesOf(config))("anything")).toBe(false);
  });

  test("are none where a file cannot be read", async () => {
    expect((await findPlainNames("debug1: Reading configuration data /nowhere/config\n"))("web1")).toBe(
      false,
    );
  });
});

describe("hosts that are alike", () => {
  test("are asked about twice, and each gets its own name", async () => {
    const { asked, answers } = await resolveAll(["A", "b", "c", "d"], (name) => answerTo(name));
    expect(asked).toEqual(["A", "b"]);
    expect(answers).toEqual(["A", "b", "c", "d"].map((name) => answerTo(name)));
  });

  test("are asked about twice, too, where they are listed by their addresses", async () => {
    const asked: string[] = [];
    const resolve = shareAnswers(async ({ name }) => {
      asked.push(name);
      return { answer: answerTo(name), plainNames: () => true };
    });
    const addresses = ["10.0.0.1", "10.0.0.2", "10.0.0.3"];
    await Promise.all(addresses.map((address) => resolve(toTarget({ name: address, address }))));
    expect(asked).toEqual(addresses.slice(0, 2));
  });

  test("are all asked about where the first two differ", async () => {
    const { asked } = await resolveAll(["a", "b", "c"], (name) => answerTo(name, name === "a" ? 1 : 2));
    expect(asked).toEqual(["a", "b", "c"]);
  });

  test("are all asked about where an address is not the name", async () => {
    const { asked } = await resolveAll(["a", "b", "c"], (name) => ({
      ...answerTo(name),
      hostname: "10.0.0.1",
    }));
    expect(asked).toEqual(["a", "b", "c"]);
  });

  test("do not answer for a host that has a Host line of its own", async () => {
    const { asked, answers } = await resolveAll(
      ["own", "a", "b", "c"],
      (name) => answerTo(name, name === "own" ? 9 : 22),
      (name) => name !== "own",
    );
    expect(asked).toEqual(["own", "a", "b"]);
    expect(answers.map(({ port }) => port)).toEqual([9, 22, 22, 22]);
  });
});

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { nearestName } from "../../packages/cli/src/config/nearest-name.ts";
import { settings } from "../../packages/cli/src/config/settings.ts";
import { run } from "../../packages/cli/src/run.ts";
import { memoryIo } from "../support/memory-io.ts";
import type { Answer } from "./support/ask.ts";
import { nowMs, openCaseHistory } from "./support/case-history.ts";

let history: Awaited<ReturnType<typeof openCaseHistory>>;
beforeEach(async () => {
  history = await openCaseHistory();
});
afterEach(async () => history[Symbol.asyncDispose]());

const write = (name: string, content: string): string => {
  const path = join(history.folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
};
const type = async (argv: readonly string[], env: Record<string, string> = {}): Promise<Answer> => {
  const io = memoryIo({
    nowMs,
    cwd: history.folder,
    env: { XDG_CONFIG_HOME: history.folder, HOME: "/home/mia", ...env },
  });
  const code = await run(argv, io);
  return { code, out: io.out(), err: io.err() };
};
const shown = async (
  argv: readonly string[],
  env: Record<string, string> = {},
): Promise<Record<string, string>> => {
  const { out } = await type([...argv, "config", "show", "-o", "json"], env);
  const rows: { name: string; value: string | null; from: string }[] = JSON.parse(out);
  return Object.fromEntries(rows.map(({ name, value, from }) => [name, `${value ?? "-"} (${from})`]));
};

test("says of every setting where its value came from", async () => {
  const path = write(
    "inquest/config.yaml",
    "# ours\nparallel: 32\nhosts: [hosts.txt, ~/more.txt]\n\nbatch: true\ntz: +08:00\n",
  );
  const found = await shown(["--quiet"], { NO_COLOR: "1", XDG_STATE_HOME: "/state" });
  expect(found).toMatchObject({
    parallel: `32 (${path}:2)`,
    hosts: `${join(history.folder, "inquest", "hosts.txt")} /home/mia/more.txt (${path}:3)`,
    batch: `true (${path}:5)`,
    tz: `+08:00 (${path}:6)`,
    quiet: "true (typed --quiet)",
    "no-color": "true (environment NO_COLOR)",
    db: "/state/inquest/inquest.db (environment XDG_STATE_HOME)",
    "connect-timeout": "10 (default)",
    user: "- (default)",
  });
  expect(Object.keys(found)).toEqual(Object.keys(settings));
  expect((await type(["config", "show", "-p", "7"])).out).toMatch(/^parallel +7 +typed --parallel$/m);
});

test("takes the store and the zone from the configuration, and what is typed wins", async () => {
  write("inquest/config.yaml", `db: ${history.db}\ntz: Asia/Tokyo\n`);
  const at = async (...argv: readonly string[]): Promise<string> =>
    (await type(["incidents", "-w", "web01", "--field", "at_local", ...argv])).out;
  expect(await at()).toBe("2026-11-22 03:31:00\n");
  expect(await at("--tz", "Europe/Berlin")).toBe("2026-11-21 19:31:00\n");
  expect(await at("--utc")).toBe("2026-11-21 18:31:00\n");
});

test("visits the configured hosts where none are named", async () => {
  write("inquest/config.yaml", "hosts: list.txt\n");
  write("inquest/list.txt", "db[1-2]\nweb1\n");
  expect((await type(["expand"])).out).toContain("db1");
  expect((await type(["expand", "web9"])).out).not.toContain("db1");
  const dry = await type(["collect", "-n", "-p", "3"]);
  expect(dry.out).toContain("web1");
});

test("reads the named file alone, and none where none is wanted", async () => {
  write("inquest/config.yaml", "parallel: 32\n");
  const other = write("other.yaml", "retries: 0\n");
  expect(await shown(["--config", "other.yaml"])).toMatchObject({
    parallel: "64 (default)",
    retries: `0 (${other}:1)`,
  });
  expect(await shown(["--config=none"])).toMatchObject({ parallel: "64 (default)" });
  const { code, err } = await type(["--config", "missing.yaml", "runs"]);
  expect({ code, err }).toEqual({
    code: 2,
    err: `${join(history.folder, "missing.yaml")}: the configuration cannot be read (ENOENT)\nhint: name another with --config, or none with --config none\n`,
  });
});

test.each([
  [
    "a misspelt setting",
    "a: 1\n".replace("a", "paralel"),
    '1: setting "paralel" is not known\nhint: did you mean parallel?',
  ],
  ["what is no setting", "since: yesterday\n", '1: setting "since" is not known'],
  [
    "a switch that is a word",
    "\nbatch: yes please\n",
    '2: batch: "yes please" is not understood\nhint: write true or false',
  ],
  [
    "a word off the list",
    "sudo: perhaps\n",
    '1: sudo: "perhaps" is not understood\nhint: write one of auto, always, never',
  ],
  [
    "a value that its option refuses",
    "quiet: true\nparallel: 99999\n",
    '2: parallel: number "99999" is not understood',
  ],
  ["a zone that nobody knows", "tz: Mars/Olympus\n", '1: tz: zone "Mars/Olympus" is not known'],
  ["a size", "max-output: much\n", '1: max-output: size "much" is not understood'],
  ["nothing for a value", "user:\n", "1: user: null is not understood"],
  ["a list where one is wanted", "user: [a, b]\n", '1: user: ["a","b"] is not understood'],
  ["a setting twice", "user: a\nuser: b\n", "2: Map keys must be unique"],
  ["what is no YAML", "user: [a\n", "2: Flow sequence"],
  ["a list of nothing", "- a\n", "1: is no list of settings"],
])("refuses %s by file and line", async (_what, content, message) => {
  const path = write("inquest/config.yaml", content);
  const { code, out, err } = await type(["runs"]);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain(`${path}:${message}`);
  expect((await type(["runs", "--help"])).code).toBe(0);
});

test("an empty configuration sets nothing", async () => {
  write("inquest/config.yaml", "# nothing yet\n");
  expect(await shown([])).toMatchObject({ parallel: "64 (default)" });
});

test("finds the nearest name, or none", () => {
  expect(
    ["paralel", "Sudo", "conect-timeout", "zzzzzz"].map((word) => nearestName(word, Object.keys(settings))),
  ).toEqual(["parallel", "sudo", "connect-timeout", null]);
});

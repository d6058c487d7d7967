import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MemoryWorld } from "../support/memory-io.ts";
import type { Answer } from "./support/ask.ts";
import { ask as askHistory } from "./support/ask.ts";
import { openCaseHistory } from "./support/case-history.ts";
import { parsed } from "./support/parsed.ts";

let history: Awaited<ReturnType<typeof openCaseHistory>>;
beforeAll(async () => {
  history = await openCaseHistory();
});
afterAll(async () => history[Symbol.asyncDispose]());

const ask = async (argv: readonly string[], world: MemoryWorld = {}): Promise<Answer> =>
  askHistory(history, argv, world);

const ids = async (...argv: readonly string[]): Promise<string[]> => {
  const { out } = await ask(["incidents", "-o", "jsonl", ...argv]);
  return out
    .split("\n")
    .flatMap((line) => (line === "" ? [] : [parsed<{ id: string }>(line).id.slice(0, 6)]));
};

test("lists deaths oldest first, the undated last, and adds them up on stderr", async () => {
  const { code, out, err } = await ask(["incidents"]);
  expect(code).toBe(0);
  expect(out.split("\n").map((line) => line.split(" ")[0])).toEqual([
    "ID",
    "k-bbbbcc",
    "k-bbbbbb",
    "k-aaaaaa",
    "k-dddddd",
    "",
  ]);
  expect(err).toBe(
    "2 kills, 2 unconfirmed, on 2 hosts\n1 of 3 hosts could not be read on their last visit: inquest hosts\n",
  );
  expect(await ask(["list"])).toEqual({ code, out, err });
});

test("an answer of nothing is exit 1 and says so, and still names the hosts that were not read", async () => {
  const { code, out, err } = await ask(["incidents", "-c", "nobody"]);
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(err).toBe(
    "no incident matches\n1 of 3 hosts could not be read on their last visit: inquest hosts\n",
  );
  expect((await ask(["incidents", "-c", "nobody", "-o", "json"])).out).toBe("[]\n");
  expect((await ask(["incidents", "-c", "nobody", "-q"])).err).toBe("");
});

describe("filters", () => {
  test.each([
    [["-w", "web01"], ["k-aaaa"]],
    [["web[01-02]"], ["k-bbbb", "k-bbbb", "k-aaaa", "k-dddd"]],
    [["--", "web01"], ["k-aaaa"]],
    [["-x", "web02"], ["k-aaaa"]],
    [["web[01-02],-web02"], ["k-aaaa"]],
    [["-f", "-"], ["k-aaaa"]],
    [
      ["-c", "view"],
      ["k-bbbb", "k-aaaa"],
    ],
    [["--pid", "185516"], ["k-bbbb"]],
    [["--uid", "541"], ["k-bbbb"]],
    [["--kind", "segfault", "--kind", "oom-kill", "--scope", "system"], ["k-bbbb"]],
    [["-S", "2026-11-21"], ["k-aaaa"]],
    [["-S", "-2d", "--tz", "UTC"], ["k-aaaa"]],
    [["-U", "2026-11-15"], ["k-bbbb"]],
    [["--grep", "killed process \\d+ \\(view\\)"], ["k-aaaa"]],
    [["--grep", "KILLED"], []],
    [["--run", "1", "-n", "1"], ["k-dddd"]],
    [
      ["-r", "-n", "2"],
      ["k-dddd", "k-aaaa"],
    ],
  ])("%j", async (argv, expected) => {
    const { out } = await ask(["incidents", "-o", "jsonl", ...argv], { stdin: "web01\n" });
    expect(out.match(/"id":"k-\w{4}/g) ?? []).toEqual(expected.map((id) => `"id":"${id}`));
  });

  test("--at asks each host's own clock, both ends in, and marks what may lie in it", async () => {
    // 18:31 UTC is 02:31 in Shanghai; the JVM died at 18:00 local, give or take ten hours.
    expect(await ids("--at", "02:01", "--within", "30m", "-w", "web01")).toEqual(["k-aaaa"]);
    expect(await ids("--at", "02:00:59", "--within", "30m", "-w", "web01")).toEqual([]);
    const { out, err } = await ask(["incidents", "--at", "02:30"]);
    expect(out).toContain("~2026-11-20 18:00:00");
    expect(out).toMatch(/ 2026-11-22 02:31:00/);
    expect(err).toContain("~ less certain than the window: may lie in it");
  });

  test("times without a zone are meant in --tz, else in the collector's zone", async () => {
    const since = ["-S", "2026-11-21 18:30", "-w", "web01"];
    expect(await ids(...since, "--utc")).toEqual(["k-aaaa"]);
    expect(await ids("-S", "2026-11-21 19:32", "-w", "web01", "--tz", "Europe/Berlin")).toEqual([]);
    expect(await ids("-S", "2026-11-21 19:31", "-w", "web01")).toEqual(["k-aaaa"]);
  });
});

describe("forms", () => {
  test("json is one array of whole incidents", async () => {
    const { out } = await ask(["incidents", "-o", "json"]);
    const rows = parsed<{ at_local: string | null }[]>(out);
    expect(rows.map(({ at_local }) => at_local)).toEqual([
      "2026-11-10 08:00:00",
      "2026-11-20 18:00:00",
      "2026-11-22 02:31:00",
      null,
    ]);
  });

  test("--fields picks by the names of either form", async () => {
    const { out } = await ask([
      "incidents",
      "-w",
      "web01",
      "-o",
      "jsonl",
      "--fields",
      "host,victim.name,victim.pid,load1",
    ]);
    expect(JSON.parse(out)).toEqual({ host: "web01", victim: { name: "view", pid: 30_991 }, load1: 3.5 });
    const csv = await ask(["incidents", "-o", "csv", "--fields", "process,pressure,victim.uid"]);
    expect(csv.out).toBe("process,pressure,victim.uid\nview,,52539\n'=java,,541\nview,,52539\n,,\n");
    const table = await ask(["incidents", "-w", "web01", "--fields", "host,at,pressure"]);
    expect(table.out).toBe("HOST   AT                        PRESSURE\nweb01  2026-11-21T18:31:00.000Z  ?\n");
  });

  test("--field has every value once", async () => {
    expect((await ask(["incidents", "--field", "process"])).out).toBe("view\n=java\n");
    expect((await ask(["incidents", "--field", "victim.uid"])).out).toBe("52539\n541\n");
  });

  test("a field that nobody knows is a usage error", async () => {
    const { code, err } = await ask(["incidents", "--fields", "host,vitcim"]);
    expect(code).toBe(2);
    expect(err).toBe(
      'field "vitcim" is not known\nhint: write names as -o json or -o csv have them: host, victim.name, process\n',
    );
  });

  test("--exit-code tells a script that there was something", async () => {
    expect((await ask(["incidents", "--exit-code"])).code).toBe(10);
    expect((await ask(["incidents", "--exit-code", "-c", "nobody"])).code).toBe(1);
  });

  test("a reader that goes away ends the command quietly", async () => {
    expect(await ask(["incidents"], { closesAfter: 0 })).toEqual({ code: 0, out: "", err: "" });
  });

  test("colour is for terminals that want it", async () => {
    const color = { columns: 100, color: true };
    expect((await ask(["incidents"], color)).out).toContain("\u001b[1mID");
    expect((await ask(["incidents", "--no-color"], color)).out).not.toContain("\u001b");
  });
});

describe("refuses", () => {
  test.each([
    [["--pid", "1e3"], '--pid: number "1e3" is not understood'],
    [["--pid", "-1"], '--pid: number "-1" is not understood'],
    [["-n", "0"], '--limit: number "0" is not understood'],
    [["--within", "30m"], "--within says how far from --at, and there is no --at"],
    [["--at", "2:30pm"], '--at: time of day "2:30pm" is not understood'],
    [["--at", "02:30", "--within", "30"], '--within: time span "30" is not understood'],
    [["--tz", "Mars/Olympus"], '--tz: zone "Mars/Olympus" is not known'],
    [["-S", "03/04/2026"], '--since: date "03/04/2026" has two readings'],
    [["-S", "tomorrow", "-U", "yesterday"], "--since is later than --until"],
    [["--grep", "("], '--grep: pattern "(" is not understood'],
    [["-c", ""], "--process: the value is empty"],
    [["-f", "no-such-file"], "no-such-file: the host list cannot be read"],
    [["-w", "web[1-"], "-w:"],
    [["--kind", "murder"], 'kind: "murder" is none of its values'],
    [["--fields", "host,,pid"], '--fields: "host,,pid" has an empty name in it'],
    [["--bogus"], 'unknown option or word "bogus"'],
    [["-S"], "option -S has no value"],
  ])("%j with exit 2, a message and mostly a hint", async (argv, message) => {
    const { code, out, err } = await ask(["incidents", ...argv]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
  });
});

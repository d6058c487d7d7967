import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { displayWidth } from "../../packages/cli/src/render/display-width.ts";
import { ask as askStore } from "./support/ask.ts";
import { openHostileHistory } from "./support/hostile-history.ts";
import { openWideHistory, wideHosts } from "./support/wide-history.ts";

let history: Awaited<ReturnType<typeof openWideHistory>>;
beforeAll(async () => {
  history = await openWideHistory();
  await writeFile(join(history.folder, "hosts.txt"), `operations@${wideHosts[1]}:22022\n`);
  await askStore(history, ["annotate", "k-000000000001", "--note", `${sentence} ${sentence}`], terminal);
  await writeFile(join(history.folder, "notes.txt"), "nothing of a kernel\n");
});
afterAll(async () => history[Symbol.asyncDispose]());

const sentence = "it was the disk of the log host after all and not the JVM";
const terminal = {
  columns: 80,
  nowMs: Date.parse("2026-11-23T03:00:00Z"),
  env: { HOME: "/home/you", PATH: process.env["PATH"] ?? "" },
};

/** Lines wider than the terminal that have a blank to break at, left of which they would be shorter. */
function tooWide(text: string): readonly string[] {
  return text
    .split("\n")
    .filter((line) => displayWidth(line) > 80 && /\S \S/.test(line.replace(/^ *[^:]*: /, "")));
}

const lines: readonly (readonly string[])[] = [
  ["incidents"],
  ["incidents", "-v"],
  ["incidents", "--fields", "host,process,cgroup"],
  ["hosts"],
  ["show", "k-000000000001"],
  ["show", "k-100000000001", "-v"],
  ["why", wideHosts[0]],
  ["why", wideHosts[1]],
  ["why", "web03"],
  ["recurring"],
  ["recurring", "--by", "process"],
  ["runs"],
  ["runs", "1"],
  ["expand", "-f", "hosts.txt"],
  ["annotate", "k-000000000001", "--cause", sentence, "-n"],
  ["annotate", "k-000000000001", "--history"],
  ["import", "--host", "web01", "notes.txt"],
  ["run", "-n", "-w", "web01", "--", "uptime"],
  ["check", "-b", "-w", "127.0.0.9:1"],
  ["run", "-b", "-w", "127.0.0.9:1", "--", "uptime"],
  ["collect", "-b", "-w", "127.0.0.9:1", "--label", sentence],
  ["db", "usage"],
  ["db", "check"],
  ["db", "prune", "--older-than", "400d", "-n"],
  ["config", "show"],
  ["import", "a-file-that-is-not-there", sentence],
  ["why", "a host that nobody has ever heard of and whose name is a sentence, too"],
];

test.each(lines.map((argv) => ({ line: argv.join(" "), argv })))(
  "$line fits a terminal of 80 columns",
  async ({ argv }) => {
    const { out, err } = await askStore(history, argv, terminal);
    expect(out + err).not.toBe("");
    expect(tooWide(out + err)).toEqual([]);
  },
);

test("what hostile hosts wrote fits as well, whatever lists or shows it", async () => {
  await using hostile = await openHostileHistory();
  const ids = (await askStore(hostile, ["incidents", "--field", "id"])).out.trimEnd().split("\n");
  const shown = ids.flatMap((id) => [
    ["show", id],
    ["annotate", id, "--history"],
  ]);
  for (const argv of [["incidents", "-v"], ["hosts"], ["recurring"], ["runs"], ...shown]) {
    const { out } = await askStore(hostile, argv, terminal);
    expect({ argv, wide: tooWide(out) }).toEqual({ argv, wide: [] });
  }
});

import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { provideSshd, putOnPath } from "../support/sshd/provide-sshd.ts";
import type { ExampleServers } from "./support/example-servers.ts";
import { startExampleServers } from "./support/example-servers.ts";
import type { Desk } from "./support/transcript.ts";
import { typeBlock } from "./support/transcript.ts";

const repository = join(import.meta.dirname, "../..");
/** With UPDATE_DOCS=1 the pages are written anew instead of compared. */
const isUpdate = process.env["UPDATE_DOCS"] === "1";
const nowMs = Date.parse("2026-11-15T09:00:00+08:00");
const blocks = /^```console\n([\s\S]*?)^```$/gm;

const pages = globSync("docs/**/*.md", { cwd: repository })
  .toSorted()
  .map((path) => ({ path, text: readFileSync(join(repository, path), "utf8") }))
  .filter(({ text }) => text.match(blocks) !== null);

/** What was typed before a page begins; its line `<!-- scene: NAME -->` tells which, `imported` without one. */
const scenes: Readonly<Record<string, readonly string[]>> = {
  empty: [],
  imported: [
    "import --tz Asia/Shanghai docs/example/messages",
    "import --tz Asia/Shanghai --host app-02 --boot-time 2026-10-31T20:40+08:00 docs/example/app-02.dmesg",
    "import --tz Asia/Shanghai --host app-02 --captured-at 2026-11-14T20:00+08:00 docs/example/app-02.ps",
  ],
  collected: ["import --tz Asia/Shanghai docs/example/messages", "collect -f docs/example/hosts.txt"],
};

let folder: string;
let servers: ExampleServers;
let desk: Desk;

beforeAll(async () => {
  putOnPath(await provideSshd());
  folder = mkdtempSync(join(tmpdir(), "inquest-pages-"));
  servers = await startExampleServers(join(repository, "docs/example"), folder, nowMs);
});
afterAll(async () => {
  await servers?.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  // Both clocks stand still; timers go on.
  vi.useFakeTimers({ toFake: ["Date"], now: nowMs });
  vi.spyOn(performance, "now").mockReturnValue(0);
  const home = mkdtempSync(join(folder, "home-"));
  const settings = join(home, ".config/inquest");
  mkdirSync(settings, { recursive: true });
  writeFileSync(join(settings, "config.yaml"), `ssh-config: ${servers.configFile}\n`);
  cpSync(join(repository, "docs/example"), join(home, "docs/example"), { recursive: true });
  desk = { cwd: home, home, zone: "Asia/Shanghai", nowMs };
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("what the pages show is what the commands print", () => {
  test.each(pages)("$path", async ({ path, text }) => {
    const scene = /<!-- scene: (\w+) -->/.exec(text)?.[1] ?? "imported";
    for (const line of scenes[scene] ?? [`no scene ${scene}`]) await typeBlock(`$ inquest ${line}`, desk);
    let made = "";
    let end = 0;
    for (const match of text.matchAll(blocks)) {
      const block = await typeBlock(match[1] ?? "", desk);
      made += `${text.slice(end, match.index)}\`\`\`console\n${block}\`\`\``;
      end = match.index + match[0].length;
    }
    made += text.slice(end);
    if (isUpdate) writeFileSync(join(repository, path), made);
    const said = isUpdate ? made : text;
    expect(made, "UPDATE_DOCS=1 vitest run --project unit test/docs makes the pages anew").toBe(said);
  });
});

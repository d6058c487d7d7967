import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../../packages/cli/src/run.ts";
import { memoryIo } from "../support/memory-io.ts";
import { hasSharedData, readShared } from "../support/shared-data.ts";
import type { HostFleet } from "../support/test-fleet.ts";
import { startFleet } from "../support/test-fleet.ts";

interface Row {
  readonly host: string;
  readonly confirmed: boolean;
  readonly at: string | null;
  readonly victim: { readonly pid: number; readonly name: string; readonly uid: number | null };
  readonly selected: { readonly pid: number; readonly name: string };
  readonly trigger: { readonly pid: number | null; readonly name: string | null };
}

const dmesg = (stdout: string) => ({ files: { "dev/kmsg": null }, commands: { dmesg: { stdout } } });
const story = (name: string): string => `${readShared(`story/${name}`).trimEnd()}\n`;

// Skipped, and shown as skipped, where the recorded case is not there: it does not travel with the project.
describe.skipIf(!hasSharedData)("the recorded nights, served by real sshd", () => {
  let fleet: HostFleet;
  let folder: string;
  let rows: readonly Row[];

  const ask = async (...words: readonly string[]) => {
    const io = memoryIo({
      env: { HOME: folder, PATH: process.env["PATH"] ?? "" },
      cwd: folder,
      nowMs: Date.now(),
    });
    const code = await run([...words, "--db", join(folder, "inquest.db")], io);
    return { code, out: io.out() };
  };
  const collect = async () => {
    const { out } = await ask("collect", "-b", "-F", fleet.configFile, "-f", fleet.hostList, "-o", "json");
    return JSON.parse(out) as { new_incidents: number; known_incidents: number };
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "inquest-story-"));
    fleet = await startFleet({
      host127: dmesg(story("dmesg-20150419.log")),
      xxx041: dmesg(story("dmesg-20150422-before.log") + story("dmesg-20150422-after.log")),
      xxx040: dmesg(story("dmesg-20150430.log")),
    });
    await collect();
    rows = JSON.parse((await ask("incidents", "-o", "json")).out) as Row[];
  });
  afterAll(async () => {
    await fleet.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const on = (host: string): readonly Row[] => rows.filter((row) => row.host === host);

  test("54 deaths on three hosts, each once", () => {
    expect(rows).toHaveLength(54);
  });

  test("51 deaths on 2015-04-19, who was selected kept apart from who died", () => {
    const deaths = on("host127");
    const count = (name: string): number => deaths.filter(({ victim }) => victim.name === name).length;
    expect([deaths.length, count("java"), count("DragoonAgent")]).toEqual([51, 25, 13]);
    expect(deaths.find(({ selected }) => selected.pid === 4057)).toMatchObject({
      selected: { pid: 4057, name: "DragoonAgent" },
      victim: { pid: 174_493, name: "get_busbar_volt", uid: 120_063 },
    });
  });

  test("two on 2015-04-22, the second with its own header", () => {
    expect(
      on("xxx041").map(({ victim, trigger }) => [victim.pid, victim.name, trigger.name, trigger.pid]),
    ).toEqual([
      [185_516, "java", null, null],
      [30_991, "view", "rsync", 33_825],
    ]);
  });

  test("one unconfirmed on 2015-04-30", () => {
    expect(on("xxx040")).toMatchObject([{ confirmed: false, victim: { pid: 194_223, name: "java" } }]);
  });

  test("collecting again adds none, and no time is in the future", async () => {
    expect(await collect()).toMatchObject({ new_incidents: 0, known_incidents: 54 });
    expect(rows.filter(({ at }) => at !== null && Date.parse(at) > Date.now())).toEqual([]);
  });
});

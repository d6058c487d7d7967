import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../../packages/cli/src/run.ts";
import { memoryIo } from "../support/memory-io.ts";
import type { HostFleet } from "../support/test-fleet.ts";
import { hang, startFleet } from "../support/test-fleet.ts";

const boot = "6,0,0,-;Linux version 5.14.0-503.el9.x86_64\n";
const kill =
  "Out of memory: Killed process 4711 (java) total-vm:800kB, anon-rss:600kB, file-rss:4kB, shmem-rss:0kB, UID:1000 pgtables:8kB oom_score_adj:0";

let fleet: HostFleet;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inquest-by-openssh-"));
  fleet = await startFleet({
    good01: { files: { "dev/kmsg": `${boot}3,1,9000000000,-;${kill}\n` } },
    good02: {},
    hangs01: { instead: hang },
    refuses01: { sshdConfig: ["AuthorizedKeysFile /nonexistent"] },
  });
});
afterAll(async () => {
  await fleet?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function type(...words: readonly string[]) {
  const io = memoryIo({
    cwd: folder,
    env: { HOME: folder, PATH: process.env["PATH"] ?? "" },
    secrets: ["a password"],
  });
  const code = await run(words, io);
  return { code, out: io.out(), err: io.err() };
}
const byOpenssh = (command: string, ...words: readonly string[]) =>
  type(command, "-F", fleet.configFile, "--transport", "openssh", ...words);

describe("--transport openssh", () => {
  test("collects what ssh2 collects, with the same states", async () => {
    const answers: unknown[] = [];
    for (const transport of ["ssh2", "openssh"]) {
      const db = join(folder, `${transport}.db`);
      const words = ["-b", "-u", "2", "-f", fleet.hostList, "--transport", transport, "-o", "json"];
      const { code, out } = await type("--db", db, "collect", "-F", fleet.configFile, ...words);
      const { hosts, new_incidents, failed } = JSON.parse(out);
      const listed = await type("--db", db, "incidents", "-o", "json");
      const incidents = JSON.parse(listed.out).map((one: Record<string, unknown>) => [
        one["host"],
        one["kind"],
        one["victim"],
        one["stamp_s"],
      ]);
      answers.push({ code, hosts, new_incidents, failed, incidents });
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[1]).toMatchObject({
      code: 3,
      new_incidents: 1,
      hosts: { ok: 2, auth: 1, "timeout-command": 1 },
    });
  });

  test("runs commands, and knows a command's own 255", async () => {
    const { code, out } = await byOpenssh(
      "run",
      "-b",
      "-S",
      "-w",
      "good01",
      "--",
      "sh -c 'echo here; exit 255'",
    );
    expect({ code, out }).toEqual({ code: 255, out: "good01: here\n" });
  });

  test("checks hosts", async () => {
    const { out } = await byOpenssh("check", "-b", "-w", "good01,refuses01", "-o", "json");
    const checked: { host: string; checks: { id: string; ok: boolean | null }[] }[] = JSON.parse(out);
    expect(
      checked.map(({ host, checks }) => [host, checks.filter(({ ok }) => ok === false).map(({ id }) => id)]),
    ).toEqual([
      ["good01", []],
      ["refuses01", ["login"]],
    ]);
  });

  test("refuses a password, which it could not give to ssh; with -b nobody is asked for one", async () => {
    const { code, err } = await byOpenssh("run", "-A", "-w", "good01", "--", "true");
    expect(code).toBe(2);
    expect(err).toMatch(/^--transport openssh: ssh is not given a password, -A has no use$/m);
    expect((await byOpenssh("run", "-A", "-b", "-w", "good01", "--", "true")).code).toBe(0);
  });

  test("says that there is no ssh before anything is begun", async () => {
    const path = process.env["PATH"];
    process.env["PATH"] = folder;
    try {
      const { code, err } = await byOpenssh("run", "-b", "-w", "good01", "--", "true");
      expect(code).toBe(2);
      expect(err).toMatch(/--transport openssh: there is no ssh on the PATH$/m);
    } finally {
      process.env["PATH"] = path;
    }
  });

  test("is told by a dry run", async () => {
    const { out } = await byOpenssh("run", "-n", "-w", "good01", "--", "true");
    expect(out).toMatch(/^limits: .*, by the system's ssh$/m);
  });

  test("may be a setting", async () => {
    const config = join(folder, "config.yaml");
    await writeFile(config, "transport: openssh\n");
    const words = ["run", "-F", fleet.configFile, "-A", "-w", "good01", "--", "true"];
    const { code, err } = await type("--config", config, ...words);
    expect([code, err]).toEqual([2, expect.stringContaining("--transport openssh")]);
  });
});

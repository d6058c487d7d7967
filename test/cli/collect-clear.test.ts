import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStore } from "@inquest/store";
import type { HostFleet } from "../support/test-fleet.ts";
import { startFleet } from "../support/test-fleet.ts";
import { ask as askStore } from "./support/ask.ts";

let fleet: HostFleet;
let folder: string;
const bootId = "8d1f77c2-5a0d-4c9e-9b3e-2d7f00c1a5e4";
const kill = (pid: number): string =>
  `Out of memory: Killed process ${pid} (java) total-vm:800kB, anon-rss:600kB, file-rss:4kB, shmem-rss:0kB, UID:1000 pgtables:8kB oom_score_adj:0`;
const ringOf = (name: string): string => join(folder, `${name}.ring`);
const shownOf = (name: string): string => join(folder, `${name}.dmesg`);

/** A dmesg of util-linux over a text of its own: -C empties it. It must not be asked to before the kill is stored. */
const dmesg = (name: string): string => `
for word; do
  case $word in
    -C)
      grep -q 'java' '${folder}/inquest.db' '${folder}/inquest.db-wal' && echo stored >>'${folder}/order'
      : >'${shownOf(name)}'; exit ;;
  esac
done
cat '${shownOf(name)}'
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inquest-clear-"));
  const files = (at: number) => ({
    "proc/sys/kernel/random/boot_id": `${bootId.replace("8d1f", `8d1${at}`)}\n`,
  });
  fleet = await startFleet({
    // The kernel's own file shows what was cleared all the same.
    kmsg01: {
      files: { ...files(1), "dev/kmsg": null },
      links: { "dev/kmsg": ringOf("kmsg01") },
      commands: { dmesg: dmesg("kmsg01") },
    },
    dmesg01: { files: { ...files(2), "dev/kmsg": null }, commands: { dmesg: dmesg("dmesg01") } },
    // While its log is stored a line comes.
    busy01: {
      files: { ...files(3), "dev/kmsg": null },
      commands: {
        dmesg: `cat '${folder}/busy01.dmesg'; echo '<6>[ 9000.000001] eth0: down' >>'${folder}/busy01.dmesg'`,
      },
    },
    refused01: {
      files: { ...files(4), "dev/kmsg": `3,1,5000000,-;${kill(4714)}\n` },
      commands: {
        dmesg: "echo 'dmesg: clear kernel buffer failed: Operation not permitted' >&2; exit 1",
        sudo: "echo 'sudo: a password is required' >&2; exit 1",
      },
    },
  });
  await writeFile(ringOf("kmsg01"), `3,1,5000000,-;${kill(4711)}\n`);
  for (const [at, name] of ["kmsg01", "dmesg01", "busy01"].entries())
    await writeFile(shownOf(name), `<3>[    5.000000] ${kill(4711 + at)}\n`);
});
afterAll(async () => {
  await fleet?.stop();
  await rm(folder, { recursive: true, force: true });
});

const ask = (...words: readonly string[]) =>
  askStore({ folder, db: join(folder, "inquest.db") }, words, {
    env: { HOME: folder, PATH: process.env["PATH"] ?? "" },
    nowMs: Date.now(),
  });
const collect = (...words: readonly string[]) => ask("collect", "-b", "-F", fleet.configFile, ...words);

async function coverageOf(host: string) {
  const store = await openStore(join(folder, "inquest.db"), { readOnly: true });
  const [latest] = await store.runs(1);
  const visits = await store.visits(latest?.run ?? 0);
  await store.close();
  const visit = visits.find((one) => one.host === host);
  return { state: visit?.state, via: visit?.coverage?.via, continuity: visit?.coverage?.continuity };
}

test("without --clear nothing is cleared", async () => {
  expect((await collect("-w", "kmsg01")).code).toBe(0);
  expect(await readFile(shownOf("kmsg01"), "utf8")).not.toBe("");
});

test("the log is cleared once its lines are stored", async () => {
  const { code, err } = await collect("-w", "kmsg01,dmesg01", "--clear");
  expect(err).not.toContain("not cleared");
  expect(code).toBe(0);
  expect(await readFile(shownOf("kmsg01"), "utf8")).toBe("");
  expect(await readFile(shownOf("dmesg01"), "utf8")).toBe("");
  expect(await readFile(join(folder, "order"), "utf8")).toBe("stored\nstored\n");
});

test("a later collection of a log with sequence numbers joins without a gap", async () => {
  await writeFile(ringOf("kmsg01"), `3,1,5000000,-;${kill(4711)}\n3,2,7000000,-;${kill(4799)}\n`);
  expect((await collect("-w", "kmsg01")).code).toBe(0);
  expect(await coverageOf("kmsg01")).toEqual({ state: "ok", via: "kmsg", continuity: "complete" });
  const { out } = await ask("incidents", "kmsg01", "-o", "json");
  expect(JSON.parse(out)).toHaveLength(2);
});

test("where only dmesg tells, a later collection owns that it cannot know", async () => {
  await writeFile(shownOf("dmesg01"), "<6>[ 8000.000000] eth0: up\n");
  expect((await collect("-w", "dmesg01")).code).toBe(0);
  expect(await coverageOf("dmesg01")).toEqual({
    state: "ok-truncated",
    via: "dmesg",
    continuity: "possible-gap",
  });
});

test("a log that only dmesg tells is not cleared when lines have come since", async () => {
  const { code, err } = await collect("-w", "busy01", "--clear");
  expect(code).toBe(0);
  expect(err).toContain("busy01: kernel log not cleared: lines have come since it was read\n");
});

test("a host that refuses is warned of, and its state stays", async () => {
  const { code, err } = await collect("-w", "refused01", "--clear");
  expect(code).toBe(0);
  expect(err).toContain("refused01: kernel log not cleared: sudo: a password is required\n");
  expect((await collect("-q", "-w", "refused01", "--clear", "--sudo", "never")).err).toContain(
    "refused01: kernel log not cleared: dmesg: clear kernel buffer failed: Operation not permitted\n",
  );
});

test("-q leaves the warning of a log that was not cleared", async () => {
  const { code, err } = await collect("-w", "refused01", "--clear", "-q");
  expect({ code, err }).toEqual({
    code: 0,
    err: "refused01: kernel log not cleared: sudo: a password is required\n",
  });
});

test("the dry run shows the second command, and only with --clear", async () => {
  const { out } = await collect("-w", "kmsg01", "--clear", "--dry-run");
  expect(out).toContain("  exec sh -s -- '' auto STAMP\n");
  expect(out).toContain('"$@" dmesg -C');
  expect((await collect("-w", "kmsg01", "--dry-run")).out).not.toContain("dmesg -C");
});

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../../packages/cli/src/run.ts";
import { memoryIo } from "../support/memory-io.ts";
import type { HostFleet } from "../support/test-fleet.ts";
import { startFleet } from "../support/test-fleet.ts";

interface Row {
  readonly id: string;
  readonly at: string | null;
  readonly at_error_s: number | null;
  readonly at_method: string;
  readonly victim: { readonly pid: number };
}

interface Detail extends Row {
  readonly anchors: readonly { readonly bound: string; readonly kind: string; readonly run: number | null }[];
}

const nowS = Math.floor(Date.now() / 1000);
/** The story's machine: up for 324 days when it is read; its container for a few hours. */
const [hostUptimeS, killStampS] = [28_049_000.25, 28_039_610.565_138];
/** A machine that is read six hours apart, beginning a day and a half ago; its stamps gain 40 ppm on the calendar. */
const [bootS, stampRate] = [nowS - 40 * 86_400, 1 + 4e-5];
const startS = nowS - 36 * 3600;
const stampAt = (atS: number): number => (atS - bootS) * stampRate;

const kill = (pid: number): string =>
  `Out of memory: Killed process ${pid} (java) total-vm:800kB, anon-rss:600kB, file-rss:4kB, shmem-rss:0kB, UID:1000 pgtables:8kB oom_score_adj:0`;
const line = (stampS: number, text: string): string => `[${stampS.toFixed(6).padStart(12)}] ${text}\n`;

let fleet: HostFleet;
let folder: string;

async function ask(...words: readonly string[]) {
  const io = memoryIo({
    env: { HOME: folder, PATH: process.env["PATH"] ?? "" },
    cwd: folder,
    nowMs: Date.now(),
  });
  const code = await run([...words, "--db", join(folder, "inquest.db")], io);
  return { code, out: io.out(), err: io.err() };
}

const collect = (host: string) => ask("collect", "-b", "-F", fleet.configFile, "-w", host);
const incidents = async (host: string): Promise<readonly Row[]> =>
  JSON.parse((await ask("incidents", "-w", host, "-o", "json")).out) as Row[];
const missS = ({ at }: Row, trueS: number): number => Math.abs(Date.parse(at ?? "") / 1000 - trueS);

/** Lets the steady host be read at an instant, with these kills in its log. */
async function setSteady(atS: number, killsAtS: readonly number[], hasCpuClock: boolean): Promise<void> {
  const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);
  await write("date", `${atS}.250000000 +0000\n`);
  await write("uptime", `${(atS - bootS).toFixed(2)} 1.00\n`);
  await write("self-stat", `77 (sh) R 1 1 1 0 -1 4 9 0 0 0 0 0 0 0 20 0 1 0 ${(atS - bootS) * 100} 1 1\n`);
  const clockMs = (stampAt(atS + 0.25) * 1000).toFixed(6);
  await write("sched_debug", hasCpuClock ? `Sched Debug Version: v0.11\ncpu_clk   : ${clockMs}\n` : "");
  const kills = killsAtS.map((killS) => line(stampAt(killS), kill(killS - bootS)));
  await write("steady.log", [line(stampAt(startS - 7200), "eth0: link up"), ...kills].join(""));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inquest-clock-"));
  await setSteady(startS, [], false);
  fleet = await startFleet({
    container01: {
      files: {
        "dev/kmsg": null,
        "proc/uptime": "13561.00 1.00\n",
        "proc/self/stat": `77 (sh) R 1 1 1 0 -1 4 9 0 0 0 0 0 0 0 20 0 1 0 ${hostUptimeS * 100} 1 1\n`,
        "proc/stat": `btime ${Math.round(nowS - hostUptimeS)}\n`,
        "proc/self/mountinfo":
          "22 27 0:21 / /proc rw - proc proc rw\n23 22 0:44 / /proc/uptime rw - fuse.lxcfs lxcfs rw\n",
      },
      commands: {
        date: null,
        dmesg: { stdout: line(killStampS - 1000, "eth0: link up") + line(killStampS, kill(30_991)) },
      },
    },
    steady01: {
      files: {
        "dev/kmsg": null,
        "proc/uptime": null,
        "proc/self/stat": null,
        "proc/stat": `btime ${bootS}\n`,
      },
      links: {
        "proc/uptime": join(folder, "uptime"),
        "proc/self/stat": join(folder, "self-stat"),
        "proc/sched_debug": join(folder, "sched_debug"),
      },
      commands: { date: `cat '${folder}/date'`, dmesg: `cat '${folder}/steady.log'` },
    },
  });
}, 60_000);
afterAll(async () => {
  await fleet?.stop();
  await rm(folder, { recursive: true, force: true });
});

test("a host whose uptime is its container's gives no future time but one that holds the truth", async () => {
  await collect("container01");
  const [row] = await incidents("container01");
  if (row === undefined) throw new Error("no incident");
  expect(row.at_method).toBe("foreign-uptime");
  expect(Date.parse(row.at ?? "")).toBeLessThan(Date.now());
  expect(missS(row, nowS - (hostUptimeS - killStampS))).toBeLessThan(row.at_error_s ?? 0);
  // 100 ppm of 324 days.
  expect(row.at_error_s).toBeLessThan(2900);
  const { out } = await ask("show", row.id);
  expect(out).toContain("assumes: no suspend or pause since the boot\n");
  expect(out).toContain("by the kernel's age (/proc/uptime is a container's), [28049000.250000], run 1\n");
});

describe("a host that is read again and again", () => {
  const [first, second] = [startS - 3600, startS + 4 * 3600];

  test("is dated by its uptime at first, then between two collections, then by the log's own clock", async () => {
    await setSteady(startS, [first], false);
    await collect("steady01");
    const [alone] = await incidents("steady01");
    expect(alone?.at_method).toBe("uptime");
    expect(alone?.at_error_s).toBeGreaterThan(200);

    await setSteady(startS + 6 * 3600, [first, second], false);
    await collect("steady01");
    const between = (await incidents("steady01")).at(-1);
    expect(between?.at_method).toBe("bracketed");
    expect(between === undefined ? Infinity : missS(between, second)).toBeLessThan(between?.at_error_s ?? 0);

    await setSteady(startS + 12 * 3600, [first, second], true);
    await collect("steady01");
    const rows = await incidents("steady01");
    expect(rows.map(({ at_method: method }) => method)).toEqual(["near", "near"]);
    for (const [row, trueS] of [
      [rows[0], first],
      [rows[1], second],
    ] as const) {
      if (row === undefined) throw new Error("no incident");
      expect(row.at_error_s).toBeLessThan(6);
      expect(missS(row, trueS)).toBeLessThan(row.at_error_s ?? 0);
    }
    expect(rows.map(({ id }) => id)).toEqual([alone?.id, between?.id]);
  });

  test("shows which anchors made the bounds", async () => {
    const [row] = await incidents("steady01");
    const { anchors } = JSON.parse((await ask("show", row?.id ?? "", "-o", "json")).out) as Detail;
    expect(anchors.map(({ bound, kind }) => [bound, kind])).toEqual([
      ["earliest", "cpu-clock"],
      ["latest", "cpu-clock"],
    ]);
    const { out } = await ask("show", row?.id ?? "");
    expect(out).toMatch(/assumes: no suspend or pause between the record and the anchor\n/);
    expect(out).toMatch(/earliest: by the log's own clock \(cpu_clk\), \[\d+\.\d{6}\], run 4\n/);
  });

  test("once more is dated between two readings of that clock", async () => {
    await setSteady(startS + 18 * 3600, [first, second, startS + 15 * 3600], true);
    await collect("steady01");
    const last = (await incidents("steady01")).at(-1);
    expect(last?.at_method).toBe("anchored");
    expect(last?.at_error_s).toBeLessThan(3);
  });

  test("says the same when its evidence is read again", async () => {
    const before = await incidents("steady01");
    const { out } = await ask("db", "reparse");
    expect(out).toContain("4 incidents, 4 before, 0 changed, 0 gone");
    expect(await incidents("steady01")).toEqual(before);
  });
});

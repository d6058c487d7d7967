import { describe, expect, test } from "vitest";
import type { Sighting } from "@inquest/core";
import { recordKeysOf } from "../../../packages/core/src/normalize/record-keys.ts";
import { stampDater } from "../../../packages/core/src/clock/stamp-dater.ts";
import type { Scene } from "../../../packages/core/src/normalize/scene.ts";
import { sightingsOf } from "../../../packages/core/src/normalize/sightings-of.ts";
import { readKernelLog } from "../../../packages/core/src/parse/kernel-log/read-kernel-log.ts";
import { parseOomReports } from "../../../packages/core/src/parse/oom/parse-oom-reports.ts";

/** Deaths of a log on a host whose stamp 0 was at 2026-11-23T00:00:00Z, in Shanghai. */
function sightings(lines: readonly string[], changes: Partial<Scene> = {}): readonly Sighting[] {
  const { records } = readKernelLog(Buffer.from(lines.map((line) => `${line}\n`).join("")));
  const bootMs = Date.parse("2026-11-23T00:00:00Z");
  const scene: Scene = {
    host: "web01",
    groups: ["web"],
    boot: "boot-a",
    bootId: "boot-a",
    kernel: "6.1.0",
    pageSizeKiB: 4,
    zone: "Asia/Shanghai",
    utcOffsetS: 28_800,
    timeOf: (record) =>
      stampDater([{ kind: "uptime", stampS: 0, loMs: bootMs, hiMs: bootMs, bootAtMs: null }], {
        drift: 0,
        latestMs: Infinity,
      })(record?.stampUs ?? null).time,
    keyOf: recordKeysOf(records),
    users: new Map([[1000, "alice"]]),
    source: "collect",
    ...changes,
  };
  return parseOomReports(records).flatMap((report) => sightingsOf(report, scene));
}

const header =
  "[  100.000001] nginx invoked oom-killer: gfp_mask=0x100cca(GFP_HIGHUSER_MOVABLE), order=0, oom_score_adj=0";
const table = [
  "[  100.000002] Tasks state (memory values in pages):",
  "[  100.000003] [  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name",
  "[  100.000004] [   4711]  1000  4711   500000   300000  4096000        0           -17 java",
  "[  100.000005] [   4712]     0  4712     1000      500    40960        0             0 nginx",
];
const chosen =
  "[  100.000006] oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/pods,task_memcg=/pods/a,task=java,pid=4711,uid=1000";
const killed =
  "[  100.000007] Memory cgroup out of memory: Killed process 4711 (java) total-vm:2000000kB, anon-rss:1190000kB, file-rss:10000kB, shmem-rss:0kB, UID:1000 pgtables:4000kB oom_score_adj:-17";

describe("one death", () => {
  const [sighting] = sightings([header, ...table, chosen, killed]);
  const incident = sighting?.incident;

  test("is placed on its host, in its zone and on the calendar", () => {
    expect(incident).toMatchObject({
      kind: "oom-kill",
      host: "web01",
      groups: ["web"],
      confirmed: true,
      scope: "memcg",
      zone: "Asia/Shanghai",
      utcOffsetS: 28_800,
      stampUs: 100_000_007,
      time: { atMs: Date.parse("2026-11-23T00:01:40.000Z"), errorS: 1, method: "uptime" },
      taskCount: 2,
      sources: ["collect"],
    });
    expect(incident?.id).toMatch(/^k-[0-9a-f]{12}$/);
    expect(incident?.reportId).toMatch(/^o-[0-9a-f]{12}$/);
  });

  test("names the victim's user as ps of the same visit tells it, and his cgroup as the kernel does", () => {
    expect(incident?.victim).toMatchObject({ pid: 4711, uid: 1000, user: "alice", cgroup: "/pods/a" });
    expect(sightings([killed], { users: new Map() })[0]?.incident.victim).toMatchObject({
      uid: 1000,
      user: null,
      cgroup: null,
    });
  });

  test("is led to by its own line first, then by the lines that announce it", () => {
    expect(sighting?.keys).toHaveLength(6);
    expect(sightings([killed])[0]?.keys).toEqual(sighting?.keys.slice(0, 2));
    expect(sightings([header, ...table, chosen])[0]?.keys).toEqual(sighting?.keys.slice(2));
  });

  test("keeps its id when the log has since lost everything but its death line", () => {
    expect(sightings([killed])[0]?.incident.id).toBe(incident?.id);
  });

  test("is another death on another host and in another boot", () => {
    const elsewhere = sightings([killed], { host: "web02" })[0];
    const later = sightings([killed], { boot: "boot-b", bootId: "boot-b" })[0];
    expect(new Set([incident?.id, elsewhere?.incident.id, later?.incident.id]).size).toBe(3);
    expect(later?.keys).not.toEqual(elsewhere?.keys);
  });

  test("has no suspects and no table where only its death line is left", () => {
    expect(sightings([killed])[0]?.incident).toMatchObject({
      taskCount: null,
      suspects: null,
      selected: null,
      trigger: null,
    });
  });
});

describe("a kill that is announced and whose death line is missing", () => {
  const announced = [header, ...table, chosen];

  test("is one unconfirmed death of the selected task", () => {
    const found = sightings(announced);
    expect(found).toHaveLength(1);
    expect(found[0]?.incident).toMatchObject({
      confirmed: false,
      victim: { pid: 4711, name: "java", uid: 1000, user: "alice", oomScoreAdj: -17 },
      selected: { pid: 4711, name: "java" },
      stampUs: 100_000_006,
    });
  });

  test("takes the figures of its row, in KiB of the host's page size, and leaves out what no row has", () => {
    const victim = sightings(announced, { pageSizeKiB: 16 })[0]?.incident.victim;
    expect(victim).toMatchObject({ totalVmKiB: 8_000_000, pgtablesKiB: 4000, anonRssKiB: null });
    expect(sightings(announced, { pageSizeKiB: null })[0]?.incident).toMatchObject({
      victim: { totalVmKiB: null },
      suspects: [
        { name: "java", rssKiB: null },
        { name: "nginx", rssKiB: null },
      ],
    });
  });

  test("is confirmed by the reaper", () => {
    const reaped =
      "[  100.100000] oom_reaper: reaped process 4711 (java), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB";
    const found = sightings([...announced, reaped]);
    expect(found.map(({ incident }) => incident.confirmed)).toEqual([true]);
  });
});

test("the page size that a report proves is believed before the host's", () => {
  const [sighting] = sightings([header, ...table, killed], { pageSizeKiB: 64 });
  expect(sighting?.incident.suspects?.[0]).toMatchObject({ name: "java", rssKiB: 1_200_000 });
});

describe("a group kill", () => {
  const death = (stamp: number, pid: number, name: string): string =>
    `[  ${stamp}.000001] Memory cgroup out of memory: Killed process ${pid} (${name}) total-vm:900kB, anon-rss:90kB, file-rss:0kB, shmem-rss:0kB, UID:1000 pgtables:8kB oom_score_adj:0`;
  const group = "[  200.500001] Tasks in /pods/a are going to be killed due to memory.oom.group set";
  const log = [
    chosen.replace("[  100.", "[  200."),
    death(200, 4711, "java"),
    group,
    death(201, 50, "tini"),
    death(202, 4711, "java"),
    death(203, 51, "npm"),
  ];
  const found = sightings(log);

  test("is as many deaths as victims, of one report", () => {
    expect(found.map(({ incident }) => incident.victim.pid)).toEqual([4711, 50, 51]);
    expect(new Set(found.map(({ incident }) => incident.reportId)).size).toBe(1);
    expect(new Set(found.map(({ incident }) => incident.id)).size).toBe(3);
  });

  test("leads to each victim by its own line, and to no two by one", () => {
    const keys = found.flatMap((sighting) => sighting.keys);
    expect(new Set(keys).size).toBe(keys.length);
    expect(found.map((sighting) => sighting.keys.length)).toEqual([6, 2, 2]);
  });

  test.each(log.map((_, at) => at))("adds no death when the log has lost its first %i lines", (lost) => {
    const known = new Set(found.flatMap((sighting) => sighting.keys));
    const again = sightings(log.slice(lost));
    expect(again.filter((sighting) => !sighting.keys.some((key) => known.has(key)))).toEqual([]);
  });
});

describe("a log without stamps", () => {
  const invoked = "java invoked oom-killer: gfp_mask=0x280da, order=0, oom_adj=0, oom_score_adj=0";
  const selection = (pid: number): string =>
    `Out of memory: Kill process ${pid} (java) score 900 or sacrifice child`;
  const death = (pid: number): string =>
    `Killed process ${pid}, UID 500, (java) total-vm:8000kB, anon-rss:7000kB, file-rss:4kB`;
  const log = [invoked, selection(10), death(10), invoked, selection(20), death(20)];

  test("gives no calendar time, and an offset all the same", () => {
    expect(sightings(log).map(({ incident }) => [incident.time.method, incident.time.atMs])).toEqual([
      ["ordered-only", null],
      ["ordered-only", null],
    ]);
    expect(sightings(log)[0]?.incident.utcOffsetS).toBe(28_800);
  });

  test("does not take one death for another whose report begins with the same words", () => {
    const [first, second] = sightings(log);
    const [left] = sightings(log.slice(3));
    expect(left?.incident.id).toBe(second?.incident.id);
    expect(left?.keys.filter((key) => first?.keys.includes(key))).toEqual([]);
  });
});

import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import type { KnownBoot, ProcessSnapshot } from "../../packages/core/src/index.ts";
import type { Store } from "../../packages/store/src/store.ts";
import { gather } from "./support/gather.ts";
import { batchOf, everything, nightMs, recordOf, sightingOf } from "./support/sample.ts";
import { temporaryStore } from "./support/temporary-store.ts";

const hourMs = 3_600_000;

async function storeWithRuns(count: number): Promise<{ store: Store; path: string }> {
  const { store, path } = await temporaryStore();
  for (let run = 1; run <= count; run += 1) {
    await store.startRun({ label: null, startedMs: nightMs + run, selected: 0 });
  }
  return { store, path };
}

function processes(name: string, takenAtMs: number | null): ProcessSnapshot {
  const unknown = { ppid: null, uid: null, user: null, rssKiB: null, vszKiB: null, startText: null };
  return { takenAtMs, processes: [{ ...unknown, pid: 1, name, args: null }] };
}

test("dates an imported incident's first sight by the start of its run, and names the run", async () => {
  const { store } = await storeWithRuns(2);
  await store.saveImport(2, batchOf([sightingOf("a", { sources: ["import"] })]));
  expect(await gather(store.incidents(everything))).toMatchObject([
    { id: "k-a", firstSeenMs: nightMs + 2, run: 2, sources: ["import"] },
  ]);
  expect((await store.findRun(2))?.newIncidents).toBe(1);
});

test("names the files of a run by host, in the order in which they were read", async () => {
  const { store } = await storeWithRuns(2);
  const files = [
    {
      host: "web01",
      file: "kern.log.1",
      format: "syslog",
      capturedMs: null,
      bootAtMs: null,
      zone: null,
      modifiedMs: null,
      firstYear: null,
    },
    {
      host: "web01",
      file: "kern.log",
      format: "syslog",
      capturedMs: nightMs,
      bootAtMs: 1.5,
      zone: "UTC",
      modifiedMs: nightMs,
      firstYear: null,
    },
    {
      host: "db01",
      file: "-",
      format: "ps",
      capturedMs: null,
      bootAtMs: null,
      zone: null,
      modifiedMs: null,
      firstYear: null,
    },
  ];
  for (const file of files) {
    for (const part of [0, 1]) await store.saveImport(1, batchOf([], { file, part, line: part * 10 }));
  }
  expect(await store.importedFiles(1)).toEqual([files[2], files[0], files[1]]);
  expect(await store.importedFiles(2)).toEqual([]);
});

test("changes nothing when a stretch is written again, and keeps equal bytes of a host once", async () => {
  const { store, path } = await storeWithRuns(2);
  const batch = batchOf([sightingOf("a")], { snapshot: processes("init", nightMs) });
  await store.saveImport(1, batch);
  const before = await gather(store.storedEvidence("web01"));
  await store.saveImport(1, batch);
  expect(await gather(store.storedEvidence("web01"))).toEqual(before);
  await store.saveImport(2, batch);
  await store.close();
  const raw = new DatabaseSync(path);
  const count = (table: string): unknown => raw.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.["n"];
  expect(["imports", "import_parts", "imported_snapshots", "evidence_blobs"].map(count)).toEqual([
    2, 2, 2, 1,
  ]);
  raw.close();
});

test("writes a stretch whole or not at all", async () => {
  const { store } = await storeWithRuns(1);
  const { incident } = sightingOf("later");
  const bad = { ...sightingOf("later"), incident: { ...incident, victim: { ...incident.victim, pid: 0.5 } } };
  await expect(store.saveImport(1, batchOf([sightingOf("good"), bad]))).rejects.toThrow("INTEGER column");
  expect(await store.importedFiles(1)).toEqual([]);
  expect(await store.findIncident("k-good")).toBeNull();
  await expect(store.saveImport(9, batchOf())).rejects.toThrow("run 9 was never started");
});

test("keeps every snapshot of a host's files, and finds the nearest of those and the visits'", async () => {
  const { store } = await storeWithRuns(2);
  await store.saveVisit(1, recordOf([], { snapshot: processes("visit", nightMs + 4 * hourMs) }));
  const saved = [
    batchOf([], { file: { file: "ps.1" }, snapshot: processes("first", nightMs) }),
    batchOf([], { file: { file: "ps.2" }, snapshot: processes("second", nightMs + 2 * hourMs) }),
    batchOf([], {
      file: { file: "ps.3", capturedMs: nightMs + 9 * hourMs },
      snapshot: processes("dated", null),
    }),
    batchOf([], { file: { file: "ps.4" }, snapshot: processes("undated", null) }),
  ];
  for (const batch of saved) await store.saveImport(2, batch);
  const nearest = async (hours: number): Promise<string | undefined> =>
    (await store.nearestSnapshot("web01", nightMs + hours * hourMs))?.processes[0]?.name;
  expect(await Promise.all([-9, 0.9, 1, 1.1, 3.1, 5, 99].map(nearest))).toEqual([
    "first",
    "first",
    "first",
    "second",
    "visit",
    "visit",
    "dated",
  ]);
  expect(await store.nearestSnapshot("web01", nightMs + 9 * hourMs)).toEqual(
    processes("dated", nightMs + 9 * hourMs),
  );
});

test("lists a host that is known from saved logs alone, between those that were visited", async () => {
  const { store } = await storeWithRuns(2);
  for (const host of ["web01", "web03"]) {
    await store.saveVisit(1, recordOf([], { visit: { host } }));
  }
  const dead = sightingOf("a", { host: "web02", time: { atMs: null, errorS: null, method: "ordered-only" } });
  await store.saveImport(2, batchOf([dead], { file: { host: "web02" } }));
  await store.saveImport(2, batchOf([], { file: { host: "web01" } }));
  const hosts = await store.hosts();
  expect(hosts.map(({ host, last }) => [host, last?.state ?? null])).toEqual([
    ["web01", "ok"],
    ["web02", null],
    ["web03", "ok"],
  ]);
  expect(hosts[1]).toEqual({
    host: "web02",
    last: null,
    lastOkMs: null,
    lastOk: null,
    boots: 0,
    logFromMs: null,
    breaks: [],
    readings: [],
    bootKills: null,
    undatedKillSeenMs: nightMs + 2,
  });
});

test("lets a saved log tell of new boots and of what came later in a known one, but never of a visit", async () => {
  const { store } = await storeWithRuns(1);
  const boot: KnownBoot = {
    boot: "b",
    bootId: "b",
    bootAtMs: nightMs - hourMs,
    lastStampUs: 50,
    lastSeq: null,
    readMs: null,
    drift: null,
    tail: ["50.x.0"],
    visitedMs: null,
    lastWords: null,
    lateKills: [],
  };
  const visitedMs = nightMs + 1500;
  const older: KnownBoot = { ...boot, lastStampUs: 40, tail: ["40.x.0"] };
  const newer: KnownBoot = { ...boot, lastStampUs: 60, tail: ["60.x.0"] };
  const other: KnownBoot = { ...boot, boot: "a", bootId: "a" };
  await store.saveVisit(1, recordOf([], { boot }));
  await store.saveImport(1, batchOf([], { boot: older }));
  expect(await store.knownBoots("web01")).toEqual([{ ...boot, visitedMs }]);
  await store.saveImport(1, batchOf([], { boot: newer, part: 1 }));
  await store.saveImport(1, batchOf([], { boot: other, part: 2 }));
  expect(await store.knownBoots("web01")).toMatchObject([{ boot: "a" }, { ...newer, visitedMs }]);
});

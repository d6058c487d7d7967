import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Incident, Sighting } from "../../packages/core/src/index.ts";
import type { Store } from "../../packages/store/src/store.ts";
import { gather } from "./support/gather.ts";
import { everything, nightMs, recordOf, sightingOf } from "./support/sample.ts";
import { temporaryStore } from "./support/temporary-store.ts";

async function startRun(store: Store): Promise<number> {
  return await store.startRun({ label: null, startedMs: nightMs, selected: 1 });
}

async function all(store: Store): Promise<readonly Incident[]> {
  return await gather(store.incidents(everything));
}

test("adds nothing when the same visit is saved twice, in its own run or in the next", async () => {
  const { store } = await temporaryStore();
  const record = recordOf([sightingOf("a"), sightingOf("b")]);
  const run = await startRun(store);
  expect(await store.saveVisit(run, record)).toEqual({ newIncidents: 2, knownIncidents: 0 });
  const before = await all(store);
  expect(await store.saveVisit(run, record)).toEqual({ newIncidents: 0, knownIncidents: 2 });
  expect(await store.saveVisit(await startRun(store), record)).toEqual({
    newIncidents: 0,
    knownIncidents: 2,
  });
  expect(await all(store)).toEqual(before);
  expect((await store.findRun(run))?.newIncidents).toBe(2);
});

test("adds only the new incidents of logs that overlap", async () => {
  const { store } = await temporaryStore();
  const run = await startRun(store);
  await store.saveVisit(run, recordOf([sightingOf("a"), sightingOf("b")]));
  const next = recordOf([sightingOf("b"), sightingOf("c")]);
  expect(await store.saveVisit(run, next)).toEqual({ newIncidents: 1, knownIncidents: 1 });
});

test("learns keys from a sighting, so that a later one with other keys is still the same incident", async () => {
  const { store } = await temporaryStore();
  const run = await startRun(store);
  await store.saveVisit(run, recordOf([sightingOf("a", {}, ["selection"])]));
  await store.saveVisit(run, recordOf([sightingOf("a2", {}, ["kill", "selection"])]));
  await store.saveVisit(run, recordOf([sightingOf("a3", {}, ["kill"])]));
  expect((await all(store)).map(({ id }) => id)).toEqual(["k-a"]);
});

test("takes equal keys of two hosts for two incidents", async () => {
  const { store } = await temporaryStore();
  const run = await startRun(store);
  await store.saveVisit(run, recordOf([sightingOf("a", {}, ["key"])]));
  await store.saveVisit(
    run,
    recordOf([sightingOf("b", { host: "db01" }, ["key"])], { visit: { host: "db01" } }),
  );
  expect(await all(store)).toHaveLength(2);
});

test("confirms a kill that was only announced, and takes the victim's figures from its death line", async () => {
  const { store } = await temporaryStore();
  const run1 = await startRun(store);
  const run2 = await startRun(store);
  const { victim } = sightingOf("").incident;
  const announced = sightingOf("a", {
    confirmed: false,
    grade: "selection-only",
    gaps: ["the death line is missing"],
    victim: { ...victim, name: "parent", pid: 100, uid: null, anonRssKiB: null, oomScore: 77 },
    selected: { pid: 100, name: "parent" },
  });
  const confirmed = sightingOf("a", {
    victim: { ...victim, name: "child", pid: 101, uid: 5, oomScore: null },
    selected: { pid: 100, name: "parent" },
  });
  await store.saveVisit(run1, recordOf([announced], { visit: { endedMs: nightMs + 1 } }));
  await store.saveVisit(run2, recordOf([confirmed], { visit: { endedMs: nightMs + 2 } }));
  const [incident] = await all(store);
  expect(incident).toMatchObject({
    confirmed: true,
    grade: "complete",
    gaps: [],
    victim: { name: "child", pid: 101, uid: 5, oomScore: null },
    selected: { pid: 100, name: "parent" },
    firstSeenMs: nightMs + 1,
    run: run1,
  });
});

test("never gives up a known value, a better report or a narrower time for a poorer sighting", async () => {
  const { store } = await temporaryStore();
  const run = await startRun(store);
  const full = sightingOf("a");
  const { victim } = full.incident;
  const poor = sightingOf("a", {
    time: { atMs: nightMs + 60_000, errorS: 90, method: "bracketed" },
    zone: null,
    utcOffsetS: null,
    stampUs: null,
    bootId: null,
    kernel: null,
    reportId: "o-poor",
    grade: "kill-line",
    gaps: ["the task table is missing"],
    scope: null,
    victim: { ...victim, user: null, oomScore: null, cgroup: null, args: "java -jar app.jar" },
    selected: null,
    trigger: null,
    memory: null,
    pressure: null,
    detail: null,
    taskCount: null,
    suspects: null,
    groups: ["night"],
    sources: ["import"],
  });
  await store.saveVisit(run, recordOf([full]));
  const [before] = await all(store);
  await store.saveVisit(run, recordOf([poor]));
  const [after] = await all(store);
  expect(after).toEqual({
    ...before,
    groups: ["night", "web"],
    sources: ["collect", "import"],
    victim: { ...victim, args: "java -jar app.jar" },
  });
});

test.each([
  ["a smaller error", { atMs: nightMs + 9, errorS: 0.5, method: "bracketed" }, true],
  ["a larger error", { atMs: nightMs + 9, errorS: 9, method: "exact" }, false],
  ["an equal error of a better method", { atMs: nightMs + 9, errorS: 1.5, method: "exact" }, true],
  ["no time at all", { atMs: null, errorS: null, method: "ordered-only" }, false],
] as const)("moves midpoint, error and method together or not at all: %s", async (_title, time, taken) => {
  const { store } = await temporaryStore();
  const run = await startRun(store);
  await store.saveVisit(run, recordOf([sightingOf("a")]));
  await store.saveVisit(run, recordOf([sightingOf("a", { time })]));
  const [incident] = await all(store);
  expect(incident?.time).toEqual(taken ? time : sightingOf("a").incident.time);
});

test("joins two incidents that prove to be one: the older id stays, the other still resolves", async () => {
  const { store, path } = await temporaryStore();
  const run = await startRun(store);
  const head = sightingOf("head", { grade: "tail-lost", confirmed: false }, ["selection"]);
  const tail = sightingOf("tail", { grade: "kill-line" }, ["kill"]);
  await store.saveVisit(run, recordOf([tail], { visit: { endedMs: nightMs + 1 } }));
  await store.saveVisit(run, recordOf([head], { visit: { endedMs: nightMs + 2 } }));
  const raw = new DatabaseSync(path);
  raw.exec("INSERT INTO annotations (host, id, owner) VALUES ('web01', 'k-head', 'mia')");
  raw.close();
  const whole = sightingOf("whole", {}, ["kill", "selection"]);
  expect(await store.saveVisit(run, recordOf([whole]))).toEqual({ newIncidents: 0, knownIncidents: 1 });
  const incidents = await all(store);
  expect(incidents).toHaveLength(1);
  expect(incidents[0]).toMatchObject({ id: "k-tail", grade: "complete", annotation: { owner: "mia" } });
  expect(await store.findIncident("k-head")).toEqual(incidents[0]);
  // A further merge carries the alias along, and keeps the annotation of the one that stays.
  await store.saveVisit(run, recordOf([sightingOf("new", {}, ["echo"])], { visit: { endedMs: nightMs } }));
  await store.saveVisit(run, recordOf([sightingOf("x", {}, ["echo", "kill"])]));
  for (const id of ["k-head", "k-tail", "k-new", "k-hea"]) {
    expect(await store.findIncident(id)).toMatchObject({ id: "k-new", annotation: { owner: "mia" } });
  }
});

test("keeps the older incident's own annotation when two prove to be one", async () => {
  const { store, path } = await temporaryStore();
  const run = await startRun(store);
  await store.saveVisit(run, recordOf([sightingOf("a"), sightingOf("b")]));
  const raw = new DatabaseSync(path);
  raw.exec(
    "INSERT INTO annotations (host, id, note) VALUES ('web01', 'k-a', 'mine'), ('web01', 'k-b', 'other')",
  );
  raw.close();
  await store.saveVisit(run, recordOf([sightingOf("c", {}, ["boot-1/a", "boot-1/b"])]));
  expect(await all(store)).toMatchObject([{ id: "k-a", annotation: { note: "mine" } }]);
});

test("does not count an incident as new that the same visit joins to a known one", async () => {
  const { store } = await temporaryStore();
  const run = await startRun(store);
  await store.saveVisit(run, recordOf([sightingOf("a", {}, ["1"])]));
  const joined = [sightingOf("b", {}, ["2"]), sightingOf("c", {}, ["3", "1", "2"])];
  const saved = await store.saveVisit(run, recordOf(joined));
  expect(saved).toEqual({ newIncidents: 0, knownIncidents: 1 });
  expect(await all(store)).toHaveLength(1);
});

test("finds by whole id, by a prefix that only one has, and refuses an ambiguous one", async () => {
  const { store } = await temporaryStore();
  const run = await startRun(store);
  await store.saveVisit(run, recordOf([sightingOf("12ab"), sightingOf("12cd"), sightingOf("12ab5")]));
  expect(await store.findIncident("k-12c")).toMatchObject({ id: "k-12cd" });
  expect(await store.findIncident("k-12ab")).toMatchObject({ id: "k-12ab" });
  expect(await store.findIncident("k-13")).toBeNull();
  expect(await store.findIncident("")).toBeNull();
  expect(await store.findIncident("k-%")).toBeNull();
  await expect(store.findIncident("k-12")).rejects.toMatchObject({
    code: "ambiguous-incident",
    exitCode: 2,
    hint: "write more of it: k-12ab on web01, k-12ab5 on web01, k-12cd on web01",
  });
});

const allKeys = ["boot/header", "boot/selection", "boot/kill"];

/** Partial views of one death that do not contradict each other: any field may be unseen. The last has all keys. */
const partialSightings: fc.Arbitrary<Sighting[]> = fc
  .array(
    fc.record({
      keys: fc.subarray(allKeys, { minLength: 1 }),
      unseen: fc.subarray([
        "zone",
        "utcOffsetS",
        "stampUs",
        "bootId",
        "kernel",
        "scope",
        "selected",
        "trigger",
        "memory",
        "pressure",
        "detail",
      ] as const),
      unseenOfVictim: fc.subarray(["uid", "user", "totalVmKiB", "anonRssKiB", "oomScore", "cgroup"] as const),
      grade: fc.constantFrom(
        "complete",
        "head-lost",
        "tail-lost",
        "kill-line-and-table",
        "kill-line",
        "spliced",
      ),
      gaps: fc.constantFrom([], ["Mem-Info is missing"], ["Mem-Info is missing", "table is cut"]),
      taskCount: fc.constantFrom(null, 10, 240),
      confirmed: fc.boolean(),
      errorS: fc.constantFrom(0.5, 2, 90),
      atMs: fc.constantFrom(nightMs, nightMs + 400),
      method: fc.constantFrom("anchored", "bracketed"),
      groups: fc.subarray(["db", "web"]),
      source: fc.constantFrom("collect", "import"),
    }),
    { minLength: 2, maxLength: 5 },
  )
  .map((views) =>
    views.map(({ keys, unseen, unseenOfVictim, grade, atMs, errorS, method, source, ...seen }, place) => {
      const { incident } = sightingOf(`view${place}`);
      const nothing = Object.fromEntries(unseen.map((field) => [field, null]));
      const victim = {
        ...incident.victim,
        ...Object.fromEntries(unseenOfVictim.map((field) => [field, null])),
      };
      const suspects =
        seen.taskCount === null
          ? null
          : [{ name: "java", uid: 1000, count: seen.taskCount, rssKiB: 4, swapKiB: null, share: 1 }];
      const time = { atMs, errorS, method };
      return {
        keys: place === views.length - 1 ? allKeys : keys,
        words: null,
        incident: {
          ...incident,
          ...nothing,
          ...seen,
          grade,
          reportId: `o-${grade}`,
          time,
          victim,
          suspects,
          sources: [source],
        },
      };
    }),
  );

test("knows the same of a death whatever the order of its sightings", async () => {
  await fc.assert(
    fc.asyncProperty(
      partialSightings.chain((list) =>
        fc.tuple(fc.constant(list), fc.shuffledSubarray([...list, ...list], { minLength: 2 * list.length })),
      ),
      async ([sightings, shuffled]) => {
        const contents = [];
        for (const order of [sightings, shuffled]) {
          const { store } = await temporaryStore();
          const run = await startRun(store);
          for (const sighting of order) await store.saveVisit(run, recordOf([sighting]));
          const [incident, ...others] = await all(store);
          expect(others).toEqual([]);
          contents.push({ ...incident, id: null });
        }
        expect(contents[0]).toEqual(contents[1]);
      },
    ),
    { numRuns: 100 },
  );
});

test("ends with the same incidents whatever the order in which overlapping logs arrive", async () => {
  const names = ["a", "b", "c", "d", "e"];
  const windows = fc.array(
    fc
      .tuple(fc.nat(4), fc.nat(4))
      .map(([one, other]) => names.slice(Math.min(one, other), Math.max(one, other) + 1)),
    { minLength: 1, maxLength: 6 },
  );
  await fc.assert(
    fc.asyncProperty(windows, async (logs) => {
      const { store } = await temporaryStore();
      const run = await startRun(store);
      let added = 0;
      for (const log of logs) {
        added += (await store.saveVisit(run, recordOf(log.map((name) => sightingOf(name))))).newIncidents;
      }
      const expected = [...new Set(logs.flat())].toSorted().map((name) => `k-${name}`);
      expect((await all(store)).map(({ id }) => id)).toEqual(expected);
      expect(added).toBe(expected.length);
    }),
    { numRuns: 30 },
  );
});

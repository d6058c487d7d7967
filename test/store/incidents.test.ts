import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { WallTime } from "../../packages/core/src/index.ts";
import type { IncidentFilter } from "../../packages/store/src/incident-filter.ts";
import type { Store } from "../../packages/store/src/store.ts";
import { arbitraryIncident, asStored } from "./support/arbitrary-incident.ts";
import { gather } from "./support/gather.ts";
import { everything, nightMs, recordOf, sightingOf } from "./support/sample.ts";
import { temporaryStore } from "./support/temporary-store.ts";

async function idsOf(store: Store, filter: Partial<IncidentFilter> = {}): Promise<string[]> {
  const incidents = await gather(store.incidents({ ...everything, ...filter }));
  return incidents.map((incident) => incident.id);
}

/** So many seconds into the night. */
function at(seconds: number, errorS: number): WallTime {
  return { atMs: nightMs + seconds * 1000, errorS, method: "bracketed" };
}

test("gives back every field of an incident as it was written, unknown ones as null", async () => {
  const { store } = await temporaryStore();
  const run = await store.startRun({ label: null, startedMs: nightMs, selected: 1 });
  await fc.assert(
    fc.asyncProperty(arbitraryIncident, fc.uuid(), async (drawn, unique) => {
      const incident = { ...drawn, id: `k-${unique}` };
      await store.saveVisit(run, recordOf([{ incident, keys: [unique], words: null }]));
      const expected = asStored(incident, { run, seenMs: nightMs + 1500 });
      expect(await store.findIncident(incident.id)).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});

test("keeps hostile names apart and finds each by its exact bytes", async () => {
  const { store } = await temporaryStore();
  const run = await store.startRun({ label: null, startedMs: nightMs, selected: 1 });
  const names = ["'; DROP TABLE incidents; --", "a\0b", "a", "\u{1F480}", "java%", "ja*", 'x" OR "1"="1'];
  const sightings = names.map((name, place) => {
    const { incident, keys } = sightingOf(`h${place}`);
    return { keys, words: null, incident: { ...incident, victim: { ...incident.victim, name } } };
  });
  await store.saveVisit(run, recordOf(sightings));
  for (const [place, name] of names.entries()) {
    expect(await idsOf(store, { process: name })).toEqual([`k-h${place}`]);
  }
  expect(await idsOf(store, { process: "java_" })).toEqual([]);
});

test("lists by time, then host, then id, and what has no time at the end by host and stamp", async () => {
  const { store } = await temporaryStore();
  const run = await store.startRun({ label: null, startedMs: nightMs, selected: 2 });
  const untimed = { atMs: null, errorS: null, method: "ordered-only" } as const;
  const web = [
    sightingOf("b", { time: at(0, 1) }),
    sightingOf("a", { time: at(0, 1) }),
    sightingOf("late", { time: at(60, 1) }),
    sightingOf("stamp9", { time: untimed, stampUs: 9_000_000 }),
    sightingOf("stamp10", { time: untimed, stampUs: 10_000_000 }),
    sightingOf("stampless", { time: untimed, stampUs: null }),
  ];
  const db = [
    sightingOf("z", { time: at(0, 1), host: "db01" }),
    sightingOf("zz", { time: untimed, host: "db01", stampUs: 11_000_000 }),
  ];
  await store.saveVisit(run, recordOf(web));
  await store.saveVisit(run, recordOf(db, { visit: { host: "db01" } }));
  expect(await idsOf(store)).toEqual([
    "k-z",
    "k-a",
    "k-b",
    "k-late",
    "k-zz",
    "k-stampless",
    "k-stamp9",
    "k-stamp10",
  ]);
});

test("lets a reader stop early and others write while it reads", async () => {
  const { store } = await temporaryStore();
  const run = await store.startRun({ label: null, startedMs: nightMs, selected: 1 });
  await store.saveVisit(run, recordOf(["a", "b", "c"].map((name) => sightingOf(name))));
  const seen: string[] = [];
  for await (const incident of store.incidents(everything)) {
    seen.push(incident.id);
    await store.saveVisit(run, recordOf([sightingOf(`from-${incident.id}`)]));
    if (seen.length === 2) break;
  }
  expect(seen).toEqual(["k-a", "k-b"]);
  expect(await idsOf(store)).toHaveLength(5);
});

async function storeWithErrors(): Promise<Store> {
  const { store } = await temporaryStore();
  const run = await store.startRun({ label: null, startedMs: nightMs, selected: 1 });
  await store.saveVisit(
    run,
    recordOf([
      sightingOf("sharp", { time: at(0, 0) }),
      sightingOf("vague", { time: at(1800, 1800) }),
      sightingOf("later", { time: at(3600, 1) }),
      sightingOf("untimed", { time: { atMs: null, errorS: null, method: "ordered-only" } }),
    ]),
  );
  return store;
}

describe("the time filter", () => {
  test.each([
    [
      "from a bound that the error only just reaches",
      { sinceMs: nightMs + 3_600_000 },
      ["k-vague", "k-later"],
    ],
    ["nothing whose whole interval is before it", { sinceMs: nightMs + 3_600_001 }, ["k-later"]],
    ["nothing before it", { sinceMs: nightMs + 3_601_001 }, []],
    ["up to a bound that the interval only just begins at", { untilMs: nightMs }, ["k-sharp", "k-vague"]],
    ["nothing whose whole interval is after it", { untilMs: nightMs - 1 }, []],
    ["between two bounds", { sinceMs: nightMs + 1, untilMs: nightMs + 2 }, ["k-vague"]],
    ["all, the untimed last, without a bound", {}, ["k-sharp", "k-vague", "k-later", "k-untimed"]],
  ])("finds %s", async (_title, filter, expected) => {
    expect(await idsOf(await storeWithErrors(), filter)).toEqual(expected);
  });
});

test("narrows by host, group, process, pid, uid, kind, scope, cgroup and run, together and alone", async () => {
  const { store } = await temporaryStore();
  const run1 = await store.startRun({ label: null, startedMs: nightMs, selected: 1 });
  const run2 = await store.startRun({ label: null, startedMs: nightMs, selected: 1 });
  const { victim } = sightingOf("").incident;
  await store.saveVisit(run1, recordOf([sightingOf("java")]));
  await store.saveVisit(
    run2,
    recordOf(
      [
        sightingOf("view", {
          host: "db01",
          groups: ["db", "night"],
          scope: "memcg",
          victim: { ...victim, name: "view", pid: 9, uid: 52_539, cgroup: null },
          memcg: { path: "/lxc/box[1]", usageKiB: 5, limitKiB: 5 },
        }),
        sightingOf("crash", { host: "db01", groups: ["db"], kind: "segfault", scope: null, memcg: null }),
      ],
      { visit: { host: "db01" } },
    ),
  );
  const many = Array.from({ length: 40_000 }, (_, place) => `node${place}`);
  const cases: readonly (readonly [Partial<IncidentFilter>, readonly string[]])[] = [
    [{ hosts: ["db01"] }, ["k-crash", "k-view"]],
    [{ hosts: ["db01", "web01"] }, ["k-crash", "k-view", "k-java"]],
    [{ hosts: [...many, "db01"] }, ["k-crash", "k-view"]],
    [{ hosts: ["db0"] }, []],
    [{ groups: ["night", "none"] }, ["k-view"]],
    [{ groups: ["db", "web"] }, ["k-crash", "k-view", "k-java"]],
    [{ process: "view" }, ["k-view"]],
    [{ pid: 9 }, ["k-view"]],
    [{ uid: 52_539 }, ["k-view"]],
    [{ kinds: ["segfault", "panic"] }, ["k-crash"]],
    [{ scopes: ["memcg"] }, ["k-view"]],
    [{ cgroupGlob: "/system.slice/*" }, ["k-crash", "k-java"]],
    [{ cgroupGlob: "/lxc/box[[]1]" }, ["k-view"]],
    [{ run: run2 }, ["k-crash", "k-view"]],
    [{ hosts: ["db01"], kinds: ["oom-kill"], sinceMs: nightMs }, ["k-view"]],
    [{ hosts: ["web01"], process: "view" }, []],
  ];
  for (const [filter, expected] of cases) {
    expect({ filter, ids: await idsOf(store, filter) }).toEqual({ filter, ids: expected });
  }
});

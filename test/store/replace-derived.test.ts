import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import type { Incident, Schedule, Sighting, VisitRecord } from "../../packages/core/src/index.ts";
import type { Store } from "../../packages/store/src/store.ts";
import { gather } from "./support/gather.ts";
import { batchOf, everything, evidenceOf, nightMs, recordOf, sightingOf } from "./support/sample.ts";
import { temporaryStore } from "./support/temporary-store.ts";

const log = [evidenceOf("kernel-log", "[1.0] a log\n")];

/** The visit of one run, which ended in the run's second and kept what it read. */
function visitIn(run: number, ...sightings: readonly Sighting[]): VisitRecord {
  return recordOf(sightings, { visit: { endedMs: nightMs + run * 1000 }, evidence: log });
}

/** A store with a visit a list of sightings, in runs 1, 2, …; and its raw file. */
async function storeOf(
  ...visits: readonly (readonly Sighting[])[]
): Promise<{ store: Store; write: (text: string) => void }> {
  const { store, path } = await temporaryStore();
  for (const sightings of visits) {
    const run = await store.startRun({ label: null, startedMs: nightMs, selected: 1 });
    await store.saveVisit(run, visitIn(run, ...sightings));
  }
  const write = (text: string): void => {
    const raw = new DatabaseSync(path);
    raw.exec(text);
    raw.close();
  };
  return { store, write };
}

async function all(store: Store): Promise<readonly Incident[]> {
  return await gather(store.incidents(everything));
}

async function idsOf(store: Store): Promise<readonly string[]> {
  return (await all(store)).map(({ id }) => id);
}

const { victim } = sightingOf("").incident;
const annotate = (id: string): string =>
  `INSERT INTO annotations (host, id, note) VALUES ('web01', '${id}', 'ours')`;

test("hands over the evidence of a host run by run, a visit before the files, files as they were read", async () => {
  const { store } = await storeOf([], []);
  const run = await store.startRun({ label: null, startedMs: nightMs, selected: 0 });
  const parts = [
    batchOf([], { file: { file: "b.log" }, part: 0, line: 0 }),
    batchOf([], { file: { file: "a.log" }, part: 0, line: 0, bytes: new Uint8Array([0, 255, 10]) }),
    batchOf([], { file: { file: "a.log" }, part: 1, line: 1 }),
  ];
  for (const batch of parts) await store.saveImport(run, batch);
  await store.saveVisit(run, recordOf([], { visit: { host: "db01" }, evidence: log }));
  await store.saveVisit(run, recordOf([], { visit: { state: "refused", coverage: null } }));
  expect(await gather(store.storedEvidence("web01"))).toEqual([
    { from: "visit", run: 1, visit: visitIn(1).visit, sections: log },
    { from: "visit", run: 2, visit: visitIn(2).visit, sections: log },
    ...parts.map(({ file, part, line, bytes }) => ({ from: "import", run: 3, file, part, line, bytes })),
  ]);
  expect(await gather(store.storedEvidence("web02"))).toEqual([]);
});

test("changes nothing when the evidence says what it said before", async () => {
  const { store } = await storeOf([sightingOf("a"), sightingOf("b")], [sightingOf("b"), sightingOf("c")]);
  const run = await store.startRun({ label: null, startedMs: nightMs + 9, selected: 0 });
  const batch = batchOf([sightingOf("d"), sightingOf("a", { sources: ["import"] })]);
  await store.saveImport(run, batch);
  const before = await all(store);
  const records = [
    { run: 1, record: visitIn(1, sightingOf("a"), sightingOf("b")) },
    { run: 2, record: visitIn(2, sightingOf("b"), sightingOf("c")) },
    { run, batch },
  ];
  expect(await store.replaceDerived("web01", records)).toEqual({ before: 4, after: 4, changed: 0, gone: 0 });
  expect(await all(store)).toEqual(before);
  expect(await store.saveVisit(2, visitIn(2, sightingOf("c")))).toEqual({
    newIncidents: 0,
    knownIncidents: 1,
  });
});

test("keeps id, first sight and annotation of a death that today reads otherwise", async () => {
  const { store, write } = await storeOf([sightingOf("a", { victim: { ...victim, name: "wrong" } })], []);
  write(annotate("k-a"));
  const today = {
    ...sightingOf("today", { victim: { ...victim, name: "right" } }),
    keys: ["boot-1/a", "new"],
  };
  expect(
    await store.replaceDerived("web01", [
      { run: 1, record: visitIn(1) },
      { run: 2, record: visitIn(2, today) },
    ]),
  ).toEqual({ before: 1, after: 1, changed: 1, gone: 0 });
  expect(await all(store)).toMatchObject([
    {
      id: "k-a",
      run: 1,
      firstSeenMs: nightMs + 1000,
      victim: { name: "right" },
      annotation: { note: "ours" },
    },
  ]);
  expect(await store.findIncident("k-today")).toBeNull();
  const again = await store.saveVisit(2, visitIn(2, { ...sightingOf("x"), keys: ["new"] }));
  expect(again).toEqual({ newIncidents: 0, knownIncidents: 1 });
});

test.each([
  ["its stamp and pid", { ...sightingOf("today"), keys: ["another form"] }],
  ["its words", { ...sightingOf("today", { stampUs: null }), keys: ["another form"], words: "words" }],
  ["its id", { ...sightingOf("a", { stampUs: 1 }), keys: ["another form"] }],
])("knows a death again by %s when keys have another form today", async (_title, today) => {
  const { store } = await storeOf([{ ...sightingOf("a"), words: "words" }]);
  await store.replaceDerived("web01", [{ run: 1, record: visitIn(1, today) }]);
  expect(await idsOf(store)).toEqual(["k-a"]);
});

test("keeps aliases resolving, and makes new ones where two prove to be one today", async () => {
  const { store, write } = await storeOf([sightingOf("a"), sightingOf("b")], [sightingOf("c")]);
  await store.saveVisit(1, visitIn(1, sightingOf("x", {}, ["boot-1/a", "boot-1/b"])));
  write(annotate("k-c"));
  const one = sightingOf("one", {}, ["boot-1/a", "boot-1/c"]);
  const record = visitIn(1, one);
  expect(
    await store.replaceDerived("web01", [
      { run: 1, record },
      { run: 2, record: visitIn(2) },
    ]),
  ).toMatchObject({ before: 2, after: 1, gone: 0 });
  for (const id of ["k-a", "k-b", "k-c"]) {
    expect(await store.findIncident(id)).toMatchObject({ id: "k-a", annotation: { note: "ours" } });
  }
});

test("leaves the id with the first of two deaths that were taken for one", async () => {
  const { store } = await storeOf([sightingOf("a", {}, ["1", "2"])]);
  const split = [
    sightingOf("p", { stampUs: 1, time: { atMs: nightMs, errorS: 1, method: "exact" } }, ["1"]),
    sightingOf("q", { stampUs: 2, time: { atMs: nightMs + 9, errorS: 1, method: "exact" } }, ["2"]),
  ];
  const replaced = await store.replaceDerived("web01", [{ run: 1, record: visitIn(1, ...split) }]);
  expect(replaced).toEqual({ before: 1, after: 2, changed: 1, gone: 0 });
  expect(await idsOf(store)).toEqual(["k-a", "k-q"]);
});

test("removes what nothing tells of any more, but never what somebody wrote on", async () => {
  const { store, write } = await storeOf([sightingOf("a"), sightingOf("b"), sightingOf("c")]);
  write(annotate("k-b"));
  const before = await store.findIncident("k-b");
  const record = visitIn(1, sightingOf("c"));
  expect(await store.replaceDerived("web01", [{ run: 1, record }])).toEqual({
    before: 3,
    after: 2,
    changed: 0,
    gone: 1,
  });
  expect(await idsOf(store)).toEqual(["k-b", "k-c"]);
  expect(await store.findIncident("k-b")).toEqual(before);
  expect(await store.saveVisit(1, visitIn(1, sightingOf("b")))).toMatchObject({ newIncidents: 0 });
});

test("keeps what may rest on a visit or a file that was not read again, and what that told", async () => {
  const known = sightingOf("known", { scope: null });
  const { store } = await storeOf([sightingOf("old"), sightingOf("known")], [], [sightingOf("new")]);
  const { store: other } = await storeOf([sightingOf("old")]);
  await other.saveImport(1, batchOf([]));
  const records = [
    { run: 1, record: visitIn(1, known) },
    { run: 3, record: visitIn(3) },
  ];
  expect(await store.replaceDerived("web01", records)).toMatchObject({ before: 3, after: 2, gone: 1 });
  expect(await idsOf(store)).toEqual(["k-known", "k-old"]);
  expect(await store.findIncident("k-known")).toMatchObject({ scope: "system" });
  await other.replaceDerived("web01", [{ run: 1, record: visitIn(1) }]);
  expect(await idsOf(other)).toEqual(["k-old"]);
});

test("makes reports and snapshots anew, and drops the reports that no incident names", async () => {
  const { store } = await storeOf([
    sightingOf("a", { reportId: "o-1" }),
    sightingOf("b", { reportId: "o-2" }),
  ]);
  const report = (reportId: string, ...lines: string[]) => ({ reportId, pageSizeKiB: 4, tasks: [], lines });
  const processes = [
    {
      pid: 1,
      ppid: null,
      uid: null,
      user: null,
      rssKiB: null,
      vszKiB: null,
      startText: null,
      name: "init",
      args: null,
    },
  ];
  const told = {
    ...visitIn(1, sightingOf("a", { reportId: "o-1" }), sightingOf("b", { reportId: "o-2" })),
    reports: [report("o-1", "one", "two wrong lines"), report("o-2", "x")],
    snapshot: { takenAtMs: nightMs, processes: [] },
  };
  await store.saveVisit(1, told);
  const today = {
    ...visitIn(1, sightingOf("a", { reportId: "o-1" })),
    reports: [report("o-1", "one")],
    snapshot: { takenAtMs: nightMs, processes },
  };
  await store.replaceDerived("web01", [{ run: 1, record: today }]);
  expect(await store.findReport("web01", "o-1")).toEqual(report("o-1", "one"));
  expect(await store.findReport("web01", "o-2")).toBeNull();
  expect((await store.nearestSnapshot("web01", nightMs))?.processes).toEqual(processes);
});

test("leaves other hosts alone, and a host as it was when something is wrong", async () => {
  const { store } = await storeOf([sightingOf("a")]);
  await store.saveVisit(1, recordOf([sightingOf("b", { host: "db01" })], { visit: { host: "db01" } }));
  await store.replaceDerived("web01", [{ run: 1, record: visitIn(1) }]);
  expect(await idsOf(store)).toEqual(["k-b"]);
  const bad = sightingOf("bad", { host: "db01", victim: { ...victim, pid: 0.5 } });
  const record = recordOf([bad], { visit: { host: "db01" } });
  await expect(store.replaceDerived("db01", [{ run: 1, record }])).rejects.toThrow("INTEGER column");
  await expect(store.replaceDerived("web01", [{ run: 1, record }])).rejects.toThrow(
    "evidence of db01 was read again as that of web01",
  );
  expect(await idsOf(store)).toEqual(["k-b"]);
});

test("keeps what a host starts by the clock as it was read last, and reads it anew", async () => {
  const { store } = await temporaryStore();
  const job = (command: string): Schedule => ({
    source: "/etc/crontab:1",
    user: "root",
    schedule: "@reboot",
    command,
    zone: null,
    times: null,
  });
  const visit = (run: number, schedules: readonly Schedule[] | null): VisitRecord =>
    recordOf([], { visit: { startedMs: nightMs + run * 1000 }, evidence: log, schedules });
  expect(await store.schedules("web01")).toBeNull();
  for (const record of [visit(1, [job("old")]), visit(2, [job("new")]), visit(3, null)]) {
    await store.saveVisit(await store.startRun({ label: null, startedMs: nightMs, selected: 1 }), record);
  }
  expect(await store.schedules("web01")).toEqual([job("new")]);
  const reread = (run: number, schedules: readonly Schedule[] | null) => ({
    run,
    record: visit(run, schedules),
  });
  await store.replaceDerived("web01", [
    reread(1, [job("old")]),
    reread(2, [job("better read")]),
    reread(3, null),
  ]);
  expect(await store.schedules("web01")).toEqual([job("better read")]);
});

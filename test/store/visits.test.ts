import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import type { KnownBoot, ProcessSnapshot, ReportDetail, Task, Visit } from "../../packages/core/src/index.ts";
import { hostStates, isReadState } from "../../packages/core/src/index.ts";
import type { LogBreak, Store } from "../../packages/store/src/store.ts";
import { inReadState } from "../../packages/store/src/visits.ts";
import { coverageOf, evidenceOf, nightMs, recordOf, sightingOf, visitOf } from "./support/sample.ts";
import { temporaryStore } from "./support/temporary-store.ts";

const hourMs = 3_600_000;

async function storeWithRuns(count: number): Promise<{ store: Store; path: string }> {
  const { store, path } = await temporaryStore();
  for (let left = count; left > 0; left -= 1) {
    await store.startRun({ label: null, startedMs: nightMs, selected: 1 });
  }
  return { store, path };
}

const someBoot: KnownBoot = {
  boot: "btime-1",
  bootId: null,
  bootAtMs: nightMs + 0.125,
  lastStampUs: 12_000_001,
  lastSeq: 9,
  readMs: nightMs,
  drift: 1e-4,
  tail: ["1.a.0", "2.b\0.0"],
  visitedMs: nightMs,
  lastWords: "panic: \0",
  lateKills: [{ stampUs: 1, atMs: nightMs }],
};

function loadAfter(hours: number): Pick<Visit, "startedMs" | "load1"> {
  return { startedMs: nightMs + hours * hourMs, load1: hours };
}

function processNamed(name: string, takenAtMs: number | null): ProcessSnapshot {
  const unknown = { ppid: null, vszKiB: null, startText: null };
  const known = { pid: 1, uid: 0, user: "root", rssKiB: 4.5, name, args: "\u{1F480} \0 'x'" };
  return { takenAtMs, processes: [{ ...unknown, ...known }] };
}

test("gives back a visit as it was written, known fields and unknown ones", async () => {
  const { store } = await storeWithRuns(1);
  const known = visitOf({
    host: "a",
    groups: ["x", "y"],
    complaints: ["ps: not found"],
    watch: ["nginx"],
    reason: "odd",
  });
  const unknown = visitOf({
    ...Object.fromEntries(Object.keys(known).map((field) => [field, null])),
    host: "b",
    name: "b",
    groups: [],
    state: "timeout-connect",
    startedMs: nightMs,
    endedMs: nightMs + 0.25,
    complaints: [],
    watch: [],
  });
  const bare = visitOf({
    host: "c",
    coverage: {
      ...coverageOf(),
      firstStampUs: null,
      lastStampUs: null,
      firstSeq: null,
      lastSeq: null,
      fromBoot: false,
      fromMs: null,
    },
  });
  for (const visit of [bare, unknown, known]) await store.saveVisit(1, recordOf([], { visit }));
  expect(await store.visits(1)).toEqual([known, unknown, bare]);
  expect(await store.visits(2)).toEqual([]);
});

test("numbers runs upwards, counts their states and new incidents, lists the newest first", async () => {
  const { store } = await temporaryStore();
  const first = await store.startRun({ label: "nightly", startedMs: nightMs, selected: 3 });
  const second = await store.startRun({ label: null, startedMs: nightMs + 0.5, selected: 1 });
  await store.saveVisit(first, recordOf([sightingOf("a"), sightingOf("b")]));
  await store.saveVisit(first, recordOf([], { visit: { host: "web02", state: "auth", coverage: null } }));
  await store.saveVisit(second, recordOf([sightingOf("b"), sightingOf("c")]));
  await store.finishRun(first, nightMs + 9000);
  const nothing = Object.fromEntries(hostStates.map((state) => [state, 0]));
  const runs = await store.runs(null);
  expect(runs).toEqual([
    {
      run: second,
      label: null,
      startedMs: nightMs + 0.5,
      finishedMs: null,
      selected: 1,
      states: { ...nothing, ok: 1 },
      newIncidents: 1,
    },
    {
      run: first,
      label: "nightly",
      startedMs: nightMs,
      finishedMs: nightMs + 9000,
      selected: 3,
      states: { ...nothing, ok: 1, auth: 1 },
      newIncidents: 2,
    },
  ]);
  expect(await store.runs(1)).toEqual(runs.slice(0, 1));
  expect(await store.findRun(99)).toBeNull();
});

/** A break of the visit so many hours after the first, and of the one before it. */
function breakAfter(
  hours: number,
  previousHours: number | null,
  changes: Pick<LogBreak, "continuity" | "lostRecords" | "fromMs">,
): LogBreak {
  return {
    startedMs: nightMs + hours * hourMs,
    previousMs: previousHours === null ? null : nightMs + previousHours * hourMs,
    clockDiffS: null,
    previousDiffS: null,
    isFromBoot: true,
    bootAtMs: nightMs - 86_400_000,
    ...changes,
  };
}

test("sums up each host: last visit, last good one, boots, oldest record, readings and what broke them", async () => {
  const { store } = await storeWithRuns(4);
  const visits = [
    visitOf({ coverage: coverageOf({ fromMs: nightMs - hourMs }) }),
    visitOf({
      startedMs: nightMs + hourMs,
      state: "ok-truncated",
      coverage: coverageOf({ continuity: "lost", lostRecords: 7 }),
    }),
    visitOf({
      startedMs: nightMs + 2 * hourMs,
      coverage: coverageOf({ continuity: "possible-gap", fromMs: null }),
    }),
    visitOf({
      startedMs: nightMs + 3 * hourMs,
      state: "refused",
      reason: "Connection refused",
      coverage: null,
    }),
  ];
  for (const [place, visit] of visits.entries()) {
    await store.saveVisit(
      place + 1,
      recordOf([], { visit, boot: { ...someBoot, boot: place < 2 ? "one" : "two" } }),
    );
  }
  const never = visitOf({ host: "dead01", state: "dns", coverage: null });
  await store.saveVisit(1, recordOf([], { visit: never }));
  expect(await store.hosts()).toEqual([
    {
      host: "dead01",
      last: never,
      lastOkMs: null,
      lastOk: null,
      boots: 0,
      logFromMs: null,
      breaks: [],
      readings: [],
      bootKills: null,
      undatedKillSeenMs: null,
    },
    {
      host: "web01",
      last: visits[3],
      lastOkMs: nightMs + 2 * hourMs,
      lastOk: visits[2],
      boots: 2,
      logFromMs: nightMs - 86_400_000,
      breaks: [
        breakAfter(0, null, { continuity: "first-contact", lostRecords: null, fromMs: nightMs - hourMs }),
        breakAfter(1, 0, { continuity: "lost", lostRecords: 7, fromMs: nightMs - 86_400_000 }),
        breakAfter(2, 1, { continuity: "possible-gap", lostRecords: null, fromMs: null }),
      ],
      readings: [0, 1, 2].map((hours) => ({
        startedMs: nightMs + hours * hourMs,
        boot: "boot-1",
        newBytes: 8192,
        ringBytes: 262_144,
      })),
      bootKills: 0,
      undatedKillSeenMs: null,
    },
  ]);
});

test("takes the first good visit for a first contact, though a visit that failed had read the log's beginning", async () => {
  const { store } = await storeWithRuns(2);
  await store.saveVisit(1, recordOf([], { visit: { state: "output-limit", coverage: null } }));
  const coverage = coverageOf({ continuity: "complete", fromMs: nightMs - 5 });
  await store.saveVisit(2, recordOf([], { visit: { startedMs: nightMs + hourMs, coverage } }));
  const first = breakAfter(1, null, { continuity: "first-contact", lostRecords: null, fromMs: nightMs - 5 });
  expect((await store.hosts()).map(({ breaks }) => breaks)).toEqual([[first]]);
});

test("counts the kills that lines tell of for the boot that is going on, and those that may be of it", async () => {
  const { store } = await storeWithRuns(1);
  const undated = { atMs: null, errorS: null, method: "ordered-only" } as const;
  const before = { atMs: nightMs - 2 * 86_400_000, errorS: 1, method: "imported" } as const;
  await store.saveVisit(
    1,
    recordOf([
      sightingOf("a", { bootId: "boot-1" }),
      sightingOf("b", { bootId: "boot-0" }),
      sightingOf("c", { bootId: null, time: undated }),
      sightingOf("d", { bootId: null, time: before }),
      sightingOf("e", { bootId: "boot-1", kind: "segfault" }),
    ]),
  );
  expect((await store.hosts()).map(({ bootKills }) => bootKills)).toEqual([2]);
});

test("asks SQL for the same read states that the model names", () => {
  const words = hostStates.filter(isReadState).map((state) => `'${state}'`);
  expect(inReadState).toBe(`state IN (${words.join(", ")})`);
});

test("remembers boots, the latest visited last, and lets no slower collector turn one back", async () => {
  const { store } = await storeWithRuns(3);
  const boot = someBoot;
  const other: KnownBoot = { ...boot, boot: "id-2", bootId: "id-2", lastSeq: null, tail: [] };
  const older: KnownBoot = { ...boot, lastSeq: 3, tail: ["1.a.0"] };
  await store.saveVisit(2, recordOf([], { boot, visit: { endedMs: nightMs + 20 } }));
  await store.saveVisit(1, recordOf([], { boot: older, visit: { endedMs: nightMs + 10 } }));
  await store.saveVisit(3, recordOf([], { boot: other, visit: { endedMs: nightMs + 15 } }));
  expect(await store.knownBoots("web01")).toEqual([
    { ...other, visitedMs: nightMs + 15 },
    { ...boot, visitedMs: nightMs + 20 },
  ]);
  expect(await store.knownBoots("web02")).toEqual([]);
});

test("gives the figures of the readable visits before and after a time", async () => {
  const { store } = await storeWithRuns(4);
  await store.saveVisit(1, recordOf([], { visit: loadAfter(0) }));
  await store.saveVisit(2, recordOf([], { visit: loadAfter(2) }));
  await store.saveVisit(3, recordOf([], { visit: { ...loadAfter(3), state: "command-failed" } }));
  const loadsAt = async (hours: number) => {
    const { before, after } = await store.figuresAround("web01", nightMs + hours * hourMs);
    return [before?.load1, after?.load1];
  };
  expect(await Promise.all([-9, 1, 3].map(loadsAt))).toEqual([
    [undefined, 0],
    [0, 2],
    [2, undefined],
  ]);
  expect((await store.figuresAround("web01", nightMs + hourMs)).before).toMatchObject({
    uptimeS: 86_400.25,
    load1: 0,
    load5: 0.25,
    load15: 0.125,
  });
  expect(await store.figuresAround("web02", nightMs)).toEqual({ before: null, after: null });
});

test("gives the processes seen nearest to a time, by the host's clock where it told one", async () => {
  const { store } = await storeWithRuns(2);
  const early = processNamed("early", null);
  const late = processNamed("late", nightMs + 8 * hourMs);
  await store.saveVisit(1, recordOf([], { snapshot: early }));
  await store.saveVisit(2, recordOf([], { snapshot: late }));
  await store.saveVisit(2, recordOf([], { snapshot: early }));
  expect(await store.nearestSnapshot("web01", nightMs + hourMs)).toEqual(early);
  expect(await store.nearestSnapshot("web01", nightMs + 7 * hourMs)).toEqual(late);
  expect(await store.nearestSnapshot("web02", nightMs)).toBeNull();
});

test("keeps the fuller of two readings of a report", async () => {
  const { store } = await storeWithRuns(3);
  const task: Task = {
    pid: 1,
    uid: 0,
    tgid: 1,
    totalVmPages: 5,
    rssPages: 2,
    rssAnonPages: null,
    rssFilePages: null,
    rssShmemPages: null,
    pgtablesBytes: 8192,
    nrPtes: null,
    nrPmds: null,
    swapentsPages: 0,
    cpu: null,
    oomAdj: null,
    oomScoreAdj: -1000,
    name: "sys\0temd",
  };
  const half: ReportDetail = {
    reportId: "o-1",
    pageSizeKiB: 4,
    tasks: [],
    lines: ["\uFEFF[1.0] Out of memory"],
  };
  const full: ReportDetail = {
    reportId: "o-1",
    pageSizeKiB: null,
    tasks: [task],
    lines: [...half.lines, "[1.1] 'x'"],
  };
  await store.saveVisit(1, recordOf([], { reports: [half] }));
  expect(await store.findReport("web01", "o-1")).toEqual(half);
  await store.saveVisit(2, recordOf([], { reports: [full] }));
  await store.saveVisit(3, recordOf([], { reports: [half] }));
  expect(await store.findReport("web01", "o-1")).toEqual({ ...full, pageSizeKiB: 4 });
  expect(await store.findReport("web02", "o-1")).toBeNull();
});

test("gives back raw sections byte for byte in the probe's order, and stores equal bytes of a host once", async () => {
  const { store, path } = await storeWithRuns(2);
  const bytes = Uint8Array.from({ length: 4096 }, (_, place) => place % 256);
  const evidence = [
    evidenceOf("uptime", " 10:00 up 3 days"),
    { section: "ps" as const, via: "ps", bytes },
    { section: "clock" as const, via: "date", bytes: new Uint8Array() },
  ];
  for (const run of [1, 2]) await store.saveVisit(run, recordOf([], { evidence }));
  expect(await store.evidence("web01", 2)).toEqual([evidence[2], evidence[0], evidence[1]]);
  expect(await store.evidence("web01", 3)).toEqual([]);
  await store.close();
  const raw = new DatabaseSync(path);
  expect(raw.prepare("SELECT count(*) AS blobs FROM evidence_blobs").get()).toEqual({ blobs: 3 });
  raw.close();
});

test("writes a visit whole or not at all", async () => {
  const { store } = await temporaryStore();
  const run = await store.startRun({ label: null, startedMs: nightMs, selected: 1 });
  const good = sightingOf("good");
  const { incident } = sightingOf("later");
  // A pid that is no whole number: our own mistake, which the column's type finds.
  const bad = {
    keys: ["later"],
    words: null,
    incident: { ...incident, victim: { ...incident.victim, pid: 0.5 } },
  };
  await expect(store.saveVisit(run, recordOf([good, bad]))).rejects.toThrow("INTEGER column");
  expect(await store.visits(run)).toEqual([]);
  expect(await store.findIncident("k-good")).toBeNull();
});

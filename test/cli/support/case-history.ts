import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Incident, ReportDetail, Task, Visit } from "@inquest/core";
import { openStore } from "@inquest/store";
import { taskOf } from "../../support/task-of.ts";
import { incidentOf, barestIncident } from "./incident-of.ts";

/** The clock of every test that reads the history: two days after its last kill. */
export const nowMs = Date.parse("2026-11-23T03:00:00Z");

export const plainVisit: Visit = {
  host: "web01",
  name: "web01",
  user: null,
  port: null,
  listedAddress: null,
  jump: null,
  identityFile: null,
  address: "192.0.2.1:22",
  groups: ["temai"],
  state: "ok",
  reason: null,
  startedMs: nowMs - 3_600_000,
  endedMs: nowMs - 3_599_000,
  uptimeS: 90_000,
  load1: 3.5,
  load5: 2,
  load15: 0,
  boot: "b1",
  bootId: null,
  bootAtMs: Date.parse("2026-11-01T00:00:00Z"),
  kernel: "6.8.0",
  cpus: 8,
  pageSizeKiB: 4,
  ramTotalKiB: null,
  ramAvailableKiB: null,
  swapTotalKiB: null,
  swapFreeKiB: null,
  oomKillCount: null,
  zone: "Asia/Shanghai",
  utcOffsetS: 28_800,
  clockDiffS: null,
  coverage: {
    via: "dmesg",
    records: 100,
    firstStampUs: 0,
    lastStampUs: 1,
    firstSeq: null,
    lastSeq: null,
    fromBoot: true,
    continuity: "first-contact",
    lostRecords: null,
    fromMs: Date.parse("2026-11-01T00:00:00Z"),
    newBytes: null,
    ringBytes: null,
  },
  complaints: [],
  watch: [],
};

const task = (pid: number, rssPages: number, name: string): Task =>
  taskOf({
    pid,
    uid: 541,
    tgid: pid,
    totalVmPages: rssPages * 2,
    rssPages,
    swapentsPages: 0,
    oomScoreAdj: 0,
    name,
  });

/** Twenty tasks, and lines of a host that means no good. */
const report: ReportDetail = {
  reportId: "o-77aa0b12c3d4",
  pageSizeKiB: 4,
  tasks: [
    task(30_991, 2_005_803, "view"),
    ...Array.from({ length: 19 }, (_, at) => task(100 + at, 50 - at, `worker${at}`)),
  ],
  lines: [
    "[28325872.1] rsync invoked oom-killer",
    "[28325872.2] \u001b]0;owned\u0007 Killed process 30991 (view)",
  ],
};

const at = (text: string, errorS = 7.5): Incident["time"] => ({
  atMs: Date.parse(text),
  errorS,
  method: "bracketed",
});

/** Four deaths: a viewer's at night, a JVM's that is uncertain by hours, an unconfirmed one, one without a time. */
export const deaths = {
  viewer: incidentOf({ id: "k-aaaaaaaaaaaa", host: "web01", time: at("2026-11-21T18:31:00Z") }),
  jvm: incidentOf({
    id: "k-bbbbbbbbbbbb",
    host: "web02",
    reportId: null,
    time: at("2026-11-20T10:00:00Z", 36_000),
    scope: "system",
    selected: { pid: 4057, name: "agent" },
    victim: { name: "=java", pid: 185_516, uid: 541 },
  }),
  unconfirmed: incidentOf({
    id: "k-bbbbcccccccc",
    host: "web02",
    reportId: null,
    confirmed: false,
    time: at("2026-11-10T00:00:00Z"),
  }),
  undated: barestIncident({ id: "k-dddddddddddd", host: "web02", stampUs: 28_325_872_177_364 }),
} as const;

/** A folder with a store of two hosts that were read and one that was not, gone after the test. */
export async function openCaseHistory(): Promise<
  AsyncDisposable & { readonly folder: string; readonly db: string }
> {
  const folder = mkdtempSync(join(tmpdir(), "inquest-cli-"));
  const db = join(folder, "inquest.db");
  const store = await openStore(db);
  const run = await store.startRun({ label: "nightly", startedMs: nowMs - 3_600_000, selected: 3 });
  const nothing = { boot: null, anchors: [], reports: [], snapshot: null, schedules: null, evidence: [] };
  await store.saveVisit(run, {
    ...nothing,
    visit: plainVisit,
    sightings: sightings("web01"),
    reports: [report],
  });
  const staleMs = nowMs - 5 * 86_400_000;
  await store.saveVisit(run, {
    ...nothing,
    visit: {
      ...plainVisit,
      host: "web02",
      name: "web02",
      startedMs: staleMs,
      endedMs: staleMs + 1000,
      clockDiffS: 12,
    },
    sightings: sightings("web02"),
  });
  const failed = {
    state: "refused",
    reason: "Connection refused",
    coverage: null,
    boot: null,
    bootAtMs: null,
  } as const;
  await store.saveVisit(run, {
    ...nothing,
    visit: { ...plainVisit, ...failed, host: "web03", name: "web03" },
    sightings: [],
  });
  await store.finishRun(run, nowMs - 3_590_000);
  await store.close();
  return { folder, db, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

function sightings(host: string): { incident: Incident; keys: string[]; words: null }[] {
  return Object.values(deaths)
    .filter((incident) => incident.host === host)
    .map((incident) => ({ incident, keys: [incident.id], words: null }));
}

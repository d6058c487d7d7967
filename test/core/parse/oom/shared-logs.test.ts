import { describe, expect, it, test } from "vitest";
import type { OomKill, OomReport } from "../../../../packages/core/src/model/oom-report.ts";
import { passagesOf } from "./records-of.ts";
import { parseOomReports } from "../../../../packages/core/src/parse/oom/parse-oom-reports.ts";
import { hasSharedData, readShared, sharedLines } from "../../../support/shared-data.ts";

const reportsOf = (...paths: string[]) => parseOomReports(passagesOf(paths.map(readShared).join("\n")));

describe.skipIf(!hasSharedData)("the recorded nights (needs INQUEST_SHARED)", () => {
  it("pairs all 51 deaths of 2015-04-19 with whom the kernel had chosen", () => {
    const reports = reportsOf("story/dmesg-20150419.log");
    const kills = reports.flatMap((report) => report.kills);
    const named = (name: string) => kills.filter((kill) => kill.name === name).length;
    expect([reports.length, kills.length, named("java"), named("DragoonAgent")]).toEqual([51, 51, 25, 13]);
    expect(reports[0]).toMatchObject({
      selected: { pid: 4057, name: "DragoonAgent", score: 0 },
      kills: [{ pid: 174493, name: "get_busbar_volt", uid: 120063, record: { stampUs: 28039563706553 } }],
      scope: "system",
      grade: "kill-line",
      gaps: [],
    });
  });

  it("reads the two deaths of 2015-04-22 out of two excerpts", () => {
    const [java, view, ...others] = reportsOf(
      "story/dmesg-20150422-before.log",
      "story/dmesg-20150422-after.log",
    );
    expect(others).toEqual([]);
    expect(java).toMatchObject({
      kills: [{ pid: 185516, name: "java" }],
      memory: { swapFreeKiB: 0 },
      grade: "head-lost",
    });
    expect(view).toMatchObject({
      trigger: { name: "rsync", pid: 33825 },
      kernel: "2.6.32-358.23.2.ali1172.el5.x86_64",
      kills: [{ pid: 30991, name: "view", uid: 52539 }],
      scope: "memcg",
      pageSizeKiB: 4,
      grade: "kill-line-and-table",
      gaps: ["Mem-Info is missing"],
    });
    expect(view?.tasks).toHaveLength(39);
  });

  it("keeps the table of 2015-04-30 whole across the dump spliced into it, and the kill unconfirmed", () => {
    const [report, ...others] = reportsOf("story/dmesg-20150430.log");
    expect(others).toEqual([]);
    expect(report).toMatchObject({
      selected: { pid: 194223, name: "java" },
      kills: [],
      reapedPids: [],
      grade: "spliced",
    });
    expect(report?.tasks.filter(({ name }) => name === "crond")).toHaveLength(129);
    expect(report?.gaps).toContain("death line is missing");
  });
});

interface ExpectedEvent {
  readonly type: "invoked" | "selected" | "oom-kill" | "killed" | "skipped-already-exiting";
  readonly pid?: number;
  readonly name?: string;
  readonly uid?: number;
  readonly vm_kb?: number;
  readonly anon_kb?: number;
  readonly file_kb?: number;
  readonly shmem_kb?: number;
  readonly pgtables_kb?: number;
  readonly adj?: number;
}

interface Expected {
  readonly file: string;
  readonly events: readonly ExpectedEvent[];
}

const cases = sharedLines("logs/EXPECTED_OOM.jsonl").map((line) => JSON.parse(line) as Expected);
const ofType = (wanted: string) => (file: Expected) => file.events.some(({ type }) => type === wanted);

/** A file may hold lines of several hosts, and each host's log is read by itself. */
function reportsByHost(file: string): readonly OomReport[] {
  const groups = Map.groupBy(passagesOf(readShared(`logs/${file}`)), ({ host }) => host);
  return [...groups.values()].flatMap(parseOomReports);
}

const figuresOf = (kill: OomKill) => [
  kill.pid,
  kill.name,
  kill.uid,
  kill.totalVmKiB,
  kill.anonRssKiB,
  kill.fileRssKiB,
  kill.shmemRssKiB,
  kill.pgtablesKiB,
  kill.oomScoreAdj,
];
const wantedOf = (event: ExpectedEvent) =>
  [
    event.pid,
    event.name,
    event.uid,
    event.vm_kb,
    event.anon_kb,
    event.file_kb,
    event.shmem_kb,
    event.pgtables_kb,
    event.adj,
  ].map((figure) => figure ?? null);
/** A group's first victim is printed twice, and a file may hold the same report twice: one death each. */
const unique = (rows: readonly unknown[][]): readonly string[] =>
  [...new Set(rows.map((row) => JSON.stringify(row)))].toSorted();

describe.skipIf(!hasSharedData)("published logs of every era (needs INQUEST_SHARED)", () => {
  it("are fifty-odd", () => {
    expect(cases.length).toBeGreaterThan(50);
    expect(cases.filter(ofType("killed")).length).toBeGreaterThan(35);
  });

  test.each(cases.filter(ofType("killed")))("every kill line of $file is read whole", ({ file, events }) => {
    // Who shares the victim's memory dies with it, and is not among the expected kill lines.
    const kills = reportsByHost(file)
      .flatMap((report) => report.kills)
      .filter(({ record }) => !record.text.includes("sharing same memory"));
    expect(new Set(kills.map(({ pid }) => pid)).size).toBe(kills.length);
    expect(unique(kills.map(figuresOf))).toEqual(
      unique(events.filter(({ type }) => type === "killed").map(wantedOf)),
    );
  });

  test.each(cases.filter((file) => !ofType("killed")(file)))(
    "$file holds no kill line",
    ({ file, events }) => {
      const reports = reportsByHost(file);
      expect(reports.flatMap(({ kills }) => kills)).toEqual([]);
      const chosen = events.filter(({ type }) => type === "selected" || type === "oom-kill");
      for (const { pid } of chosen) expect(reports.map(({ selected }) => selected?.pid)).toContain(pid);
      expect(reports.length).toBeGreaterThan(0);
    },
  );
});

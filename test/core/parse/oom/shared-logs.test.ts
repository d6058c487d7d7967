import { describe, expect, it, test } from "vitest";
import { parseKernelLog } from "../../../../packages/core/src/parse/kernel-log/parse-kernel-log.ts";
import { parseOomReports } from "../../../../packages/core/src/parse/oom/parse-oom-reports.ts";
import { hasSharedData, readShared, sharedLines } from "../../../support/shared-data.ts";

const reportsOf = (...paths: string[]) =>
  parseOomReports(parseKernelLog(paths.map(readShared).join("\n")).records);

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

/** Files of syslog lines and of calendar stamps, which are another format. */
const otherFormats =
  /LukeShirnia|proxmox|OomExampleLog|aks_memcg|moby_15654|kernel_prefix_only|2\.6\.19\.2|2001_2\.4|already_exiting|573_mongod|2\.6\.31-19/;

interface Expected {
  readonly file: string;
  readonly events: readonly { readonly type: string; readonly pid: number; readonly name: string }[];
}

const cases = sharedLines("logs/EXPECTED_OOM.jsonl")
  .map((line) => JSON.parse(line) as Expected)
  .filter(({ file, events }) => !otherFormats.test(file) && events.some(({ type }) => type === "killed"));

describe.skipIf(!hasSharedData)("published logs in the kernel's own form (needs INQUEST_SHARED)", () => {
  it("has cases", () => {
    expect(cases.length).toBeGreaterThan(20);
  });

  test.each(cases)("every kill line of $file is read", ({ file, events }) => {
    const wanted = events.filter(({ type }) => type === "killed").map(({ pid, name }) => `${pid} ${name}`);
    // Who shares the victim's memory dies with it, and is not among the expected kill lines.
    const kills = reportsOf(`logs/${file}`).flatMap((report) => report.kills);
    const found = kills.filter(({ record }) => !record.text.includes("sharing same memory"));
    expect(new Set(found.map(({ pid, name }) => `${pid} ${name}`))).toEqual(new Set(wanted));
  });
});

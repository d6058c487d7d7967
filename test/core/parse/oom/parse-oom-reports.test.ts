import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { passagesOf, recordsOf } from "./records-of.ts";
import { parseOomReports } from "../../../../packages/core/src/parse/oom/parse-oom-reports.ts";
import { fixturePairs } from "../../../support/fixture-pairs.ts";
import { plainReport } from "./plain-report.ts";

const reportsOf = (text: string) => parseOomReports(recordsOf(text));
const victimsOf = (text: string) =>
  reportsOf(text).flatMap(({ kills }) => kills.map(({ pid, name }) => `${pid} ${name}`));

const memberKill = (pid: number): string =>
  `Memory cgroup out of memory: Killed process ${pid} (p${pid}) total-vm:8kB, anon-rss:4kB\n`;

/** Four megabytes of a text. */
const fill = (text: string): string => text.repeat(Math.ceil(4_000_000 / text.length));
const many = (line: (at: number) => string): string =>
  Array.from({ length: 40_000 }, (_, at) => `${line(at)}\n`).join("");

describe("parseOomReports", () => {
  test.each(fixturePairs("oom"))("reads $name", ({ text, expected }) => {
    expect(reportsOf(text).map(plainReport)).toEqual(expected);
  });

  test.each(fixturePairs("oom"))("reads $name out of its passages", ({ text, expected }) => {
    expect(parseOomReports(passagesOf(text)).map(plainReport)).toEqual(expected);
  });

  test.each(fixturePairs("oom"))("does not mind how the lines of $name end", ({ text, expected }) => {
    expect(reportsOf(text.replaceAll("\n", "\r\n")).map(plainReport)).toEqual(expected);
    expect(reportsOf(`${text.trimEnd()}\n\n`).map(plainReport)).toEqual(expected);
  });

  it("counts a pid that is killed again an hour later as another death", () => {
    const died = "Killed process 7 (java) total-vm:8kB, anon-rss:4kB, file-rss:0kB";
    expect(victimsOf(`[10000.000000] ${died}\n[10001.000000] ${died}\n[13600.000000] ${died}\n`)).toEqual([
      "7 java",
      "7 java",
    ]);
  });

  it("gives a kill to the report that announced it, not to one that lies an hour back", () => {
    const [old, late] = reportsOf(
      "[  100.000000] sed invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0\n" +
        "[ 3700.000000] Out of memory: Killed process 7 (java) total-vm:8kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB",
    );
    expect(old).toMatchObject({ trigger: { name: "sed" }, kills: [], grade: "tail-lost" });
    expect(late).toMatchObject({ trigger: null, kills: [{ pid: 7 }], grade: "kill-line" });
  });

  it("learns a name whole from the CPU line where a wrapped ring has cut its first letters off", () => {
    const header = "ool-sysrq-f invoked oom-killer: gfp_mask=0x280da, order=0, oom_score_adj=0\n";
    const cpu = "[   70.950521] CPU: 3 PID: 5803 Comm: fool-sysrq-f Not tainted 4.2.0 #87\n";
    expect(reportsOf(header + cpu)[0]?.trigger).toMatchObject({ name: "fool-sysrq-f", pid: 5803 });
    expect(
      reportsOf(`[   70.100000] usb 1-1: new device\n[   70.949280] ${header}${cpu}`)[0]?.trigger,
    ).toMatchObject({ name: "ool-sysrq-f", pid: null });
  });

  it("begins another report where a new boot follows the old one in the file", () => {
    const reports = reportsOf(
      "[90000.000000] Out of memory: Kill process 5 (a) score 1 or sacrifice child\n" +
        "[   10.000000] Killed process 6 (b) total-vm:8kB, anon-rss:4kB, file-rss:0kB\n",
    );
    expect(
      reports.map(({ selected, kills }) => [selected?.pid ?? null, kills.map(({ pid }) => pid)]),
    ).toEqual([
      [5, []],
      [null, [6]],
    ]);
  });

  it("keeps two groups that are killed one after the other apart", () => {
    const group = "Tasks in /a are going to be killed due to memory.oom.group set\n";
    const reports = reportsOf(
      memberKill(1) +
        group +
        memberKill(1) +
        memberKill(2) +
        memberKill(3) +
        group +
        memberKill(3) +
        memberKill(4),
    );
    expect(reports.map(({ kills }) => kills.map(({ pid }) => pid))).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it("does not mix reports that two tasks print at once, when their lines name the caller", () => {
    const two = ["T7", "T8"].map((caller, at) => [
      `[    1.00000${at}] [${caller}] p${at} invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0`,
      `[    1.00001${at}] [${caller}] [  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name`,
      `[    1.00002${at}] [${caller}] [      ${at + 5}]     0     ${at + 5}      100       50    28672        0             0 v${at}`,
      `[    1.00003${at}] [${caller}] Out of memory: Killed process ${at + 5} (v${at}) total-vm:400kB, anon-rss:200kB`,
    ]);
    const mixed = [0, 1, 2, 3].flatMap((at) => two.map((lines) => lines[at] ?? "")).join("\n");
    expect(
      reportsOf(mixed).map(({ trigger, tasks, kills }) => [
        trigger?.name,
        tasks.map(({ name }) => name),
        kills[0]?.name,
      ]),
    ).toEqual([
      ["p0", ["v0"], "v0"],
      ["p1", ["v1"], "v1"],
    ]);
  });

  it("does not read another dump's figures as those of the report", () => {
    const [report] = reportsOf(
      "a invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0\nsshd: page allocation failure. order:0, mode:0x20\n" +
        "Mem-Info:\n99 pages RAM\nKilled process 7 (java) total-vm:8kB, anon-rss:4kB, file-rss:0kB\n",
    );
    expect(report).toMatchObject({ memory: null, grade: "spliced", kills: [{ pid: 7 }] });
  });

  it("does not call a report spliced for a page allocation failure behind it", () => {
    const [report] = reportsOf(
      "Killed process 7 (java) total-vm:8kB, anon-rss:4kB, file-rss:0kB\njava: page allocation failure. order:0, mode:0x20\n",
    );
    expect(report).toMatchObject({ grade: "kill-line" });
  });

  it("finds every kill line whatever stands around it", () => {
    const name = fc.stringMatching(/^[!-~]([ -~]{0,12}[!-~])?$/);
    const pid = fc.integer({ min: 1, max: 4_194_304 });
    const noise = fc.oneof(
      fc.string({ unit: "binary", maxLength: 60 }).map((text) => text.replaceAll(/[\r\n]/g, "")),
      fc.constantFrom(
        "[ pid ]   uid  tgid total_vm      rss cpu oom_adj oom_score_adj name",
        "[  741]     0   741     2661      101   1     -17         -1000 udevd",
        "sshd: page allocation failure. order:0, mode:0x20",
        "Mem-Info:",
        "x invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0",
        "Free swap  = 0kB",
        "Killed process [3002]: segfault",
      ),
    );
    const block = fc.record({
      before: fc.array(noise, { maxLength: 4 }),
      pid,
      name,
      isSelected: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.uniqueArray(block, { maxLength: 12, selector: (one) => one.pid }), (blocks) => {
        const lines = blocks.flatMap(({ before, pid: own, name: who, isSelected }) => [
          ...before,
          ...(isSelected ? [`Out of memory: Kill process ${own} (${who}) score 1 or sacrifice child`] : []),
          `Killed process ${own} (${who}) total-vm:8kB, anon-rss:4kB, file-rss:0kB`,
        ]);
        const text = lines.map((line, at) => `[${String(at).padStart(5)}.000000] ${line}\n`).join("");
        const found = new Set(victimsOf(text));
        expect(blocks.filter((one) => !found.has(`${one.pid} ${one.name}`))).toEqual([]);
      }),
    );
  });

  it("never throws on any records", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("oom-kill:", "Task in ", ",x", "[1] 1", "Killed process 1"),
    );
    fc.assert(
      fc.property(fc.array(text, { maxLength: 30 }), (texts) => {
        expect(reportsOf(texts.join("\n")).every(({ records }) => records.length > 0)).toBe(true);
      }),
    );
  });

  it("stays linear in megabytes of hostile lines", () => {
    const header = "a invoked oom-killer: gfp_mask=0x1, order=0\n";
    for (const text of [
      `Killed process 5 (${fill(")")}`,
      `Killed process 5 (a)${fill(" ")}x`,
      `[ pid ] uid ${fill(" ")}x`,
      `oom-kill:constraint=A${fill(",task=")}`,
      `${header}Task in /a${fill(" killed as a result of limit of /")}`,
      `[    1.000000] Mem-Info:\n${fill(" \n")}pages RAM`,
      many((at) => `Killed process ${at + 1} (x) total-vm:1kB\n[1] 1 1 1 1 1 1 a`),
      `Tasks in /a\nMemory cgroup out of memory: Killed process 9 (x) total-vm:1kB\nTasks in /a are going to be killed due to memory.oom.group set\n${many(
        (at) =>
          `Memory cgroup out of memory: Killed process ${at + 9} (x) total-vm:1kB\noom_reaper: reaped process ${at + 9} (x), now`,
      )}`,
    ]) {
      expect(Array.isArray(reportsOf(text))).toBe(true);
    }
  });
});

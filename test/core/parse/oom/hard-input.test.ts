import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blankRecord } from "../../../../packages/core/src/model/kernel-record.ts";
import type { KernelRecord } from "../../../../packages/core/src/model/kernel-record.ts";
import { parseOomReports } from "../../../../packages/core/src/parse/oom/parse-oom-reports.ts";
import { fixturePairs } from "../../../support/fixture-pairs.ts";
import { recordsOf } from "./records-of.ts";

const fixtures = fixturePairs("oom").map(({ text }) => text);
const reportsOf = (text: string) => parseOomReports(recordsOf(text));
const victimsIn = (records: readonly KernelRecord[]): readonly string[] =>
  parseOomReports(records).flatMap(({ kills }) => kills.map(({ pid, name }) => `${pid} ${name}`));

/** Whether a text holds this pid as a whole number. */
const holdsPid = (text: string, pid: number): boolean => new RegExp(`(?<!\\d)${pid}(?!\\d)`).test(text);

const numbered = (records: readonly KernelRecord[]): readonly KernelRecord[] =>
  Array.from(records, (record, line) => ({ ...record, line }));

const kill = (pid: number, name = "java"): string =>
  `Killed process ${pid} (${name}) total-vm:8kB, anon-rss:4kB, file-rss:0kB`;

describe("a report that did not come whole", () => {
  it("never has a victim that the whole one has not, wherever it is cut", () => {
    fc.assert(
      fc.property(fc.constantFrom(...fixtures), fc.nat(), fc.nat(), (text, one, other) => {
        const [from, to] = [one % (text.length + 1), other % (text.length + 1)].toSorted((a, b) => a - b);
        const cut = text.slice(from, to);
        for (const { pid, name } of reportsOf(cut).flatMap(({ kills }) => kills)) {
          expect(pid === null || (holdsPid(text, pid) && cut.includes(`${pid}`))).toBe(true);
          expect(name === null || cut.includes(name) || name.includes("é")).toBe(true);
        }
      }),
      { numRuns: 600 },
    );
  });

  it("never invents a victim where lines are lost", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...fixtures),
        fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
        (text, kept) => {
          const whole = new Set(victimsIn(recordsOf(text)));
          const lines = text.split("\n").filter((_line, at) => kept[at % kept.length]);
          // The container's line of an OpenVZ death names another pid than the host's, and repeats it where both are there.
          const isTold = (victim: string): boolean =>
            whole.has(victim) || text.includes(victim.replace(/ (.*)$/, " ($1)"));
          expect(victimsIn(recordsOf(lines.join("\n"))).filter((victim) => !isTold(victim))).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("says how many records the console dropped inside it", () => {
    const [report] = reportsOf(
      `[    1.000001] Out of memory: Kill process 7 (java) score 1 or sacrifice child\n[    1.000002] ** 12 printk messages dropped **\n[    1.000003] ${kill(7)}\n[    1.000004] ** 9 printk messages dropped **\n`,
    );
    expect(report?.gaps).toEqual(["12 records of the log are lost inside the report"]);
  });
});

describe("several reports", () => {
  it("are the same whether two callers print them by turns or one after the other", () => {
    const victim = fc.record({
      pid: fc.integer({ min: 1, max: 4_000_000 }),
      name: fc.stringMatching(/^[a-z ():]{0,13}[a-z]$/),
      rows: fc.nat({ max: 4 }),
    });
    fc.assert(
      fc.property(victim, victim, fc.array(fc.boolean(), { maxLength: 30 }), (one, other, turns) => {
        const printed = (at: number, { pid, name, rows }: typeof one): readonly KernelRecord[] =>
          Array.from(
            [
              `p${at} invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0`,
              "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name",
              ...Array.from({ length: rows }, (_, row) => `[${row + 9}] 0 ${row + 9} 1 1 1 0 0 ${name}`),
              `Memory cgroup out of memory: ${kill(pid, name)}`,
            ],
            (text, line) => ({ ...blankRecord, caller: `T${at}`, stampUs: 1000 + line, text }),
          );
        const [left, right] = [printed(0, one), printed(1, other)];
        const [a, b] = [[...left], [...right]];
        const mixed = numbered([...turns.flatMap((isLeft) => (isLeft ? a : b).splice(0, 1)), ...a, ...b]);
        expect(new Set(victimsIn(mixed))).toEqual(new Set([...victimsIn(left), ...victimsIn(right)]));
      }),
    );
  });

  it("of two logs a minute apart are those of the one and those of the other", () => {
    const shifted = (text: string, us: number): readonly KernelRecord[] =>
      Array.from(
        recordsOf(text).filter(({ stampUs }) => stampUs !== null),
        (record) => ({ ...record, seq: null, stampUs: (record.stampUs ?? 0) + us }),
      );
    const stamped = fixtures.filter((text) => shifted(text, 0).length > 0);
    fc.assert(
      fc.property(fc.constantFrom(...stamped), fc.constantFrom(...stamped), (one, other) => {
        const first = shifted(one, 0);
        const last = first.reduce((most, { stampUs }) => Math.max(most, stampUs ?? 0), 0);
        const start = shifted(other, 0).reduce(
          (least, { stampUs }) => Math.min(least, stampUs ?? 0),
          Infinity,
        );
        const second = shifted(other, last + 61_000_000 - start);
        const both = numbered([...first, ...second]);
        expect(victimsIn(both)).toEqual([...victimsIn(first), ...victimsIn(second)]);
      }),
    );
  });

  it("are one where the input holds the same twice, and two where the stamps differ", () => {
    const at = (stamp: string): string =>
      `[${stamp}] sed invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0\n[${stamp}] ${kill(7)}\n`;
    const other = `[  900.000001] ${kill(8)}\n`;
    expect(reportsOf(at("  100.000001") + other + at("  100.000001"))).toHaveLength(2);
    expect(reportsOf(at("  100.000001") + at(" 3700.000001"))).toHaveLength(2);
  });

  it("are one where a syslog file without stamps was read twice", () => {
    const line = (second: string, pid: number): string => `Aug  1 02:00:${second} db1 kernel: ${kill(pid)}\n`;
    const text = line("01", 7) + line("05", 8);
    expect(victimsIn(recordsOf(text + text))).toEqual(["7 java", "8 java"]);
  });

  it("are kept apart by the time written beside them where there are no stamps", () => {
    const reports = reportsOf(
      "Aug  1 02:00:01 db1 kernel: sed invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0\n" +
        `Aug  1 02:05:01 db1 kernel: ${kill(7)}\n`,
    );
    expect(reports.map(({ grade, kills }) => [grade, kills.length])).toEqual([
      ["tail-lost", 0],
      ["kill-line", 1],
    ]);
  });

  it("are twenty where twenty die in 91 seconds and only the first dump is printed", () => {
    const lines = Array.from({ length: 20 }, (_, at) => {
      const stamp = (1000 + at * 4.7).toFixed(6).padStart(12);
      return `[${stamp}] Out of memory: Kill process ${400 + at} (php) score 9 or sacrifice child\n[${stamp}] ${kill(700 + at, "php")}\n`;
    });
    const reports = reportsOf(
      `[  999.000001] php invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0\n${lines.join("")}`,
    );
    expect(reports.map(({ kills }) => kills[0]?.pid)).toEqual(
      Array.from({ length: 20 }, (_, at) => 700 + at),
    );
    expect(reports.map(({ selected }) => selected?.pid)).toEqual(
      Array.from({ length: 20 }, (_, at) => 400 + at),
    );
  });

  it("of user space and of daemons are none", () => {
    const record = { ...blankRecord, text: `Out of memory: ${kill(7)}` };
    expect(
      parseOomReports([
        { ...record, facility: 3 },
        { ...record, tag: "dockerd" },
      ]),
    ).toEqual([]);
    expect(parseOomReports([{ ...record, facility: 0 }])).toHaveLength(1);
  });
});

describe("input of any size", () => {
  it("is read in one pass: lines of ten megabytes and tables of a hundred thousand rows", () => {
    const long = (text: string): string => text.repeat(Math.ceil(10_000_000 / text.length));
    const header = "[    1.000000] a invoked oom-killer: gfp_mask=0x1, order=0, oom_score_adj=0\n";
    const rows = Array.from(
      { length: 100_000 },
      (_, at) =>
        `[    1.000001] [${at + 1}]     0 ${at + 1}      100       50    28672        0             0 p\n`,
    ).join("");
    for (const text of [
      `${header}[    1.000001] Node 0 Normal: ${long("1*4kB ")}\n`,
      `${header}[    1.000001] ${long(" free:1")}\n`,
      `${header}[    1.000001] ${long(" ")}pages RAM\n`,
      `${header}[    1.000001] ${long("a")} cpuset=x mems_allowed=0\n`,
      `[    1.000001] ${long("** 1 printk messages dropped ** ")}\n`,
      `${header}[    1.000001] Mem-Info:\n${long(" Node 0 Normal: 1*4kB = 4kB\n")}`,
      `[    1.000001] OOM killed process ${long("(")}\n`,
      `${header}[    1.000001] [  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name\n${rows}[    1.000002] ${kill(7)}\n`,
      `${header}${rows.replaceAll("1.000001", "1.000002")}`,
    ]) {
      expect(Array.isArray(reportsOf(text))).toBe(true);
    }
  }, 60_000);
});

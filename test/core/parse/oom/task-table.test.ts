import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  guessColumns,
  parseTableHeader,
  parseTaskRow,
} from "../../../../packages/core/src/parse/oom/lines/task-table.ts";

/** A header of each era and a row beneath it. */
const tables: readonly (readonly [era: string, header: string, row: string, expected: object])[] = [
  [
    "2.6.25 to 2.6.35",
    "[ pid ]   uid  tgid total_vm      rss cpu oom_adj name",
    "[  741]     0   741     2661      101   1     -17 udevd",
    {
      pid: 741,
      uid: 0,
      totalVmPages: 2661,
      rssPages: 101,
      cpu: 1,
      oomAdj: -17,
      oomScoreAdj: null,
      name: "udevd",
    },
  ],
  [
    "2.6.36 to 3.5",
    "[ pid ]   uid  tgid total_vm      rss cpu oom_adj oom_score_adj name",
    "[260704]   578 260704  1189052   772300   8       0             0 java",
    {
      pid: 260704,
      uid: 578,
      tgid: 260704,
      rssPages: 772300,
      cpu: 8,
      oomAdj: 0,
      oomScoreAdj: 0,
      name: "java",
    },
  ],
  [
    "3.6 to 3.19",
    "[ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name",
    "[62185]    48 62185   183182    50301     401    12011             0 httpd",
    { rssPages: 50301, nrPtes: 401, swapentsPages: 12011, cpu: null, name: "httpd" },
  ],
  [
    "4.0 to 4.14",
    "[ pid ]   uid  tgid total_vm      rss nr_ptes nr_pmds swapents oom_score_adj name",
    "[ 5802]  1000  5802   542739   390721     774       6        0             0 fool sysrq-f",
    { nrPtes: 774, nrPmds: 6, swapentsPages: 0, name: "fool sysrq-f" },
  ],
  [
    "4.15 to 4.18",
    "[ pid ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name",
    "[  611]     0   611    28189       96    57344       41         -1000 sshd",
    { pgtablesBytes: 57344, swapentsPages: 41, oomScoreAdj: -1000, name: "sshd" },
  ],
  [
    "4.19 to 6.7",
    "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name",
    "[  68001] 584788 68001 4295083049        1    28672        0          -998 pause",
    { pid: 68001, uid: 584788, totalVmPages: 4295083049, oomScoreAdj: -998, name: "pause" },
  ],
  [
    "6.8 and later",
    "[  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem pgtables_bytes swapents oom_score_adj name",
    "[3589817]   104 3589817    60122     3301      201      900      2200   294912      100          -900 postgres",
    {
      rssPages: 3301,
      rssAnonPages: 201,
      rssFilePages: 900,
      rssShmemPages: 2200,
      pgtablesBytes: 294912,
      name: "postgres",
    },
  ],
  [
    "Android, with TABs and a column that nobody knows",
    "[ pid ]   uid\ttgid total_vm\t   rss swap cpu oom_adj oom_score_adj name",
    "[ 1210] 10012\t1210   271000\t 40000 77 2       0             0 d.play.games.ui",
    { uid: 10012, rssPages: 40000, cpu: 2, swapentsPages: null, name: "d.play.games.ui" },
  ],
];

describe("the task table", () => {
  test.each(tables)("is read by its own header: %s", (_era, header, row, expected) => {
    const columns = parseTableHeader(header)?.columns ?? [];
    expect(parseTaskRow(row, columns)).toMatchObject({ kind: "task-row", task: expected });
  });

  it("is no row where a column is missing or no number", () => {
    const columns = parseTableHeader(tables[1]?.[1] ?? "")?.columns ?? [];
    expect(parseTaskRow("[  741]     0   741     2661 udevd", columns)).toBeNull();
    expect(parseTaskRow("[cut]", columns)).toBeNull();
  });

  it("has no row of a pid that cannot be one, and no number that cannot be exact", () => {
    const columns = parseTableHeader(tables[0]?.[1] ?? "")?.columns ?? [];
    expect(parseTaskRow("[2147483648]  0   741     2661      101   1     -17 udevd", columns)).toBeNull();
    expect(parseTaskRow("[741]     0   741 9007199254740992 101   1     -17 udevd", columns)).toMatchObject({
      task: { totalVmPages: null, rssPages: 101, oomAdj: -17, name: "udevd" },
    });
  });

  it("keeps any name whole that does not begin with a number", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[!-,:-~][ -~]{0,13}[!-~]$/), (name) => {
        const columns = parseTableHeader(tables[4]?.[1] ?? "")?.columns ?? [];
        const row = tables[4]?.[2].replace("sshd", () => name) ?? "";
        expect(parseTaskRow(row, columns)?.task.name).toBe(name);
      }),
    );
  });

  test.each([
    ["[  741]     0   741     2661      101   1     -17 udevd", ["cpu", "oom_adj"]],
    [
      "[62185]    48 62185   183182    50301     401    12011             0 httpd",
      ["unknown", "unknown", "oom_score_adj"],
    ],
    [
      "[ 5802]  1000  5802   542739   390721     774       6        0             0 f",
      ["nr_ptes", "nr_pmds", "swapents", "oom_score_adj"],
    ],
    ["[ 1234] 5 x", null],
    ["[ 1234] 1 2 3 4 5 6 7 8 9 10 11 12 x", null],
  ])("without a header is told by the count of its columns: %j", (row, further) => {
    expect(guessColumns(row)?.slice(4) ?? null).toEqual(further);
  });
});

import { describe, expect, it, test } from "vitest";
import type { Pressure } from "../../../../packages/core/src/model/oom-report.ts";
import { parseOomReports } from "../../../../packages/core/src/parse/oom/parse-oom-reports.ts";
import { recordsOf } from "./records-of.ts";

const stamped = (lines: readonly string[]): string =>
  lines.map((line, at) => `[${String(100 + at).padStart(5)}.000000] ${line}\n`).join("");

/** The reason that a report of these lines gives, between a header and a kill. */
function pressureOf(header: string, ...lines: readonly string[]): Pressure | null | undefined {
  const text = stamped([
    `sed invoked oom-killer: ${header}, oom_score_adj=0`,
    ...lines,
    "Killed process 7 (java) total-vm:8kB, anon-rss:4kB, file-rss:0kB",
  ]);
  return parseOomReports(recordsOf(text))[0]?.pressure;
}

const plain = "gfp_mask=0xcc0(GFP_KERNEL), order=0";
const normal = (freeKiB: number): string =>
  `Node 0 Normal free:${freeKiB}kB min:44576kB low:55720kB high:66864kB`;
const buddy = "Node 0 Normal: 1000*4kB (UM) 900*8kB (UM) 0*16kB 4*32kB (H) = 11328kB";

describe("why memory could not be had", () => {
  test.each<[string, Pressure | null, readonly string[]]>([
    [plain, null, []],
    [
      plain,
      { class: "no-swap", evidence: "no swap: Total swap = 0kB" },
      ["Free swap  = 0kB", "Total swap = 0kB"],
    ],
    [
      plain,
      { class: "swap-full", evidence: "swap 0 of 2097148 KiB free" },
      ["Free swap  = 0kB", "Total swap = 2097148kB"],
    ],
    [
      plain,
      { class: "swap-full", evidence: "swap 40 of 4194300 KiB free" },
      [normal(4372), "Free swap  = 40kB", "Total swap = 4194300kB"],
    ],
    [plain, null, ["Free swap  = 1048574kB", "Total swap = 2097148kB"]],
    [plain, null, ["Free swap:       0kB"]],
    [plain, null, [normal(900000), "Free swap  = 0kB", "Total swap = 0kB"]],
    [
      "gfp_mask=0xcc0(GFP_KERNEL), order=3",
      {
        class: "fragmentation",
        evidence:
          "order 3 asked (32 KiB), largest free block 8 KiB though Node 0 Normal has 90000 KiB free (high 66864 KiB)",
      },
      [normal(90000), buddy, "Free swap  = 0kB", "Total swap = 0kB"],
    ],
    [
      "gfp_mask=0xcc0(GFP_KERNEL), order=1",
      null,
      [normal(90000), buddy, "Free swap  = 0kB", "Total swap = 0kB"],
    ],
    [
      "gfp_mask=0xcc0(GFP_KERNEL), order=3",
      { class: "no-swap", evidence: "no swap: Total swap = 0kB" },
      [normal(4372), buddy, "Free swap  = 0kB", "Total swap = 0kB"],
    ],
    [
      plain,
      {
        class: "low-zone",
        evidence:
          "Normal free 2788 KiB below min 3744 KiB while HighMem has 159708 KiB free; swap 90 of 100 KiB free",
      },
      [
        "Normal free:2788kB min:3744kB low:4680kB high:5616kB",
        "HighMem free:159708kB min:512kB low:1708kB high:2908kB",
        "Free swap  = 90kB",
        "Total swap = 100kB",
      ],
    ],
    [
      "gfp_mask=0xcc4(GFP_KERNEL|GFP_DMA32), order=0",
      {
        class: "low-zone",
        evidence: "Node 0 DMA32 free 10 KiB below min 20 KiB while Node 0 Normal has 900000 KiB free",
      },
      ["Node 0 DMA32 free:10kB min:20kB low:30kB high:40kB", normal(900000)],
    ],
    [
      plain,
      { class: "swap-full", evidence: "swap 0 of 100 KiB free" },
      [
        "Normal free:2788kB min:3744kB low:4680kB high:5616kB",
        "HighMem free:159708kB min:512kB low:1708kB high:2908kB",
        "Free swap  = 0kB",
        "Total swap = 100kB",
      ],
    ],
    [
      plain,
      { class: "kernel-memory", evidence: "slab_unreclaimable 7340032 KiB of 8 GiB RAM" },
      [
        "active_anon:1 inactive_anon:2",
        " slab_reclaimable:9 slab_unreclaimable:1835008",
        " mapped:3 shmem:4 pagetables:12 bounce:0",
        buddy,
        "Free swap  = 0kB",
        "Total swap = 0kB",
        "2097152 pages RAM",
      ],
    ],
    [
      plain,
      { class: "limit", evidence: "memory: usage 8388608 KiB of limit 8388608 KiB" },
      ["memory: usage 8388608kB, limit 8388608kB, failcnt 4", "swap: usage 0kB, limit 0kB, failcnt 9"],
    ],
    [
      plain,
      { class: "limit", evidence: "memory: usage 5 KiB of no limit of its own" },
      ["memory: usage 5kB, limit 9007199254740988kB, failcnt 4"],
    ],
    [
      "gfp_mask=0xcc0(GFP_KERNEL), order=-1",
      { class: "manual", evidence: "order -1: killed by request (sysrq f)" },
      ["Free swap  = 0kB", "Total swap = 0kB"],
    ],
  ])("%s: %j", (header, expected, lines) => {
    expect(pressureOf(header, ...lines)).toEqual(expected);
  });

  it("takes the kernel's words where the block of the cgroup is missing", () => {
    const [report] = parseOomReports(
      recordsOf(stamped(["Memory cgroup out of memory: Kill process 7 (java) score 1 or sacrifice child"])),
    );
    expect(report?.pressure).toEqual({ class: "limit", evidence: "Memory cgroup out of memory" });
  });
});

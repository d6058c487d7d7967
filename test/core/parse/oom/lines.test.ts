import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { blankMemInfo } from "../../../../packages/core/src/parse/oom/lines/show-mem.ts";
import { classifyLine } from "../../../../packages/core/src/parse/oom/classify-line.ts";

const line = (text: string): unknown => classifyLine(text, true);
const nothing = {
  uid: null,
  totalVmKiB: null,
  anonRssKiB: null,
  fileRssKiB: null,
  shmemRssKiB: null,
  pgtablesKiB: null,
  oomScoreAdj: null,
  scope: null,
};

describe("the kill line, in every shape the kernel gave it", () => {
  test.each([
    ["Out of Memory: Killed process 2368 (jserver).", { pid: 2368, name: "jserver", scope: "system" }],
    [
      "Out of Memory: Killed process 812 (setiathome), saved process 1 (init).",
      { pid: 812, name: "setiathome", scope: "system" },
    ],
    ["Out of memory: killed process 31 (a b).", { pid: 31, name: "a b", scope: "system" }],
    ["Killed process 19776 (VirtualBox)", { pid: 19776, name: "VirtualBox" }],
    [
      "Killed process 1917 (php-cgi) vsz:467184kB, anon-rss:101196kB, file-rss:204kB",
      { pid: 1917, name: "php-cgi", totalVmKiB: 467184, anonRssKiB: 101196, fileRssKiB: 204 },
    ],
    [
      "Killed process 40738, UID 27, (mysqld) total-vm:6424316kB, anon-rss:13128kB, file-rss:4kB",
      { pid: 40738, name: "mysqld", uid: 27, totalVmKiB: 6424316, anonRssKiB: 13128, fileRssKiB: 4 },
    ],
    [
      "Killed process 5372 (mongod), UID 0, total-vm:656268160kB, anon-rss:15740068kB, file-rss:308kB",
      { pid: 5372, name: "mongod", uid: 0, totalVmKiB: 656268160, anonRssKiB: 15740068, fileRssKiB: 308 },
    ],
    [
      "Killed process 13536 (memorymonster) total-vm:33558652kB, anon-rss:920kB, file-rss:452kB",
      { pid: 13536, name: "memorymonster", totalVmKiB: 33558652, anonRssKiB: 920, fileRssKiB: 452 },
    ],
    [
      "Killed process 6576 (mysqld) total-vm:33914892kB, anon-rss:20629004kB, file-rss:0kB, shmem-rss:0kB",
      {
        pid: 6576,
        name: "mysqld",
        totalVmKiB: 33914892,
        anonRssKiB: 20629004,
        fileRssKiB: 0,
        shmemRssKiB: 0,
      },
    ],
    [
      "Memory cgroup out of memory: Killed process 9188 (a.out) total-vm:14456kB, anon-rss:10324kB, file-rss:504kB, shmem-rss:0kB",
      {
        pid: 9188,
        name: "a.out",
        totalVmKiB: 14456,
        anonRssKiB: 10324,
        fileRssKiB: 504,
        shmemRssKiB: 0,
        scope: "memcg",
      },
    ],
    [
      "Out of memory: Killed process 5765 (java) total-vm:74499336kB, anon-rss:59801780kB, file-rss:0kB, shmem-rss:0kB, UID:1000 pgtables:131084kB oom_score_adj:-17",
      {
        pid: 5765,
        name: "java",
        uid: 1000,
        totalVmKiB: 74499336,
        anonRssKiB: 59801780,
        fileRssKiB: 0,
        shmemRssKiB: 0,
        pgtablesKiB: 131084,
        oomScoreAdj: -17,
        scope: "system",
      },
    ],
    [
      "Out of memory: Killed process 7 (x) total-vm:8kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB, UID:5 pgtables:2096 oom_score_adj:0",
      {
        pid: 7,
        name: "x",
        uid: 5,
        totalVmKiB: 8,
        anonRssKiB: 4,
        fileRssKiB: 0,
        shmemRssKiB: 0,
        pgtablesKiB: 2096,
        oomScoreAdj: 0,
        scope: "system",
      },
    ],
    [
      "Out of memory in UB 317592: OOM killed process 2946 (npm) score 0 vm:1506164kB, rss:237752kB, swap:120052kB",
      { pid: 2946, name: "npm", totalVmKiB: 1506164, scope: "memcg" },
    ],
    [
      "OOM killed process 2946 (npm) vm:1506164kB, rss:237752kB, swap:120052kB",
      { pid: 2946, name: "npm", totalVmKiB: 1506164 },
    ],
    ["VM: killing process setiathome", { pid: null, name: "setiathome" }],
    [
      "No available memory (MPOL_BIND): Killed process 5 (x) total-vm:4kB, anon-rss:1kB, file-rss:0kB",
      { pid: 5, name: "x", totalVmKiB: 4, anonRssKiB: 1, fileRssKiB: 0, scope: "mempolicy" },
    ],
    ["No available memory in cpuset: Killed process 5 (x).", { pid: 5, name: "x", scope: "cpuset" }],
  ])("reads %j", (text, kill) => {
    expect(line(text)).toEqual({ kind: "kill", kill: { ...nothing, ...kill } });
  });

  test.each([
    ["Killed process 3001 [garbled]", null],
    ["Killed process 24, UID 48, (htt", null],
    ["Killed process 5812 (jav...", null],
    ["Killed process 3001 (postgres: writer process   ) total-vm:91", "postgres: writer process   "],
  ])("knows that somebody died even where the line is cut: %j", (text, name) => {
    expect(line(text)).toMatchObject({ kind: "kill", kill: { name, totalVmKiB: null } });
  });

  test.each(["Out of memory: Killed process 3001", "Killed process 30>", "Killed process 30..."])(
    "does not know who died where the pid may be cut: %j",
    (text) => {
      expect(line(text)).toMatchObject({ kind: "kill", kill: { pid: null, name: null } });
    },
  );

  it("does not take a number that was cut for a whole one", () => {
    expect(line("Killed process 7 (x) total-vm:139476kB, anon-rss:1312")).toMatchObject({
      kill: { totalVmKiB: 139476, anonRssKiB: null },
    });
  });

  test.each([
    "a) total-vm:1",
    "x (y)",
    ")",
    "(sd-pam)",
    "tmux: server",
    "runc:[1:CHILD]",
    "名前",
    "a, UID 5,",
    " ",
  ])("takes %j for a whole name", (name) => {
    const text = `Memory cgroup out of memory: Killed process 9 (${name}) total-vm:8kB, anon-rss:4kB, file-rss:0kB`;
    expect(line(text)).toMatchObject({ kind: "kill", kill: { pid: 9, name, totalVmKiB: 8 } });
  });

  it("reads the line itself where others hang on its record, and a name that holds a line break", () => {
    expect(line("Killed process 9 (a)\njunk (b)")).toMatchObject({ kill: { pid: 9, name: "a" } });
    expect(line("Killed process 9 (a\nb) total-vm:8kB, anon-rss:4kB")).toMatchObject({
      kill: { name: "a\nb", totalVmKiB: 8 },
    });
  });
});

describe("the selection line", () => {
  test.each([
    ["Out of Memory: Kill process 1848 (named) score 12591 and children.", 1848, "named", 12591, "system"],
    [
      "Out of memory: kill process 2210 (idle-priority) score 2136105 or a child",
      2210,
      "idle-priority",
      2136105,
      "system",
    ],
    ["Out of memory: Kill process 6576 (a) b) score 1940 or sacrifice child", 6576, "a) b", 1940, "system"],
    [
      "Memory cgroup out of memory: Kill process 185516 (java) score 670 or sacrifice child",
      185516,
      "java",
      670,
      "memcg",
    ],
    [
      "Out of memory (oom_kill_allocating_task): Kill process 4057 (DragoonAgent) score 0 or sacrifice child",
      4057,
      "DragoonAgent",
      0,
      "system",
    ],
    ["No available memory (MPOL_BIND): kill process 5 (x) score 1 or a child", 5, "x", 1, "mempolicy"],
    ["No available memory in cpuset: kill process 5 (x) score 1 or a child", 5, "x", 1, "cpuset"],
    ["Out of memory in UB 42: kill process 5 (x) or a child", 5, "x", null, "memcg"],
    ["Out of memory: Kill process 22593 (ksm04) score 0 or ", 22593, "ksm04", 0, "system"],
    ["Out of memory: Kill process 22593 (ksm04) score 8", 22593, "ksm04", null, "system"],
  ])("reads %j", (text, pid, name, score, scope) => {
    expect(line(text)).toEqual({
      kind: "selection",
      selected: { pid, name, uid: null, score, taskMemcg: null },
      scope,
    });
  });
});

describe("the header", () => {
  test.each([
    ["oom-killer: gfp_mask=0xd0, order=0", null],
    [
      "ntpd invoked oom-killer: gfp_mask=0x201d2, order=0, oomkilladj=0",
      { name: "ntpd", gfpMask: "0x201d2", order: 0, oomScoreAdj: null },
    ],
    [
      "4711 (php) invoked loc oom-killer: gfp 0x201da order 0 oomkilladj=0",
      { name: "php", pid: 4711, gfpMask: "0x201da", order: 0 },
    ],
    [
      "(sd-pam) invoked oom-killer: gfp_mask=0x280da, order=0, oom_adj=0, oom_score_adj=-5",
      { name: "(sd-pam)", pid: null, oomScoreAdj: -5 },
    ],
    [
      "mem invoked oom-killer: gfp_mask=0x14200ca(GFP_HIGHUSER_MOVABLE), nodemask=(null),  order=-1, oom_score_adj=0",
      { name: "mem", gfpMask: "0x14200ca", gfpFlags: "GFP_HIGHUSER_MOVABLE", order: -1 },
    ],
    [
      "JIT Compilation invoked oom-killer: gfp_mask=0x0(), order=0, oom_score_adj=0",
      { name: "JIT Compilation", gfpMask: "0x0", gfpFlags: null },
    ],
    ["sed invoked oom-killer: gfp_mask=0x201da, or", { name: "sed", gfpMask: "0x201da", order: null }],
    ["oom-killer: gfp_mask=0xd0", null],
    ["ked oom-killer: gfp_mask=0x280da, order=-1, oom_score_adj=0", null],
    ["ool-sysrq-f invoked oom-killer: gfp_mask=0x280da, order=-1, oom_score_adj=0", { name: "ool-sysrq-f" }],
    [
      "httpd invoked oom-killer: gfp_mask=0x201da, order=0, oom_adj=3",
      { name: "httpd", order: 0, oomScoreAdj: null },
    ],
    [
      "x invoked oom-killer: gfp_mask=0x14000c0(GFP_KERNEL), nodemask=0-1, order=0, oom_score_adj=999",
      { gfpFlags: "GFP_KERNEL", order: 0, oomScoreAdj: 999 },
    ],
    [
      "12 (a b) invoked glob oom-killer: gfp 0x201da order 3 oomkilladj=0",
      { name: "a b", pid: 12, gfpMask: "0x201da", order: 3 },
    ],
  ])("reads %j", (text, trigger) => {
    expect(line(text)).toMatchObject({ kind: "header", trigger });
  });
});

describe("the line that names the CPU", () => {
  test.each([
    [
      "Pid: 23212, comm: php-fpm Not tainted 2.6.32-642.11.1.el6.x86_64 #1",
      23212,
      "php-fpm",
      "2.6.32-642.11.1.el6.x86_64",
    ],
    [
      "Pid: 73067, comm: sshd Tainted: G        W  ---------------    2.6.32-358.el5.x86_64 #1",
      73067,
      "sshd",
      "2.6.32-358.el5.x86_64",
    ],
    [
      "CPU: 4 PID: 29481 Comm: sed Kdump: loaded Not tainted 3.10.0-514.6.1.el7.x86_64 #1",
      29481,
      "sed",
      "3.10.0-514.6.1.el7.x86_64",
    ],
    [
      "CPU: 2 UID: 104 PID: 3589817 Comm: a b Tainted: G  OE  6.16.9+deb14-amd64 #1 PREEMPT(lazy)  Debian 6.16.9-1",
      3589817,
      "a b",
      "6.16.9+deb14-amd64",
    ],
  ])("reads %j", (text, pid, name, kernel) => {
    expect(line(text)).toEqual({ kind: "cpu", pid, name, kernel });
  });
});

describe("the summary of one line", () => {
  const selected = { pid: 9, name: "a,task=b", uid: 1000, score: null, taskMemcg: "/x,pid=1" };
  test.each([
    ["CONSTRAINT_NONE", ",global_oom", "system", null],
    ["CONSTRAINT_NONE", ",oom_memcg=/b c,d", "memcg", "/b c,d"],
    ["CONSTRAINT_MEMCG", ",oom_memcg=/", "memcg", "/"],
    ["CONSTRAINT_CPUSET", ",global_oom", "cpuset", null],
    ["CONSTRAINT_MEMORY_POLICY", ",global_oom", "mempolicy", null],
  ])("%s%s is of %s", (constraint, where, scope, oomMemcg) => {
    const text = `oom-kill:constraint=${constraint},nodemask=(null),cpuset=/,mems_allowed=0-1,3${where},task_memcg=/x,pid=1,task=java,pid=9,uid=1000`;
    expect(line(text)).toEqual({
      kind: "constraint",
      constraint,
      scope,
      oomMemcg,
      selected: { ...selected, name: "java" },
    });
  });
});

describe("figures of memory", () => {
  test.each([
    [
      "Node 0 DMA32: 203*4kB (UEM) 231*8kB (UEM) 0*16kB 1*32kB (H) = 2692kB",
      { pageSizeKiB: 4, buddies: [{ node: 0, zone: "DMA32", pageSizeKiB: 4, largestFreeKiB: 8 }] },
    ],
    [
      "Normal: 3*64kB (U) 1*128kB = 320kB",
      { pageSizeKiB: 64, buddies: [{ node: null, zone: "Normal", pageSizeKiB: 64, largestFreeKiB: 128 }] },
    ],
    [
      "Node 1 Movable: 3*16kB (M) 1*32",
      { pageSizeKiB: 16, buddies: [{ node: 1, zone: "Movable", pageSizeKiB: 16, largestFreeKiB: null }] },
    ],
    [
      "active_anon:1 inactive_anon:2\nmapped:3 shmem:4\nfree:41510 free_pcp:12 free_cma:0",
      { ramFreePages: 41510 },
    ],
    ["Node 0 Normal free:44100kB min:44708kB low:558", "detail"],
    [
      "Node 0 Normal free:44100kB boost:2048kB min:44708kB low:55884kB high:67060kB slab_unreclaimable:8kB",
      { zones: [{ node: 0, name: "Normal", freeKiB: 44100, minKiB: 44708, highKiB: 67060 }] },
    ],
    [
      "HighMem free:159708kB min:512kB low:1708kB high:2908kB active:33420kB",
      { zones: [{ node: null, name: "HighMem", freeKiB: 159708, minKiB: 512, highKiB: 2908 }] },
    ],
    [" slab_reclaimable:20 slab_unreclaimable:88120", { slabUnreclaimablePages: 88120 }],
    [
      " free:5206 slab:10533 mapped:19 pagetables:30217 bounce:0",
      { ramFreePages: 5206, pagetablesPages: 30217 },
    ],
    ["517888 pages of RAM", { ramTotalPages: 517888 }],
    ["Free swap  = 0kB", { swapFreeKiB: 0 }],
    ["Free swap:       2190716kB", { swapFreeKiB: 2190716 }],
    ["Total swap = 1999864kB", { swapTotalKiB: 1999864 }],
    ["33554416 pages RAM", { ramTotalPages: 33554416 }],
    ["0 pages HighMem/MovableOnly", "detail"],
    ["Mem-info:", {}],
  ])("reads %j", (text, figures) => {
    const memInfo = typeof figures === "string" ? null : { ...blankMemInfo, ...figures };
    expect(line(text)).toEqual(memInfo === null ? { kind: figures } : { kind: "mem-info", memInfo });
  });

  test.each([
    [
      "memory: usage 8388608kB, limit 8388608kB, failcnt 402318",
      { kind: "memcg-usage", usage: { counter: "memory", usageKiB: 8388608, limitKiB: 8388608 } },
    ],
    [
      "memory: usage 5kB, limit 9007199254740988kB, failcnt 0",
      { kind: "memcg-usage", usage: { counter: "memory", usageKiB: 5, limitKiB: null } },
    ],
    [
      "memory: usage 5kB, limit 18014398509481983kB, failcnt 0",
      { kind: "memcg-usage", usage: { counter: "memory", usageKiB: 5, limitKiB: null } },
    ],
    [
      "memory+swap: usage 7kB, limit 8kB, failcnt 0",
      { kind: "memcg-usage", usage: { counter: "memory+swap", usageKiB: 7, limitKiB: 8 } },
    ],
    [
      "kmem: usage 0kB, limit 9223372036854771712kB, failcnt 0",
      { kind: "memcg-usage", usage: { counter: "kmem", usageKiB: 0, limitKiB: null } },
    ],
    ["Task in /a killed as a result of limit of /b c", { kind: "memcg-limit", path: "/b c" }],
  ])("reads %j", (text, expected) => {
    expect(line(text)).toEqual(expected);
  });
});

describe("lines that look like kills and are none", () => {
  test.each([
    "TCP: out of memory -- consider tuning tcp_mem",
    'EXT4-fs: Unrecognized mount option "x of memory: Killed process 1 (a) total-vm:1kB"',
    "Killed process [3002]: segfault at 0 ip 0 sp 0 error 4",
    "node-problem-detector: Out of memory: Killed process 5 (x)",
    'audit: type=1400 key="oom"',
    "sshd: page allocation failure. order:0, mode:0x20",
    "Killed process 0 (swapper)",
  ])("passes over %j", (text) => {
    expect(line(text)).toBeNull();
  });

  test.each([
    "Killed process 2147483648 (x) total-vm:8kB, anon-rss:4kB, file-rss:0kB",
    "Out of memory: Killed process 99999999999999999999 (x)",
    "Out of memory: Kill process 2147483648 (x) score 1 or sacrifice child",
    "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),global_oom,task_memcg=/,task=x,pid=2147483648,uid=0",
    "oom_reaper: reaped process 2147483648 (x), now anon-rss:0kB",
    "Kill process 2147483648 (x) sharing same memory",
  ])("takes nobody for dead whose number is no pid: %j", (text) => {
    expect(line(text)).toBeNull();
  });

  it("tells who was spared and who was dying already", () => {
    expect(line("Would have killed process 41 (httpd). But continuing instead.")).toEqual({
      kind: "would-have-killed",
      pid: 41,
      name: "httpd",
      scope: null,
    });
    expect(line("Out of memory: OOM victim 42 (a) b) is already exiting. Skip killing the task")).toEqual({
      kind: "already-exiting",
      pid: 42,
      name: "a) b",
      scope: "system",
    });
  });
});

describe("what the kernel says around the deaths", () => {
  test.each([
    ["oom_reaper: reaped process 4015 (a) b), now anon-rss:0kB, file-rss:0kB, shmem-rss:0lB", 4015, true],
    ["oom_reaper: reaped process 7 (x), now anon-rss:0kB", 7, true],
    ["OOM killed process npm run (pid=2946, ve=3) exited, free=12, gen=4.", 2946, true],
    ["OOM killed process 5 (pid=2946, ve=3) exited, free=12.", 2946, true],
    ["oom_reaper: unable to reap pid:4015 (python)", 4015, false],
    ["oom killer 4015 (a) b) has mm pinned by 4022 (c)", 4015, false],
  ])("believes the reaper: %j", (text, pid, isDead) => {
    expect(line(text)).toEqual({ kind: "reaper", pid, isDead });
  });

  test.each([
    ["Out of memory and no killable processes...", false],
    ["Kernel panic - not syncing: System is deadlocked on memory", true],
    ["Kernel panic - not syncing: Out of memory and no killable processes...", true],
    ["Kernel panic - not syncing: Out of memory: compulsory panic_on_oom is enabled", true],
    ["Kernel panic - not syncing: out of memory. panic_on_oom is selected", true],
    ["Kernel panic - not syncing: out of memory from page fault. panic_on_oom is selected.", true],
  ])("knows that nobody could be killed: %j", (text, isPanic) => {
    expect(line(text)).toEqual({ kind: "panic", isPanic });
  });

  test.each([
    "sysrq: Manual OOM execution",
    "SysRq : Manual OOM execution",
    "sysrq: SysRq : Manual OOM execution",
  ])("knows a kill by hand: %j", (text) => {
    expect(line(text)).toEqual({ kind: "manual" });
  });

  test.each([
    "fool (1) cpuset=docker-2e08 mems_allowed=0-1,3",
    "Hardware name: Example, BIOS 4.1.5 11/28/2013",
    " [<ffffffff81604406>] dump_stack+0x19/0x1b",
    " oom_kill_process+0x250/0x390",
    " </TASK>",
    "Node 0 DMA per-cpu:",
    "CPU    0: hi:    0, btch:   1 usd:   0",
    "lowmem_reserve[]: 0 3511 4016",
    " active_file:12 inactive_file:7 isolated_file:0",
    "Node 0 hugepages_total=0 hugepages_free=0 hugepages_surp=0 hugepages_size=2048kB",
    "20110 pages in swap cache",
    "Swap cache stats: add 991201, delete 971091, find 81221/99120",
    "Memory cgroup stats for /a: cache:12KB rss:100KB",
    "Memory cgroup min protection 0kB -- low protection 4kB",
    "anon 31307640832",
    "Unreclaimable slab info:",
    "kmalloc-2k              5916KB       5952KB",
    "Memory allocations:",
    "No memory allocation info available: out of memory",
    "Tasks state (memory values in pages):",
  ])("keeps as evidence, inside a dump only: %j", (text) => {
    expect(line(text)).toEqual({ kind: "detail" });
    expect(classifyLine(text, false)).toBeNull();
  });

  it("takes no row of the table for a figure, whatever its task is named", () => {
    expect(line("[  741]     0   741     2661      101   1     -17 a free:12")).toBeNull();
  });

  it("knows who shares the victim's memory, and which cgroup dies as a whole", () => {
    expect(line("Kill process 4803 (fool (1)) sharing same memory")).toEqual({
      kind: "sharing",
      kill: { ...nothing, pid: 4803, name: "fool (1)" },
    });
    expect(line("Tasks in /pods/a b are going to be killed due to memory.oom.group set")).toEqual({
      kind: "group-kill",
      path: "/pods/a b",
    });
  });
});

/** Every number that a value holds, however deep. */
function numbersIn(value: unknown): readonly number[] {
  if (typeof value === "number") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

describe("numbers of any size", () => {
  const digits = fc.stringMatching(/^[0-9]{1,24}$/);
  const shapes: readonly ((n: () => string) => string)[] = [
    (n) =>
      `Out of memory: Killed process ${n()} (x) total-vm:${n()}kB, anon-rss:${n()}kB, file-rss:${n()}kB, shmem-rss:${n()}kB, UID:${n()} pgtables:${n()}kB oom_score_adj:${n()}`,
    (n) => `Killed process ${n()}, UID ${n()}, (x) total-vm:${n()}kB, anon-rss:${n()}kB, file-rss:${n()}kB`,
    (n) => `Out of memory: Kill process ${n()} (x) score ${n()} or sacrifice child`,
    (n) => `oom-kill:constraint=CONSTRAINT_NONE,global_oom,task_memcg=/,task=x,pid=${n()},uid=${n()}`,
    (n) => `x invoked oom-killer: gfp_mask=0xd0, order=${n()}, oom_score_adj=${n()}`,
    (n) => `CPU: 1 PID: ${n()} Comm: x Not tainted 6.1.0 #1`,
    (n) => `memory: usage ${n()}kB, limit ${n()}kB, failcnt ${n()}`,
    (n) => `free:${n()}\nFree swap  = ${n()}kB\nTotal swap = ${n()}kB\n${n()} pages RAM\nNormal: 1*${n()}kB`,
  ];

  it("come out exact or not at all", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...shapes),
        fc.array(digits, { minLength: 8, maxLength: 8 }),
        (shape, all) => {
          const rest = [...all];
          const text = shape(() => rest.shift() ?? "0");
          const printed = new Set(all.map(BigInt));
          for (const number of numbersIn(line(text))) {
            expect(Number.isSafeInteger(number)).toBe(true);
            expect(printed.has(BigInt(number)), `${number} of ${text}`).toBe(true);
          }
        },
      ),
    );
  });
});

import { describe, expect, it, test } from "vitest";
import { blankRecord } from "../../../../packages/core/src/model/kernel-record.ts";
import type { KernelRecord } from "../../../../packages/core/src/model/kernel-record.ts";
import { parseDeaths } from "../../../../packages/core/src/parse/death/parse-deaths.ts";
import { readKernelLog } from "../../../../packages/core/src/parse/kernel-log/read-kernel-log.ts";
import { fixturePairs } from "../../../support/fixture-pairs.ts";
import { plainDeaths, recordsOf } from "./records-of.ts";

const deathsOf = (text: string) => parseDeaths(recordsOf(text)).deaths;
const summaryOf = (text: string) => deathsOf(text).map(({ kind, pid, name }) => [kind, pid, name]);
const crash = (pid: number, name = "reader"): string =>
  `${name}[${pid}]: segfault at 0 ip 00007f9ca3a8b153 sp 00007f9ca34437a0 error 4 in libc.so.6[7f9ca399d000+10e000]`;
const one = (record: Partial<KernelRecord>) => parseDeaths([{ ...blankRecord, ...record }]).deaths;

describe("parseDeaths", () => {
  test.each(fixturePairs("death"))("reads $name", ({ text, expected }) => {
    expect(plainDeaths(recordsOf(text))).toEqual(expected);
  });

  test.each(fixturePairs("death"))("reads $name out of a log file", ({ text, expected }) => {
    expect(plainDeaths(readKernelLog(Buffer.from(text)).records)).toEqual(expected);
  });

  it("counts a line printed twice once, and the same pid an hour later again", () => {
    const text = `[  100.000000] ${crash(7)}\n[  100.000000] ${crash(7)}\n[ 3700.000000] ${crash(7)}\n`;
    expect(summaryOf(text)).toEqual([
      ["segfault", 7, "reader"],
      ["segfault", 7, "reader"],
    ]);
    expect(deathsOf(text)[0]?.records).toHaveLength(2);
  });

  it("keeps the same pid of two boots apart, however near their stamps are", () => {
    const text = `[  100.000000] ${crash(7)}\n[    0.000000] Linux version 6.1.0\n[  100.500000] ${crash(7)}\n`;
    expect(deathsOf(text)).toHaveLength(2);
  });

  it("joins a segfault and its audit record whichever comes first", () => {
    const audit =
      'audit: type=1701 audit(1700000000.250:77): auid=1 uid=5 gid=5 ses=3 pid=7 comm="reader" exe="/usr/bin/reader" sig=11 res=1';
    for (const lines of [
      [crash(7), audit],
      [audit, crash(7)],
    ]) {
      const deaths = deathsOf(lines.map((line, at) => `[  100.00${at}000] ${line}`).join("\n"));
      expect(deaths).toMatchObject([
        { kind: "segfault", pid: 7, uid: 5, isThread: false, atMs: 1_700_000_000_250 },
      ]);
      expect(deaths[0]?.records).toHaveLength(2);
      expect(deaths[0]?.detail).toBe("at 0, error 4 in libc.so.6; SIGSEGV, /usr/bin/reader");
    }
  });

  it("does not guess whose the audit record is where two threads of that name crashed", () => {
    const audit =
      'audit: type=1701 audit(1700000000.250:77): auid=1 uid=5 gid=5 ses=3 pid=5 comm="reader" exe="/r" sig=11 res=1';
    expect(
      summaryOf(`[  1.000000] ${crash(7)}\n[  1.000001] ${crash(8)}\n[  1.000002] ${audit}`),
    ).toHaveLength(3);
  });

  it("tells two oopses of two callers apart, printed line by line between each other", () => {
    const lines = [
      "[    1.000000][   T11] Oops: general protection fault, probably for non-canonical address 0xdead: 0000 [#1] SMP",
      "[    1.000001][   T22] kernel BUG at mm/slub.c:4000!",
      "[    1.000002][   T11] CPU: 0 UID: 0 PID: 11 Comm: one Not tainted 6.12.0 #1",
      "[    1.000003][   T22] invalid opcode: 0000 [#2] SMP",
      "[    1.000004][   T22] CPU: 1 UID: 0 PID: 22 Comm: two Not tainted 6.12.0 #1",
      "[    1.000005][   T22] RIP: 0010:kfree+0x10/0x20",
      "[    1.000006][   T11] ---[ end trace 0000000000000000 ]---",
    ];
    expect(deathsOf(lines.join("\n"))).toMatchObject([
      { kind: "oops", pid: 11, name: "one", detail: expect.stringContaining("non-canonical") as string },
      { kind: "oops", pid: 22, name: "two", detail: "kernel BUG at mm/slub.c:4000! in kfree+0x10/0x20" },
    ]);
  });

  it("takes the first bug of a trace for the cause, and the next one after its end for another", () => {
    const text = [
      "[    1.000000] BUG: unable to handle page fault for address: ffffffffc0a81000",
      "[    1.000001] CPU: 0 PID: 11 Comm: one Not tainted 6.6.0 #1",
      "[    1.000002] BUG: kernel NULL pointer dereference, address: 0000000000000008",
      "[    1.000003] ---[ end trace 0000000000000000 ]---",
      "[    1.500000] general protection fault: 0000 [#2] SMP",
      "[    1.500001] CPU: 0 PID: 12 Comm: two Tainted: G      D 6.6.0 #1",
    ].join("\n");
    expect(summaryOf(text)).toEqual([
      ["oops", 11, "one"],
      ["oops", 12, "two"],
    ]);
  });

  test.each([
    ["Out of memory and no killable processes...", "Out of memory and no killable processes..."],
    ["System is deadlocked on memory", "System is deadlocked on memory"],
    [
      "Out of memory: system-wide panic_on_oom is enabled",
      "Out of memory: system-wide panic_on_oom is enabled",
    ],
    ["out of memory. panic_on_oom is selected", "out of memory. panic_on_oom is selected"],
  ])("counts a machine that panics with %j once", (words, detail) => {
    const text = `[  5.000000] Out of memory and no killable processes...\n[  5.100000] Kernel panic - not syncing: ${words}\n[  5.200000] ---[ end Kernel panic - not syncing: ${words} ]---\n`;
    expect(deathsOf(text)).toMatchObject([{ kind: "panic", pid: null, name: null, detail }]);
  });

  it("names init where its death was the panic", () => {
    const text =
      "[  5.000000] Kernel panic - not syncing: Attempted to kill init! exitcode=0x0000000b\n[  5.000001] CPU: 0 PID: 1 Comm: systemd Not tainted 6.6.0 #1\n";
    expect(summaryOf(text)).toEqual([["panic", 1, "systemd"]]);
  });

  it("gives a hard lockup the task of its own CPU, and an RCU stall of others none", () => {
    const text = [
      "[    1.000000] NMI watchdog: Watchdog detected hard LOCKUP on cpu 4",
      "[    1.000001] CPU: 1 PID: 50 Comm: bystander Not tainted 4.19.0 #1",
      "[    1.000002] CPU: 4 PID: 51 Comm: spinner Not tainted 4.19.0 #1",
      "[   90.000000] rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:",
      "[   90.000001] CPU: 1 PID: 50 Comm: bystander Not tainted 4.19.0 #1",
      "[  150.000000] rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:",
    ].join("\n");
    expect(deathsOf(text)).toMatchObject([
      { kind: "lockup", pid: 51, name: "spinner", detail: "CPU 4 hard LOCKUP" },
      { kind: "lockup", pid: null, name: null, detail: "rcu_preempt detected stalls" },
    ]);
  });

  it("makes one incident of a soft lockup and the RCU stall of the same task", () => {
    const text = [
      "[    1.000000] watchdog: BUG: soft lockup - CPU#2 stuck for 22s! [spinner:51]",
      "[   30.000000] rcu: INFO: rcu_sched self-detected stall on CPU",
      "[   30.000001] rcu: \t2-....: (5249 ticks this GP) idle=1/1/0x4 softirq=1/1 fqs=1",
      "[   30.000002] CPU: 2 PID: 51 Comm: spinner Tainted: G L 4.19.0 #1",
    ].join("\n");
    expect(deathsOf(text)).toMatchObject([{ kind: "lockup", pid: 51, detail: "CPU 2 stuck for 22 s" }]);
  });
});

describe("who may speak", () => {
  it("believes only the kernel of a segfault", () => {
    expect(one({ text: crash(5), facility: 0 })).toHaveLength(1);
    expect(one({ text: crash(5), facility: 1 })).toEqual([]);
    expect(one({ text: crash(5), tag: "dockerd" })).toEqual([]);
    expect(one({ text: `logger[77]: ${crash(5)}` })).toEqual([]);
    expect(one({ text: `a program says: ${crash(5)}` })).toEqual([]);
  });

  it("reads a saved output of earlyoom, and no other program's quote of it", () => {
    const text = 'sending SIGKILL to process 4711 uid 0 "tail": badness 1021, VmRSS 1300 MiB';
    expect(one({ text })).toMatchObject([{ kind: "oomd-kill", pid: 4711, name: "tail", confirmed: true }]);
    expect(one({ text, tag: "earlyoom", facility: 3 })).toHaveLength(1);
    expect(one({ text, tag: "kubelet" })).toEqual([]);
    expect(one({ text, facility: 0 })).toEqual([]);
  });

  test.each([
    "TCP: out of memory -- consider tuning tcp_mem",
    "kworker/0:1: page allocation failure: order:4, mode:0x40cc0(GFP_KERNEL|__GFP_COMP), nodemask=(null)",
    " oom_kill_process+0x250/0x390",
    'EXT4-fs: Unrecognized mount option "x of memory: Killed process 1 (init)"',
    "systemd-oomd invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0",
    'audit: type=1300 audit(1700000000.250:77): arch=c000003e syscall=62 success=yes pid=7 comm="oomd" exe="/o" key="oom"',
    "workqueue: drain_work hogged CPU for >10000us 4 times, consider switching to WQ_UNBOUND",
    "EXT4-fs error (device sda1): ext4_find_entry:1436: inode #2: comm ls: reading directory lblock 0",
    "BUG: scheduling while atomic: swapper/0/0/0x00000100",
    "EDAC MC0: 1 UE memory read error on CPU_SrcID#0 (channel:0 slot:0)",
    "NVRM: Xid (PCI:0000:01:00): 31, pid=1234, name=python3",
    "mce: [Hardware Error]: CPU 0: Machine Check: 0 Bank 4: b200000000070f0f",
    "oomd kill: 99.94 99.79 83.34 system.slice/a.service 1999744 ruleset:[r] detectorgroup:[d] killer:(dry)kill_by_memory v2",
    'sending 0 (no-op signal) to process 4711 uid 0 "tail": badness 1021, VmRSS 1300 MiB',
    "potentially unexpected guest",
  ])("counts nobody's death in %j", (text) => {
    expect(parseDeaths([{ ...blankRecord, text }]).deaths).toEqual([]);
  });
});

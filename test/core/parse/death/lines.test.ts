import { describe, expect, test } from "vitest";
import { blankRecord } from "../../../../packages/core/src/model/kernel-record.ts";
import { parseDeaths } from "../../../../packages/core/src/parse/death/parse-deaths.ts";

const only = (text: string, tag: string | null = null): unknown => {
  const { deaths } = parseDeaths([{ ...blankRecord, text, tag, facility: tag === null ? 0 : 3 }]);
  const [death] = deaths;
  expect(deaths).toHaveLength(1);
  return [death?.kind, death?.pid, death?.name, death?.detail];
};

describe("lines of the kernel", () => {
  test.each([
    [
      "reader[812]: segfault at 0000000000000000 rip 0000000000400e1c rsp 00007fff0b2a1100 error 4",
      ["segfault", 812, "reader", "at 0000000000000000, error 4"],
    ],
    [
      "reader[812]: segfault at 00000000 eip 08048000 esp bfff0000 error 6",
      ["segfault", 812, "reader", "at 00000000, error 6"],
    ],
    [
      "Killed process [3002]: segfault at 8 ip 000000000040054b sp 00007ffd3c2c5b80 error 6 in killed[400000+1000]",
      ["segfault", 3002, "Killed process ", "at 8, error 6 in killed"],
    ],
    [
      "segfault at [1][99]: segfault at 8 ip 000000000040054b sp 00007ffd3c2c5b80 error 6 in a b[1].so[1000,400000+1000] likely on CPU 3 (core 1, socket 0)",
      ["segfault", 99, "segfault at [1]", "at 8, error 6 in a b[1].so"],
    ],
    [
      "żółw: ]a[[7]: segfault at 10 ip 000000000040054b sp 00007ffd3c2c5b80 error 14",
      ["segfault", 7, "żółw: ]a[", "at 10, error 14"],
    ],
    [
      "reader[812]: segfault (11) at 10 nip 10000594 lr 1000058c code 1 in reader[10000000+10000]",
      ["segfault", 812, "reader", "at 10, code 1 in reader"],
    ],
    [
      "reader[812]: unhandled exception: DABT (lower EL), ESR 0x0000000092000005, level 1 translation fault in reader[aaaa+1000]",
      [
        "segfault",
        812,
        "reader",
        "unhandled exception: DABT (lower EL), ESR 0x0000000092000005, level 1 translation fault in reader[aaaa+1000]",
      ],
    ],
    [
      "reader[812]: unhandled signal 4 code 0x1 at 0x0000000000010010 in reader[10000+1000]",
      ["signal", 812, "reader", "unhandled signal 4 code 0x1 at 0x0000000000010010"],
    ],
    [
      "reader: unhandled page fault (11) at 0x00000010, code 0x817",
      ["segfault", null, "reader", "unhandled page fault (11) at 0x00000010"],
    ],
    [
      "do_page_fault(): sending SIGSEGV to reader for invalid read access from 00000010",
      ["segfault", null, "reader", "sending SIGSEGV to reader for invalid read access from 00000010"],
    ],
    [
      "traps: chrome[2979] trap invalid opcode ip:55911b28dba3 sp:7ffea558a3e0 error:0 in chrome[559110000+1000]",
      ["trap", 2979, "chrome", "invalid opcode in chrome"],
    ],
    [
      "trapper[812] trap divide error rip:400e1c rsp:7fff0b2a error:0",
      ["trap", 812, "trapper", "divide error"],
    ],
    [
      "traps: a] trap[b[44] general protection fault ip:400e1c sp:7fff0b2a error:38",
      ["trap", 44, "a] trap[b", "general protection fault, error 38"],
    ],
    ["consoled/2993: potentially unexpected fatal signal 11.", ["signal", 2993, "consoled", "SIGSEGV"]],
    ["core cpu1: C S: potentially unexpected fatal signal 6.", ["signal", null, "C S", "SIGABRT, core cpu1"]],
    ["potentially unexpected fatal signal 33.", ["signal", null, null, "signal 33"]],
    [
      'type=1701 audit(1326000000.001:7): auid=1 uid=1 gid=1 ses=1 pid=88 comm="cc1" reason="memory violation" sig=11',
      ["signal", 88, "cc1", "SIGSEGV"],
    ],
    [
      "MCE 0x1840200: Killing cellsrv:33395 early due to hardware memory corruption",
      ["hw-memory", 33395, "cellsrv", "early due to hardware memory corruption"],
    ],
    [
      "MCE: Killing uffd:unit:1321817 due to hardware memory corruption fault at 4631e000",
      ["hw-memory", 1321817, "uffd:unit", "due to hardware memory corruption fault at 4631e000"],
    ],
    [
      "Memory failure: 0x51000: forcibly killing cell:7 because of failure to unmap corrupted page",
      ["hw-memory", 7, "cell", "because of failure to unmap corrupted page, page 0x51000"],
    ],
    ["{1}[Hardware Error]: event severity: fatal", ["hw-memory", null, null, "event severity: fatal"]],
    [
      "INFO: task kworker/u8:0:5 blocked for more than 120 seconds.",
      ["hung-task", 5, "kworker/u8:0", "blocked for more than 120 seconds"],
    ],
    [
      "INFO: task a blocked for:77 blocked in I/O wait for more than 143 seconds.",
      ["hung-task", 77, "a blocked for", "blocked in I/O wait for more than 143 seconds"],
    ],
    [
      "BUG: soft lockup - CPU#0 stuck for 61s! [swapper:0]",
      ["lockup", null, "swapper", "CPU 0 stuck for 61 s"],
    ],
    ["BUG: soft lockup detected on CPU#0!", ["lockup", null, null, "CPU 0 soft lockup"]],
    ["watchdog: CPU4: Watchdog detected hard LOCKUP on cpu 4", ["lockup", null, null, "CPU 4 hard LOCKUP"]],
    [
      "INFO: rcu_sched self-detected stall on CPU { 3}  (t=60001 jiffies g=1 c=0 q=0)",
      ["lockup", null, null, "CPU 3 rcu_sched self-detected stall"],
    ],
    [
      "rcu: INFO: rcu_preempt detected expedited stalls on CPUs/tasks: { 1-...D } 21 jiffies s: 821 root: 0x2/.",
      ["lockup", null, null, "rcu_preempt detected expedited stalls"],
    ],
    ["divide error: 0000 [#1] SMP", ["oops", null, null, "divide error: 0000"]],
    [
      "Internal error: Oops: 96000004 [#1] PREEMPT SMP",
      ["oops", null, null, "Internal error: Oops: 96000004"],
    ],
    [
      "Oops: Kernel access of bad area, sig: 11 [#1]",
      ["oops", null, null, "Oops: Kernel access of bad area, sig: 11"],
    ],
    [
      "Kernel panic: Aiee, killing interrupt handler!",
      ["panic", null, null, "Aiee, killing interrupt handler!"],
    ],
    [
      "lowmemorykiller: Killing 'a' (b' (2613) (tgid 2613), adj 1000,",
      ["oomd-kill", 2613, "a' (b", "adj 1000"],
    ],
  ])("reads %j", (text, expected) => {
    expect(only(text)).toEqual(expected);
  });
});

describe("lines of user space", () => {
  test.each([
    ["earlyoom", "Killing process 7981 htop", ["oomd-kill", 7981, "htop", null]],
    [
      "earlyoom",
      "Killing process: tail, pid: 4711, badness: 1021, VmRSS: 1300 MiB",
      ["oomd-kill", 4711, "tail", "badness: 1021"],
    ],
    [
      "earlyoom",
      "Killing process 'a, pid: 1' with signal 15, pid: 4711, badness: 1021, VmRSS: 1300 MiB",
      ["oomd-kill", 4711, "a, pid: 1", "SIGTERM, badness: 1021"],
    ],
    [
      "earlyoom",
      'sending SIGTERM to process 4711 "tail": badness 1021, VmRSS 1300 MiB',
      ["oomd-kill", 4711, "tail", "SIGTERM, badness 1021"],
    ],
    [
      "earlyoom",
      'sending SIGTERM to process 4711 uid 7 "tail": oom_score 900, oom_score_adj -5, VmRSS 1300 MiB, cmdline "x": badness 1, VmRSS 1 MiB"',
      ["oomd-kill", 4711, "tail", "SIGTERM, oom_score 900, oom_score_adj -5"],
    ],
    [
      "lowmemorykiller",
      "Kill 'com.example.reader' (2613), uid 10100, oom_score_adj 900 to free 12345kB rss, 100kB swap; reason: low watermark is breached",
      [
        "oomd-kill",
        2613,
        "com.example.reader",
        "oom_score_adj 900 to free 12345kB rss, 100kB swap; reason: low watermark is breached",
      ],
    ],
    [
      "oomd",
      "oomd kill: 99.94 99.79 83.34 system.slice/a b.service 1999744 ruleset:[protect] detectorgroup:[slow] killer:kill_by_memory v2",
      [
        "oomd-kill",
        null,
        null,
        "kill_by_memory, ruleset:[protect], pressure 99.94 99.79 83.34, 1999744 bytes",
      ],
    ],
    [
      "audit",
      'ANOM_ABEND auid=4294967295 uid=0 gid=0 ses=4294967295 subj=kernel pid=313 comm=2873702022612922 exe="/lib/systemd/systemd" sig=6 res=1',
      ["signal", 313, '(sp "a)"', "SIGABRT, /lib/systemd/systemd"],
    ],
    [
      "audispd",
      'node=web1 type=ANOM_ABEND msg=audit(1434371271.277:135496): auid=1 uid=0 gid=0 ses=1 pid=31 comm="cc1" exe="/usr/bin/cc1" sig=7 res=1',
      ["signal", 31, "cc1", "SIGBUS, /usr/bin/cc1"],
    ],
  ])("reads %s's %j", (tag, text, expected) => {
    expect(only(text, tag)).toEqual(expected);
  });
});

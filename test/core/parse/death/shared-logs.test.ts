import { describe, expect, test } from "vitest";
import { hasSharedData, readShared } from "../../../support/shared-data.ts";
import { parseDeaths } from "../../../../packages/core/src/parse/death/parse-deaths.ts";
import { recordsOf } from "./records-of.ts";

/** Who died by what, as `kind pid name`; prefixes of other carriers than these tests read are taken off first. */
const summaryOf = (path: string): readonly string[] => {
  const text = readShared(`logs/${path}`)
    .replaceAll(
      /^ *(?:\d+:(?=[A-Z])|May 17 \S+ kernel: |syzkaller login: |\[\w{3} \w{3} +\d+ [\d:]+ \d{4}\] )/gm,
      "",
    )
    .replaceAll(/^(?:avril|9月) \d+ \S+ /gm, "Apr 16 00:00:00 nohost ")
    .replaceAll(/^\d,\d+,(\d+)(\d{6}),[^;\n]*;/gm, "<6>[$1.$2] ")
    .replaceAll(/\] kernel: /g, "] ");
  return parseDeaths(recordsOf(text)).deaths.map(({ kind, pid, name }) => `${kind} ${pid} ${name}`);
};

describe.skipIf(!hasSharedData)("published logs of other deaths (needs INQUEST_SHARED)", () => {
  test.each([
    [
      "transcribed/segv_traps_signals.txt",
      [
        "segfault 68054 vyos-http-api-s",
        "segfault 46 test_pool_shutd",
        "segfault 16980 llama-server",
        "segfault 6411 eadedCompositor",
        "segfault 539 ash",
        "segfault 2183248 pverados",
        "segfault 27203 virt-manager",
        "segfault 23373 plugin-containe",
        "trap 31413 virt-manager",
        "trap 16555 polkitd",
        "trap 2979 chrome",
        "trap 1283 marco",
        "trap 3616 syz-executor229",
        "segfault 10303 urxvtd",
        "signal null CS",
        "signal 2993 consoled",
        "signal 963 system_main_thr",
        "signal 32544 dumb-init",
        "signal 313 (spatcher)",
        "signal 2818 rtctest",
        "hw-memory 1321817 uffd-unit-tests",
        "hw-memory 33395 cellsrv",
      ],
    ],
    [
      "transcribed/hung_tasks.txt",
      [
        "hung-task 15341 FwgThread OpFor",
        "hung-task 5135 systemd-tmpfile",
        "hung-task 404 jbd2/vda1-8",
        "hung-task 22274 jbd2/dm-2-8",
        "hung-task 17344 logrotate",
        "hung-task 5 kworker/u8:0",
        "hung-task 17963 kworker/u16:0",
        "hung-task 5612 udevd",
      ],
    ],
    ["transcribed/android_lmk.txt", ["oomd-kill 2613 d.play.games.ui", "oomd-kill 21742 externalstorage"]],
    [
      "transcribed/earlyoom_journal.txt",
      ["oomd-kill 7981 htop", "oomd-kill 106631 kworker/27:0-events", "oomd-kill 106997 kworker/27:0-events"],
    ],
    ["transcribed/systemd_oomd_journal.txt", ["oomd-kill null null"]],
    ["transcribed/systemd_unit_oom_2026.txt", []],
    ["transcribed/traps_gp_fault_iso_2025.txt", ["trap 2084347 adguard-cli"]],
    ["transcribed/tail_no_killable_panic.txt", ["panic null null"]],
    ["transcribed/init_vfork_panic_3.x.txt", ["panic 1 null"]],
    ["node-problem-detector/docker_hung", ["hung-task 20744 docker"]],
    ["node-problem-detector/aufs_umount_hung", ["hung-task 21568 umount.aufs"]],
    ["node-problem-detector/null_pointer", ["oops 63 ksoftirqd/11"]],
    ["node-problem-detector/divide_zero", ["oops 1853 docker"]],
    ["node-problem-detector/oom_kill", []],
    ["node-problem-detector/readonly_filesystem", []],
    ["node-problem-detector/unregister_netdevice", []],
    ["node-problem-detector/au_opts_verify", []],
    ["syzkaller/report_92", []],
    ["syzkaller/report_235", ["hung-task 7985 kworker/0:3", "panic null null"]],
    ["syzkaller/report_244", []],
    ["syzkaller/report_255", ["hung-task 1 init", "panic null null"]],
    ["syzkaller/report_264", ["panic 4588 syz-executor4"]],
    [
      "syzkaller/report_349",
      [
        "hung-task 3563 jbd2/sda-8",
        "hung-task 1980 kworker/u12:5",
        "hung-task 6677 syz-executor2",
        "hung-task 6693 syz-executor2",
        "panic null null",
      ],
    ],
    [
      "syzkaller/report_620",
      [10579, 10582, 10587, 10590, 10598].map((pid) => `segfault ${pid} syz-executor846`),
    ],
    [
      "syzkaller/report_621",
      [10579, 10582, 10587, 10590, 10598].map((pid) => `segfault ${pid} syz-executor846`),
    ],
    [
      "syzkaller/report_649",
      [3615, 3616, 3617, 3619, 3618, 3620].map((pid) => `trap ${pid} syz-executor229`),
    ],
  ])("reads who died in %s", (path, expected) => {
    expect(summaryOf(path)).toEqual(expected);
  });
});

import { describe, expect, it, test } from "vitest";
import {
  isKernels,
  type KernelRecord,
  type LogFormatName,
} from "../../../../packages/core/src/model/kernel-record.ts";
import { detectCapture } from "../../../../packages/core/src/parse/capture/detect-capture.ts";
import { detectFormat } from "../../../../packages/core/src/parse/kernel-log/detect-format.ts";
import { parseOomReports } from "../../../../packages/core/src/parse/oom/parse-oom-reports.ts";
import { hasSharedData, readShared } from "../../../support/shared-data.ts";

function readLog(path: string): {
  readonly format: LogFormatName;
  readonly records: readonly KernelRecord[];
  readonly unread: number;
} {
  const lines = readShared(`logs/${path}`).split(/\r?\n/);
  const format = detectFormat(lines);
  return { format: format.name, ...format.read(lines, 0) };
}

/** Format, hosts and whether every record has a stamp or a calendar time, as read by eye. */
const files: readonly (readonly [path: string, format: LogFormatName, hosts: readonly (string | null)[]])[] =
  [
    ["LukeShirnia-out-of-memory/history__message.long.7f85d78", "syslog", ["aphkrsws7", "cloud-web1"]],
    ["LukeShirnia-out-of-memory/history__messages.test.aa012c9", "syslog", ["cloud-web1"]],
    ["OOMAnalyser/example_proxmox_cgroup_oom.txt", "dmesg-ctime", [null]],
    ["OOMAnalyser/example_rhel7.txt", "dmesg", [null]],
    ["cadvisor/containerOomExampleLog.txt", "syslog", [null]],
    ["cadvisor/systemOomExampleLog.txt", "dmesg", [null, "localhost"]],
    ["cadvisor/teststream_0.noprefix.txt", "dmesg", [null]],
    ["hotsos/kubernetes__dmesg", "dmesg", [null]],
    ["insights-core/journalctl__JOURNAL_ALL_MSGINFO.txt", "journal-short", ["lxc-rhel68-sat56", "boy-bona"]],
    ["insights-core/dmesg__MSGINFO.txt", "dmesg", [null]],
    ["jc/generic__syslog-5424.out", "rfc5424", ["192.0.2.1", "mymachine.example.com"]],
    ["lnav/logfile_journald.json", "journal-json", ["imx6ul-medusa"]],
    ["lnav/logfile_syslog_fr.0", "syslog", ["nlaptop"]],
    ["node-problem-detector/oom_kill", "dmesg", [null]],
    ["syzkaller/report_649", "dmesg", [null]],
    ["transcribed/aks_memcg_oom_group_syslog.txt", "syslog", ["aks-nodepool1-31060421-vmss000002"]],
    ["transcribed/earlyoom_journal.txt", "syslog", ["<hostname_removed>", "nora"]],
    ["transcribed/gh_memcg_5.13plus_gpud_lxc_nested.txt", "syslog", ["..."]],
    ["transcribed/gh_moby_15654_3.19.0-26_nohost_syslog.txt", "syslog", [null]],
    ["transcribed/gh_openwrt_5095_5.15.71_arm64_facility_prefix.txt", "openwrt", [null]],
    ["transcribed/gh_percona_nixos_5.4.22_vm_console_prefix.txt", "dmesg", [null]],
    ["transcribed/gh_rpi_5395_6.1.16_armv7_journal_header.txt", "journal-short", ["cork"]],
    ["transcribed/gh_talos_11148_memcg_prefix.txt", "talos", ["10.200.70.91"]],
    [
      "transcribed/journal_indented_cgroup_stats_walinuxagent_2805.txt",
      "journal-short",
      ["aks-general1z2-58172555-vmss000006"],
    ],
    ["transcribed/kernel_prefix_only_no_time.txt", "dmesg", [null]],
    ["transcribed/memcg_already_exiting_2025_dmesgT.txt", "dmesg-ctime", [null]],
    ["transcribed/systemd_oomd_journal.txt", "syslog", ["pekka", null, "vyos02"]],
    ["transcribed/systemd_unit_oom_2026.txt", "syslog", ["largeweb2", "copr-be.aws.fedoraproject.org"]],
    ["transcribed/traps_gp_fault_iso_2025.txt", "syslog-iso", ["kmpclm"]],
  ];

/** Kill lines that stand behind a prefix, read by eye: pid and name of the victims, in order. */
const kills: readonly (readonly [
  path: string,
  count: number,
  victims: readonly (readonly [number, string | null])[],
])[] = [
  ["OOMAnalyser/example_proxmox_cgroup_oom.txt", 1, [[3902942, "php-fpm"]]],
  ["cadvisor/containerOomExampleLog.txt", 1, [[13536, "memorymonster"]]],
  ["cadvisor/systemOomExampleLog.txt", 1, [[1532, "badsysprogram"]]],
  ["transcribed/aks_memcg_oom_group_syslog.txt", 2, [[68061, "stress"]]],
  ["transcribed/gh_moby_15654_3.19.0-26_nohost_syslog.txt", 1, [[19715, "java"]]],
  ["transcribed/memcg_already_exiting_2025_dmesgT.txt", 1, [[3804876, "stress"]]],
  ["transcribed/kernel_prefix_only_no_time.txt", 1, [[226828, "python"]]],
  [
    "transcribed/lkml_2001_2.4_emacs_rpm_storm.txt",
    4,
    [
      [2019, "emacs"],
      [1407, "emacs"],
      [1495, "emacs"],
    ],
  ],
  ["transcribed/rhel6_2.6.32-573_mongod_syslog.txt", 1, [[194515, "mongod"]]],
  ["LukeShirnia-out-of-memory/history__message.short.2aef566", 1, [[62185, "httpd"]]],
  [
    "LukeShirnia-out-of-memory/history__message.long.7f85d78",
    25,
    [
      [30520, "yum-cron"],
      [32419, "yum-cron"],
    ],
  ],
];

describe.skipIf(!hasSharedData)("formats, given logs that others published", () => {
  test.each(files)("reads every line of %s as %s", (path, format, hosts) => {
    const log = readLog(path);
    expect(log.format).toBe(format);
    expect(log.unread).toBe(0);
    expect([...new Set(log.records.map(({ host }) => host))]).toEqual(hosts);
  });

  test.each(files)("takes %s for one log", (path) => {
    expect(detectCapture(readShared(`logs/${path}`).split(/\r?\n/).slice(0, 500))).toBeNull();
  });

  test.each(kills)("brings the kill lines of %s to the report parser", (path, count, victims) => {
    const own = readLog(path).records.filter(isKernels);
    const lines = own.filter(({ text }) => /^(?:.{0,80}: )?Killed process \d/.test(text));
    expect(lines).toHaveLength(count);
    const found = parseOomReports(own).flatMap(({ kills: all }) =>
      all.map(({ pid, name }) => [pid, name] as const),
    );
    for (const victim of victims) expect(found).toContainEqual(victim);
  });

  it("gives nobody's words to the kernel in a log of many programs", () => {
    const { records } = readLog("LukeShirnia-out-of-memory/history__messages.test.aa012c9");
    expect(records.filter(({ tag }) => tag === "rack").length).toBeGreaterThan(0);
    expect(records.filter(isKernels).filter(({ text }) => /^(?:rack|varnishd)/.test(text))).toEqual([]);
  });

  it("writes a journal's time and boot beside its words", () => {
    const [first] = readLog("lnav/logfile_journald.json").records;
    expect(first).toMatchObject({
      bootId: "0dc874d3-fbd4-4bdb-b6fb-cfaa27481492",
      written: { offsetS: 0, hasYear: true },
    });
  });
});

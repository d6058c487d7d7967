import { utimesSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import type { ProbeOutput, ProbeSectionName } from "../../../packages/core/src/model/probe-output.ts";
import { parseHostFacts } from "../../../packages/core/src/parse/facts/parse-host-facts.ts";
import { kernelLogFailure } from "../../../packages/core/src/probe/kernel-log-failure.ts";
import { probeRequest, type ProbeArguments } from "../../../packages/core/src/probe/probe-request.ts";
import { sectionComplaints } from "../../../packages/core/src/probe/section-complaints.ts";
import { splitProbeOutput } from "../../../packages/core/src/probe/split-probe-output.ts";
import {
  bootId,
  buildFileRoot,
  notFound,
  type FileRoot,
  type FileRootSpec,
} from "../../support/file-root.ts";
import { findProgram, posixShells, runInShell, type Shell } from "../../support/shells.ts";

const nonce = "b5f0c1d2e3a497860f1e2d3c4b5a6978";
const denied = "dmesg: read kernel buffer failed: Operation not permitted\n";
const noKmsg = { "dev/kmsg": null } as const;
/** Says what only root may see to whom the sudo below made root. */
const rootsDmesg = `[ -n "$AS_ROOT" ] || { echo '${denied.trim()}' >&2; exit 1; }; echo '<6>[    1.000000] seen by root'`;
const workingSudo = `[ "$1" = -n ] || exit 9; shift; AS_ROOT=1; export AS_ROOT; exec "$@"`;

const roots: FileRoot[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) root.remove();
});

function probe(shell: Shell, spec: FileRootSpec, args: Partial<ProbeArguments> = {}): ProbeOutput {
  const host = buildFileRoot(spec);
  roots.push(host);
  const request = probeRequest({ nonce, root: host.root, sudo: "auto", ...args });
  const answer = runInShell(shell, request, host);
  expect(answer.status).toBe(0);
  return splitProbeOutput(answer.stdout, answer.stderr, nonce);
}

/** What a host whose /var/log holds these files sends of a further source. */
function sources(
  shell: Shell,
  source: "files" | "journal",
  files: FileRootSpec["files"],
): { readonly output: ProbeOutput; readonly text: (section: ProbeSectionName) => string } {
  const host = buildFileRoot(files === undefined ? {} : { files });
  roots.push(host);
  // Oldest first means by the time of the last change: these were written in one second.
  for (const [age, name] of Object.keys(files ?? {}).entries()) {
    utimesSync(join(host.root, name), 1_795_000_000 - age * 86_400, 1_795_000_000 - age * 86_400);
  }
  const request = probeRequest({ nonce, root: host.root, sudo: "never", sections: [], sources: [source] });
  const { stdout, stderr } = runInShell(shell, request, host);
  const output = splitProbeOutput(stdout, stderr, nonce);
  return { output, text: (section) => textOf(output, section) ?? "" };
}

function textOf(output: ProbeOutput, section: ProbeSectionName): string | null {
  const bytes = output.sections.get(section)?.bytes;
  return bytes === undefined ? null : Buffer.from(bytes).toString();
}

/** A ps that knows no column of this pattern. */
function unless(pattern: string, says: string): string {
  return `case "$*" in ${pattern}) echo "ps: bad -o argument" >&2; exit 1 ;; esac; echo '${says}'`;
}

function psOf(shell: Shell, ps: string): [via: string | undefined, text: string | null] {
  const output = probe(shell, { commands: { ps } });
  return [output.sections.get("ps")?.via, textOf(output, "ps")];
}

describe.each(posixShells)("the probe under $name", (shell) => {
  it("reads everything of a healthy host without a complaint", () => {
    const output = probe(shell, {});
    expect(output.complete).toBe(true);
    expect(output.noiseBytes).toBe(0);
    expect([...output.sections.keys()]).toEqual([
      "clock",
      "kernel-log",
      "clock-after",
      "uptime",
      "proc",
      "zone",
      "ps",
      "schedules",
    ]);
    for (const [name, section] of output.sections) {
      expect([name, section.status, section.complaint]).toEqual([name, 0, ""]);
    }
    expect(output.sections.get("kernel-log")?.via).toBe("kmsg");
    expect(textOf(output, "kernel-log")).toBe(
      "6,0,0,-;Linux version 5.14.0-503.el9.x86_64\n6,1,1500000,-;systemd[1]: started\n",
    );
    expect(textOf(output, "uptime")).toBe(" 04:46:40 up  2:46,  1 user,  load average: 0.20, 0.10, 0.05\n");
    expect(textOf(output, "ps")).toContain("/sbin/init\n");
    expect(parseHostFacts(output)).toEqual({
      clock: {
        beforeMs: 1_795_380_400_250,
        afterMs: 1_795_380_400_260,
        uptimeS: 10_000.25,
        bootAtMs: 1_795_370_400_000,
        sinceBootS: 10_000.25,
        uptimeIsMounted: false,
        cpuClock: null,
        utcOffsetS: 28_800,
        zone: "Asia/Shanghai",
      },
      bootId,
      kernel: "5.14.0-503.el9.x86_64",
      cpus: 4,
      pageSizeKiB: 4,
      ramTotalKiB: 16_330_996,
      ramAvailableKiB: 8_165_498,
      swapTotalKiB: 2_097_148,
      swapFreeKiB: 1_048_574,
      oomKillCount: 3,
    });
  });

  it("reads this machine itself, its own commands and /proc", () => {
    const request = probeRequest({ nonce, root: "", sudo: "never" });
    const { stdout, stderr } = runInShell(shell, request);
    const output = splitProbeOutput(stdout, stderr, nonce);
    const facts = parseHostFacts(output);
    expect(output.complete).toBe(true);
    expect(Math.abs((facts.clock.beforeMs ?? 0) - Date.now())).toBeLessThan(120_000);
    expect(facts.clock.afterMs).toBeGreaterThanOrEqual(facts.clock.beforeMs ?? Infinity);
    expect(facts.pageSizeKiB).toBeGreaterThanOrEqual(4);
    expect(facts.cpus).toBeGreaterThan(0);
    expect(facts.kernel).not.toBeNull();
  });

  it.each(["proc/sched_debug", "sys/kernel/debug/sched/debug"])(
    "reads the log's own clock from %s",
    (path) => {
      const header = [
        "Sched Debug Version: v0.11, 5.10.0-28-amd64 #1",
        "ktime                                   : 10000249.100000",
        "sched_clk                               : 10000310.100000",
        "cpu_clk                                 : 10000310.200000",
        "jiffies                                 : 4297392358",
        "sched_clock_stable()                    : 1",
      ];
      const output = probe(shell, { files: { [path]: `${header.join("\n")}\n` } });
      expect(output.sections.get("clock")?.complaint).toBe("");
      expect(textOf(output, "clock")).not.toContain("jiffies");
      expect(parseHostFacts(output).clock.cpuClock).toEqual({
        stampS: 10_000.3102,
        beforeMs: 1_795_380_400_250,
        afterMs: 1_795_380_400_260,
      });
    },
  );

  it("does without a clock that it may not read, or that ends before it says anything", () => {
    for (const spec of [
      { directories: ["proc/sched_debug"] },
      { files: { "proc/sched_debug": "now at 3.2 msecs\n".repeat(400) } },
      { files: { "proc/sched_debug": "" } },
    ]) {
      const output = probe(shell, spec);
      expect(output.sections.get("clock")).toMatchObject({ status: 0, complaint: "" });
      expect(parseHostFacts(output).clock).toMatchObject({ cpuClock: null, uptimeS: 10_000.25 });
    }
  });

  it("sends only the sections asked for", () => {
    const output = probe(shell, {}, { sections: ["kernel-log", "uptime"] });
    expect([...output.sections.keys()]).toEqual(["kernel-log", "uptime"]);
    expect(output.complete).toBe(true);
  });

  it("finds its root behind blanks and quotes", () => {
    const output = probe(shell, { name: "a b'c\"d$HOME`id`\\e!f" });
    expect(textOf(output, "kernel-log")).toContain("started");
    expect(parseHostFacts(output).bootId).toBe(bootId);
  });

  it("goes to dmesg when kmsg cannot be read, and keeps why", () => {
    const output = probe(shell, { directories: ["dev/kmsg"] });
    const log = output.sections.get("kernel-log");
    expect(log?.via).toBe("dmesg");
    expect(log?.status).toBe(0);
    expect(log?.complaint).toMatch(/kmsg'?: Is a directory$/u);
    expect(kernelLogFailure(output)).toBeNull();
  });

  it("takes the end of a nonblocking kmsg for its end", () => {
    const dd = `printf '6,7,70,-;all\\n'; echo "dd: error reading '/dev/kmsg': Resource temporarily unavailable
0+1 records in
0+1 records out" >&2; exit 1`;
    const log = probe(shell, { commands: { dd } }).sections.get("kernel-log");
    expect(log).toMatchObject({ via: "kmsg", status: 0, complaint: "" });
    expect(Buffer.from(log?.bytes ?? []).toString()).toBe("6,7,70,-;all\n");
  });

  it("starts over when the ring overruns it, and gives the last reading alone", () => {
    const dd = `n=$(cat "$0.n" 2>/dev/null); echo "\${n}x" >"$0.n"
if [ "$n" = xx ]; then echo '6,9,90,-;third'; exit 0; fi
echo '6,1,10,-;lost'; echo "dd: error reading '/dev/kmsg': Broken pipe
0+1 records in" >&2; exit 1`;
    const output = probe(shell, { commands: { dd } });
    expect(output.sections.get("kernel-log")).toMatchObject({ via: "kmsg", status: 0 });
    expect(textOf(output, "kernel-log")).toBe("6,9,90,-;third\n");
    expect(output.sections.get("kernel-log")?.complaint).toBe(
      "dd: error reading '/dev/kmsg': Broken pipe\ndd: error reading '/dev/kmsg': Broken pipe",
    );
  });

  it("leaves kmsg for dmesg after three overruns", () => {
    const dd = `echo "dd: error reading '/dev/kmsg': Broken pipe" >&2; exit 1`;
    const log = probe(shell, { commands: { dd } }).sections.get("kernel-log");
    expect(log).toMatchObject({ via: "dmesg", status: 0 });
    expect(log?.complaint.split("\n")).toHaveLength(3);
  });

  it.skipIf(findProgram("busybox") === null)("does not hang on a dd without nonblock", () => {
    const log = probe(shell, { commands: { dd: 'exec busybox dd "$@"' } }).sections.get("kernel-log");
    expect(log).toMatchObject({ via: "dmesg", status: 0 });
  });

  it("takes an empty log for an empty log", () => {
    const ring = probe(shell, { files: { "dev/kmsg": "" } });
    expect(ring.sections.get("kernel-log")).toMatchObject({ via: "kmsg", status: 0 });
    expect(textOf(ring, "kernel-log")).toBe("");
    const buffer = probe(shell, { files: noKmsg, commands: { dmesg: { stdout: "" } } });
    expect(buffer.sections.get("kernel-log")).toMatchObject({ via: "dmesg", status: 0 });
    expect(kernelLogFailure(buffer)).toBeNull();
  });

  it("asks an old dmesg without its -r again", () => {
    const dmesg = `[ $# -eq 0 ] || { echo "dmesg: invalid option -- r
Usage: dmesg [-c] [-n level] [-s bufsize]" >&2; exit 1; }; echo 'Linux version 2.6.18'`;
    const output = probe(shell, { files: noKmsg, commands: { dmesg } });
    expect(output.sections.get("kernel-log")).toMatchObject({ via: "dmesg", status: 0 });
    expect(textOf(output, "kernel-log")).toBe("Linux version 2.6.18\n");
  });

  it("says no-permission in the kernel's words when nothing may be read", () => {
    const output = probe(shell, { files: noKmsg, commands: { dmesg: { stderr: denied, status: 1 } } });
    expect(output.complete).toBe(true);
    expect(textOf(output, "ps")).toContain("systemd");
    expect(output.sections.get("kernel-log")?.complaint).toContain("sudo: a password is required");
    expect(kernelLogFailure(output)).toEqual({ state: "no-permission", reason: denied.trim() });
  });

  it("reads with sudo what it may not read without", () => {
    const commands = { dmesg: rootsDmesg, sudo: workingSudo };
    const output = probe(shell, { files: noKmsg, commands });
    expect(output.sections.get("kernel-log")).toMatchObject({ via: "sudo-dmesg", status: 0 });
    expect(textOf(output, "kernel-log")).toBe("<6>[    1.000000] seen by root\n");
  });

  it("leaves sudo alone when it is never to be used", () => {
    const commands = { dmesg: rootsDmesg, sudo: workingSudo };
    const output = probe(shell, { files: noKmsg, commands }, { sudo: "never" });
    expect(kernelLogFailure(output)?.state).toBe("no-permission");
  });

  it("goes straight to sudo when it is always to be used", () => {
    const output = probe(shell, { commands: { sudo: workingSudo } }, { sudo: "always" });
    expect(output.sections.get("kernel-log")).toMatchObject({ via: "sudo-kmsg", status: 0 });
    const refused = probe(shell, {}, { sudo: "always" });
    expect(kernelLogFailure(refused)).toEqual({
      state: "no-permission",
      reason: "sudo: a password is required",
    });
  });

  it("falls back to the journal, if that shows kernel lines", () => {
    const line = "[    5.000000] web1 kernel: from the journal";
    const commands = { dmesg: { stderr: denied, status: 1 }, journalctl: { stdout: `${line}\n` } };
    const output = probe(shell, { files: noKmsg, commands });
    expect(output.sections.get("kernel-log")).toMatchObject({ via: "journalctl", status: 0 });
    expect(textOf(output, "kernel-log")).toBe(`${line}\n`);
  });

  it("does not take a journal without kernel lines for an empty log", () => {
    const commands = {
      dmesg: { stderr: denied, status: 1 },
      journalctl: { stdout: "-- No entries --\n", stderr: "Hint: you see your own messages only.\n" },
    };
    const output = probe(shell, { files: noKmsg, commands });
    expect(kernelLogFailure(output)).toEqual({ state: "no-permission", reason: denied.trim() });
  });

  it("says command-failed when there is no command to read the log with", () => {
    const output = probe(shell, {
      files: noKmsg,
      commands: { dmesg: notFound("dmesg"), sudo: notFound("sudo") },
    });
    expect(kernelLogFailure(output)).toEqual({ state: "command-failed", reason: "sh: 1: dmesg: not found" });
  });

  it("knows nothing rather than something wrong without /proc, /sys and /etc", () => {
    const files = Object.fromEntries(
      [
        "uptime",
        "stat",
        "vmstat",
        "meminfo",
        "self/stat",
        "self/statm",
        "self/status",
        "self/mountinfo",
        "sys/kernel/random/boot_id",
        "sys/kernel/osrelease",
      ].map((path) => [`proc/${path}`, null]),
    );
    const output = probe(shell, {
      files: { ...files, "sys/devices/system/cpu/online": null },
      links: { "etc/localtime": null },
      commands: { getconf: notFound("getconf") },
    });
    expect(output.complete).toBe(true);
    expect(parseHostFacts(output)).toMatchObject({
      clock: {
        beforeMs: 1_795_380_400_250,
        afterMs: 1_795_380_400_250,
        uptimeS: null,
        bootAtMs: null,
        zone: null,
      },
      bootId: null,
      kernel: "5.14.0-503.el9.x86_64",
      cpus: null,
      pageSizeKiB: null,
      ramTotalKiB: null,
      oomKillCount: null,
    });
    expect(sectionComplaints(output).map((line) => line.split(":")[0])).toEqual(["proc", "getconf"]);
  });

  it("takes CPUs and page size from getconf where /sys and /proc are silent", () => {
    const output = probe(shell, {
      files: { "proc/self/statm": null, "sys/devices/system/cpu/online": null },
      commands: { getconf: `case $1 in PAGESIZE) echo 65536 ;; *) echo 96 ;; esac` },
    });
    expect(parseHostFacts(output)).toMatchObject({ cpus: 96, pageSizeKiB: 64 });
  });

  it("reads the zone of hosts whose /etc/localtime is a copy", () => {
    const links = { "etc/localtime": null };
    const debian = probe(shell, { links, files: { "etc/timezone": "Europe/Berlin\n" } });
    expect(parseHostFacts(debian).clock.zone).toBe("Europe/Berlin");
    const clock = '# The zone\nZONE="America/St_Johns"\nUTC=true\n';
    const rhel = probe(shell, { links, files: { "etc/sysconfig/clock": clock } });
    expect(parseHostFacts(rhel).clock.zone).toBe("America/St_Johns");
  });

  it("reports a missing ps and still answers", () => {
    const output = probe(shell, { commands: { ps: notFound("ps") } });
    expect(output.complete).toBe(true);
    expect(output.sections.get("ps")).toMatchObject({ via: "ps", status: 127 });
    expect(sectionComplaints(output)).toEqual(["ps: sh: 1: ps: not found"]);
  });

  it("asks each ps for what it can say", () => {
    expect(psOf(shell, unless("*:32*", "old"))).toEqual(["old-ps", "old\n"]);
    expect(psOf(shell, unless("*lstart*", "busybox"))).toEqual(["busybox-ps", "busybox\n"]);
    expect(psOf(shell, unless("*lstart*|*etime*", "small busybox"))).toEqual([
      "busybox-ps",
      "small busybox\n",
    ]);
    expect(psOf(shell, unless("*-o*", "plain"))).toEqual(["plain-ps", "plain\n"]);
  });

  it("does without a timeout that has no -k", () => {
    const timeout = { stderr: "timeout: invalid option -- 'k'\n", status: 125 };
    const output = probe(shell, {
      files: noKmsg,
      commands: { timeout, dmesg: rootsDmesg, sudo: workingSudo },
    });
    expect(output.sections.get("kernel-log")).toMatchObject({ via: "sudo-dmesg", status: 0 });
    expect(output.sections.get("ps")).toMatchObject({ via: "ps", status: 0 });
    const plain = probe(shell, { commands: { timeout } });
    expect(plain.sections.get("ps")).toMatchObject({ via: "ps", status: 0 });
  });

  it("gives up on a ps that hangs, not on the host", () => {
    const timeout = `[ "$4" = ps ] && exit 124; shift 3; exec "$@"`;
    const output = probe(shell, { commands: { timeout } });
    expect(output.complete).toBe(true);
    expect(output.sections.get("ps")).toMatchObject({ via: "ps", status: 124 });
    expect(sectionComplaints(output)).toEqual(["ps: exit status 124"]);
  });

  it("keeps hostile content inside its section, byte for byte", () => {
    const fake = "\n@inquest:00000000000000000000000000000000 close kernel-log kmsg 0\n";
    const hostile = Buffer.concat([
      Buffer.from(`6,0,0,-;${fake}@inquest:${nonce} close\n\n\n`),
      Buffer.from([0, 0xff, 0xfe, 0x1b, 0x5b]),
    ]);
    const spoiled = `${fake.trim()}; $(touch /tmp/x) \`id\` ' "`;
    const output = probe(shell, {
      files: { "dev/kmsg": hostile, "etc/timezone": `${spoiled}\n` },
      commands: { uptime: { stdout: "no line feed", stderr: fake }, ps: { stdout: `\n${spoiled}` } },
    });
    expect(output.complete).toBe(true);
    // A line that starts with the true mark but says nothing known ends the section: only the host itself knows it.
    expect(Buffer.from(output.sections.get("ps")?.bytes ?? []).toString()).toBe(`\n${spoiled}`);
    expect(textOf(output, "uptime")).toBe("no line feed");
    expect(output.sections.get("uptime")?.complaint).toBe(fake.trim());
    expect(parseHostFacts(output).clock.zone).toBe("Asia/Shanghai");
  });

  it("sends the kernel's lines of the logs on disk, rotated and packed ones too, oldest first", () => {
    const { output, text } = sources(shell, "files", {
      "var/log/kern.log": "Nov 23 02:30:07 web01 kernel: [9000.1] newest\n",
      "var/log/kern.log.1":
        "Nov 22 02:30:07 web01 kernel: [8000.1] older\nNov 22 02:31:00 web01 sshd[9]: noise\n",
      "var/log/kern.log.2.gz": gzipSync("Nov 21 02:30:07 web01 kernel: [7000.1] oldest\n"),
      "var/log/syslog": "Nov 23 02:30:07 web01 kernel: [9000.1] the same again\n",
    });
    expect(output.sections.get("log-files")?.status).toBe(0);
    expect(text("log-files").match(/newest|older|oldest|noise|again/g)).toEqual([
      "oldest",
      "older",
      "newest",
    ]);
  });

  it("keeps what PID 1 says of deaths, and says when a host has no such logs", () => {
    const { text } = sources(shell, "files", {
      "var/log/messages":
        "Nov 23 02:30:08 web01 systemd[1]: app.service: A process of this unit has been killed by the OOM killer.\n" +
        "Nov 23 02:30:09 web01 systemd[1]: Started Session 12 of user root.\n",
    });
    expect(text("log-files")).toContain("killed by the OOM killer");
    expect(text("log-files")).not.toContain("Session 12");
    const none = sources(shell, "files", {}).output.sections.get("log-files");
    expect([none?.status, none?.complaint]).toEqual([1, "no kern.log, messages or syslog in /var/log"]);
  });

  it("reads the journal without asking an old journalctl for what it cannot do", () => {
    const old =
      'case "$*" in *output-fields*) echo "journalctl: unrecognized option \'--output-fields=MESSAGE\'" >&2; exit 1 ;; esac; echo "{\\"MESSAGE\\":\\"$*\\"}"';
    const host = probe(shell, { commands: { journalctl: old } }, { sources: ["journal"] });
    const section = host.sections.get("journal");
    expect([section?.status, section?.complaint]).toEqual([0, ""]);
    expect(textOf(host, "journal")).toContain("_TRANSPORT=kernel + SYSLOG_IDENTIFIER=earlyoom");
    expect(probe(shell, {}).sections.has("journal")).toBe(false);
  });

  it("brings a log of a megabyte whole", () => {
    const lines = Array.from(
      { length: 20_000 },
      (_, index) => `6,${index},${index}000,-;line ${index} of a long log`,
    );
    const log = `${lines.join("\n")}\n`;
    expect(textOf(probe(shell, { files: { "dev/kmsg": log } }), "kernel-log")).toBe(log);
  });
});

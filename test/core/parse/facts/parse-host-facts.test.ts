import { describe, expect, it } from "vitest";
import {
  probeSections,
  type ProbeOutput,
  type ProbeSectionName,
} from "../../../../packages/core/src/model/probe-output.ts";
import { parseHostFacts } from "../../../../packages/core/src/parse/facts/parse-host-facts.ts";

type Texts = Partial<Record<ProbeSectionName, string>>;

function outputOf(texts: Texts): ProbeOutput {
  const sections = probeSections.flatMap((name) => {
    const bytes = texts[name];
    return bytes === undefined
      ? []
      : [[name, { via: name, status: 0, bytes: Buffer.from(bytes), complaint: "" }] as const];
  });
  return { sections: new Map(sections), complete: true, noiseBytes: 0 };
}
const facts = (texts: Texts) => parseHostFacts(outputOf(texts));
const clock = (texts: Texts) => facts(texts).clock;

const mount = (path: string): string => `proc/self/mountinfo:2 1 0:5 / ${path} rw - fuse.lxcfs lxcfs rw\n`;

describe("parseHostFacts", () => {
  it("knows nothing of a host that said nothing", () => {
    expect(facts({})).toEqual({
      clock: {
        beforeMs: null,
        afterMs: null,
        uptimeS: null,
        bootAtMs: null,
        sinceBootS: null,
        uptimeIsMounted: null,
        cpuClock: null,
        utcOffsetS: null,
        zone: null,
      },
      bootId: null,
      kernel: null,
      cpus: null,
      pageSizeKiB: null,
      ramTotalKiB: null,
      ramAvailableKiB: null,
      swapTotalKiB: null,
      swapFreeKiB: null,
      oomKillCount: null,
    });
  });

  it.each([
    ["date 1795380400.250000000 +0800\n", 1_795_380_400_250, 28_800],
    ["date 1795380400.25 -0330\n", 1_795_380_400_250, -12_600],
    ["date 1795380400.%N +0000\n", 1_795_380_400_000, 0],
    ["date 1795380400.N -0000\n", 1_795_380_400_000, 0],
    ["date 1795380400\n", 1_795_380_400_000, null],
    ["date \n", null, null],
    ["date Sun Nov 22\n", null, null],
    ["date 179538040025000000 +0800\n", null, null],
  ])("reads %j of the host's clock", (text, beforeMs, utcOffsetS) => {
    expect(clock({ clock: text })).toMatchObject({ beforeMs, utcOffsetS });
  });

  it("says of the time after the log only what is certain", () => {
    const before = "date 1000.5 +0000\nuptime 50.10 1\n";
    expect(clock({ clock: before, "clock-after": "uptime 52.30 1\n" }).afterMs).toBeCloseTo(1_002_710, 3);
    expect(clock({ clock: before, "clock-after": "uptime 40.00 1\n" }).afterMs).toBeNull();
    expect(clock({ clock: before, "clock-after": "date 1003.%N +0000\n" }).afterMs).toBe(1_003_999);
    expect(clock({ clock: before }).afterMs).toBeNull();
  });

  it("counts from before the date where the uptime was looked at then", () => {
    const text = "began 50.00 1\ndate 1000.5 +0000\nuptime 50.10 1\n";
    expect(clock({ clock: text, "clock-after": "uptime 52.30 1\n" }).afterMs).toBeCloseTo(1_002_810, 3);
  });

  it("takes whole uptimes for rounded ones", () => {
    const text = "began 50.00 1\ndate 1000.5 +0000\nuptime 50.00 1\n";
    expect(clock({ clock: text, "clock-after": "uptime 52.00 1\n" }).afterMs).toBeCloseTo(1_003_500, 3);
  });

  it("reads the clock that stamps the log, and when it was read", () => {
    const header = "cpu_clk                                 : 5213612.170093\n";
    const text = `began 50.00 1\ndate 1000.5 +0000\nuptime 50.01 1\n${header}ended 50.02 1\n`;
    const { cpuClock } = clock({ clock: text });
    expect(cpuClock).toMatchObject({ stampS: 5213.612170093, beforeMs: 1_000_500 });
    expect(cpuClock?.afterMs).toBeCloseTo(1_000_530, 3);
    expect(clock({ clock: text.replace("ended", "never") }).cpuClock).toBeNull();
    expect(clock({ clock: text.replace("5213612.170093", "18446744073709.5") }).cpuClock).toBeNull();
  });

  it("takes the start of a process for the time since the kernel's boot, whatever its name", () => {
    const rest = "S 1 1 1 0 -1 4194304 9 0 0 0 0 0 0 0 20 0 1 0 136176 1 1";
    expect(clock({ clock: `self-stat 12 (sh) ${rest}\n` }).sinceBootS).toBe(1361.76);
    expect(clock({ clock: `self-stat 12 (a) b) 1 2) ${rest}\n` }).sinceBootS).toBe(1361.76);
    expect(clock({ clock: "self-stat 12 (sh) S 1\n" }).sinceBootS).toBeNull();
  });

  it("sees whether a container's /proc/uptime is a mount of its own", () => {
    expect(clock({ proc: mount("/proc") + mount("/proc/uptime") }).uptimeIsMounted).toBe(true);
    expect(clock({ proc: mount("/proc") }).uptimeIsMounted).toBe(false);
    expect(clock({ proc: "proc/stat:btime 5\n" })).toMatchObject({ uptimeIsMounted: null, bootAtMs: 5000 });
  });

  it.each([
    ["localtime ../usr/share/zoneinfo/Asia/Shanghai\n", "Asia/Shanghai"],
    [
      "localtime /usr/share/zoneinfo/posix/America/Argentina/Buenos_Aires\n",
      "America/Argentina/Buenos_Aires",
    ],
    ["localtime /etc/zoneinfo/UTC\n", "UTC"],
    ["localtime /data/localtime\ntimezone Europe/Paris\n", "Europe/Paris"],
    ["localtime /usr/share/zoneinfo/Mars/Olympus\ntimezone Europe/Paris\n", "Europe/Paris"],
    ['sysconfig ZONE="Asia/Shanghai"\n', "Asia/Shanghai"],
    ['sysconfig ZONE="America/New York"\n', "America/New_York"],
    ["sysconfig ZONE=Europe/Rome\r\n", "Europe/Rome"],
    ["timezone +08:00\n", null],
    ["timezone ../../etc/passwd\n", null],
    ["timezone \u001b]0;x\u0007\n", null],
    ["", null],
  ])("reads %j as a zone", (text, zone) => {
    expect(clock({ zone: text }).zone).toBe(zone);
  });

  it.each([
    ["6F1C2B7E-5A0D-4C9E-9B3E-2D7F00C1A5E4", "6f1c2b7e-5a0d-4c9e-9b3e-2d7f00c1a5e4"],
    ["00000000-0000-0000-0000-000000000000", null],
    ["6f1c2b7e", null],
    ["6f1c2b7e-5a0d-4c9e-9b3e-2d7f00c1a5e4; rm", null],
  ])("takes boot id %j for %j", (text, bootId) => {
    expect(facts({ proc: `proc/sys/kernel/random/boot_id:${text}\n` }).bootId).toBe(bootId);
  });

  it.each([
    ["0", 1],
    ["0-3", 4],
    ["0-1,4,6-7", 5],
    ["3-1", null],
    ["", null],
    ["all", null],
  ])("counts %j as %j CPUs", (text, cpus) => {
    expect(facts({ proc: `sys/devices/system/cpu/online:${text}\n` }).cpus).toBe(cpus);
  });

  it.each([
    [865, 3460, 4],
    [877, 3640, 4],
    [300, 4800, 16],
    [120, 7680, 64],
    [0, 3460, null],
    [100, 100, null],
    [100, 1_000_000, null],
  ])("tells pages of %j pages and %j kB apart", (pages, sizeKiB, pageSizeKiB) => {
    const proc = `proc/self/statm:${pages} 1 1 1 0 1 0\nproc/self/status:VmSize:\t    ${sizeKiB} kB\n`;
    expect(facts({ proc }).pageSizeKiB).toBe(pageSizeKiB);
  });

  it("takes figures for null where they are missing, cut or too large to be exact", () => {
    const proc =
      "proc/meminfo:MemTotal: 99999999999999999999 kB\nproc/meminfo:SwapTotal: 0 kB\nproc/meminfo:SwapFree: 1";
    expect(facts({ proc })).toMatchObject({
      ramTotalKiB: null,
      ramAvailableKiB: null,
      swapTotalKiB: 0,
      swapFreeKiB: null,
    });
    expect(facts({ proc: "proc/vmstat:oom_kill 0\n" }).oomKillCount).toBe(0);
  });

  it("takes the kernel release from uname where /proc has none, and no text with blanks or escapes", () => {
    expect(facts({ uname: "2.6.18-164.el5\n" }).kernel).toBe("2.6.18-164.el5");
    expect(facts({ uname: "a b\n" }).kernel).toBeNull();
    expect(facts({ proc: "proc/sys/kernel/osrelease:5.\u001b[31m\n" }).kernel).toBeNull();
  });
});

import type { AnsweredSection, EpochMs, Seconds } from "@inquest/core";
import type { DemoMachine } from "./recorded-machines.ts";
import { sceneZone } from "./scene.ts";

/** What the probe's commands print on a recorded machine at `nowMs`. */
export function machineAnswer(machine: DemoMachine, nowMs: EpochMs): readonly AnsweredSection[] {
  const { uptimeS, sinceBootS, inContainer, load, ramKiB, bootId, release, oomKills } = machine;
  const bootS = Math.floor(nowMs / 1000 - sinceBootS);
  return [
    section("clock", "date", [
      `self-stat 4242 (sh) R 4241 ${"0 ".repeat(17)}${Math.round(sinceBootS * 100)} 4538368 200`,
      `date ${(nowMs / 1000).toFixed(9)} ${offsetText(sceneZone.offsetS)}`,
      `uptime ${uptimeS.toFixed(2)} ${(uptimeS * 30).toFixed(2)}`,
    ]),
    section("kernel-log", "dmesg", machine.kernelLog),
    section("clock-after", "uptime", [`uptime ${(uptimeS + 0.02).toFixed(2)} ${(uptimeS * 30).toFixed(2)}`]),
    section("uptime", "uptime", [
      ` 00:00:00 up ${Math.floor(uptimeS / 86_400)} days,  1:02,  2 users,  load average: ${load.map((value) => value.toFixed(2)).join(", ")}`,
    ]),
    section("proc", "grep", [
      `proc/stat:btime ${bootS}`,
      ...(oomKills === null ? [] : [`proc/vmstat:oom_kill ${oomKills}`]),
      `proc/meminfo:MemTotal:       ${ramKiB} kB`,
      `proc/sys/kernel/random/boot_id:${bootId}`,
      `proc/sys/kernel/osrelease:${release}`,
      "proc/self/statm:1108 310 280 22 0 120 0",
      "proc/self/status:VmSize:\t    4432 kB",
      "proc/self/mountinfo:22 1 0:20 / /proc rw,nosuid - proc proc rw",
      ...(inContainer ? ["proc/self/mountinfo:23 22 0:30 / /proc/uptime rw - fuse.lxcfs lxcfs rw"] : []),
      "sys/devices/system/cpu/online:0-31",
    ]),
    section("zone", "files", [`localtime ../usr/share/zoneinfo/${sceneZone.name}`]),
    section("ps", "ps", psLines(machine)),
    section("schedules", "files", machine.crontabs),
  ];
}

function section(name: AnsweredSection["section"], via: string, lines: readonly string[]): AnsweredSection {
  return { section: name, via, status: 0, text: lines.map((line) => `${line}\n`).join("") };
}

/** As procps prints the columns that the probe asks for. */
function psLines({ processes }: DemoMachine): readonly string[] {
  return [
    "    PID    PPID   UID USER                               RSS    VSZ                  STARTED COMMAND         COMMAND",
    ...processes.map(
      ({ pid, ppid, uid, user, rssKiB, vszKiB, name, args }) =>
        `${String(pid).padStart(7)} ${String(ppid).padStart(7)} ${String(uid).padStart(5)} ${(user ?? "").padEnd(32)} ${String(rssKiB).padStart(5)} ${String(vszKiB).padStart(6)} Sun Nov  1 03:12:44 2026 ${name.padEnd(15)} ${args}`,
    ),
  ];
}

/** `date +%z`. */
function offsetText(offsetS: Seconds): string {
  return `+${String(Math.floor(offsetS / 3600)).padStart(2, "0")}${String((offsetS % 3600) / 60).padStart(2, "0")}`;
}

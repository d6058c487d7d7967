import type { HostFacts } from "../model/host-facts.ts";
import type { HostReading } from "../model/host-reading.ts";
import type { ProbeOutput } from "../model/probe-output.ts";
import type { EpochMs } from "../model/units.ts";
import type { Visit } from "../model/visit.ts";
import { parseUptime } from "../parse/uptime.ts";
import { sectionText } from "./section-text.ts";

/** A visit of which nothing is known but who, when and where. `endedMs`: collector clock. */
export function blankVisit({ target, address, tookMs }: HostReading, endedMs: EpochMs): Visit {
  return {
    host: target.host,
    name: target.name,
    user: target.user,
    port: target.port,
    listedAddress: target.address,
    jump: target.jump,
    identityFile: target.identityFile,
    address,
    groups: target.groups,
    state: "ok",
    reason: null,
    startedMs: endedMs - tookMs,
    endedMs,
    uptimeS: null,
    load1: null,
    load5: null,
    load15: null,
    boot: null,
    bootId: null,
    bootAtMs: null,
    kernel: null,
    cpus: null,
    pageSizeKiB: null,
    ramTotalKiB: null,
    ramAvailableKiB: null,
    swapTotalKiB: null,
    swapFreeKiB: null,
    oomKillCount: null,
    zone: null,
    utcOffsetS: null,
    clockDiffS: null,
    coverage: null,
    complaints: [],
    watch: [],
  };
}

/** What a probe tells of its host, whether or not the kernel log could be read. */
export function figuresOf(output: ProbeOutput, { clock, ...figures }: HostFacts): Partial<Visit> {
  const uptime = parseUptime(sectionText(output, "uptime") ?? "");
  return {
    ...figures,
    bootAtMs: clock.bootAtMs,
    zone: clock.zone,
    utcOffsetS: clock.utcOffsetS,
    uptimeS: clock.uptimeS ?? uptime.uptimeS,
    load1: uptime.load1,
    load5: uptime.load5,
    load15: uptime.load15,
  };
}

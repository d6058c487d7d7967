import type { HostFacts } from "../../model/host-facts.ts";
import type { ProbeOutput, ProbeSectionName } from "../../model/probe-output.ts";
import { parseBootId } from "./parse-boot-id.ts";
import { parseClock } from "./parse-clock.ts";
import { parseCpuList } from "./parse-cpu-list.ts";
import { parseKernelRelease } from "./parse-kernel-release.ts";
import { parseMeminfo } from "./parse-meminfo.ts";
import { parsePageSize, toPageSizeKiB } from "./parse-page-size.ts";
import { numberIn, parseProcFiles } from "./proc-files.ts";
import { parseOomKillCount } from "./parse-vmstat.ts";
import { parseZone } from "./parse-zone.ts";

const decoder = new TextDecoder("utf-8");
/** None of these sections is longer on an honest host (a /proc/self/mountinfo of 2,000 containers is near it). */
const longestText = 1 << 20;

/** What a probe's answer says of its host, beside the kernel log, `uptime` and `ps`. Whatever it does not say is null. */
export function parseHostFacts(output: ProbeOutput): HostFacts {
  const textOf = (name: ProbeSectionName): string => {
    const bytes = output.sections.get(name)?.bytes;
    return bytes === undefined ? "" : decoder.decode(bytes.subarray(0, longestText));
  };
  const proc = parseProcFiles(textOf("proc"));
  const getconf = textOf("getconf").split("\n");
  return {
    clock: { ...parseClock(textOf("clock"), textOf("clock-after"), proc), zone: parseZone(textOf("zone")) },
    bootId: parseBootId(proc.get("proc/sys/kernel/random/boot_id")),
    kernel: parseKernelRelease(proc.get("proc/sys/kernel/osrelease")?.[0] ?? textOf("uname")),
    cpus:
      parseCpuList(proc.get("sys/devices/system/cpu/online")) ?? numberIn(getconf, /^cpus ([1-9]\d{0,5})$/u),
    pageSizeKiB:
      parsePageSize(proc.get("proc/self/statm"), proc.get("proc/self/status")) ??
      toPageSizeKiB(numberIn(getconf, /^page-size (\d+)$/u)),
    ...parseMeminfo(proc.get("proc/meminfo")),
    oomKillCount: parseOomKillCount(proc.get("proc/vmstat")),
  };
}

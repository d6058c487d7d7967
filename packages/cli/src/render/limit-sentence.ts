import { cgroupOwner } from "@inquest/core";
import type { Incident } from "@inquest/core";
import type { Case } from "./case.ts";
import { cgroupWords } from "./cgroup.ts";
import { formatKiB } from "./quantity.ts";
import { sanitize } from "./sanitize.ts";

const policies = { cpuset: "cpuset", mempolicy: "memory policy" };

/** What had run out, and whose: only the kernel's own words and figures prove it. */
export function limitSentence({ subject, report }: Case): string | null {
  // The report of the same want that lists most may tell more than the subject's own.
  const told = (subject.pressure?.class ?? null) === null ? (report?.incident ?? subject) : subject;
  const { kind, scope, pressure, memory } = told;
  if (kind !== "oom-kill") return null;
  if (pressure?.class === "manual")
    return "Somebody asked the kernel for this kill by hand (sysrq f): nothing says that memory was short.";
  if (scope === "memcg") return memcgText(told);
  if (scope === "system") return systemText({ pressure, memory });
  return scope === null
    ? null
    : `Not the whole machine had run out but the memory nodes that a ${policies[scope]} allows.`;
}

function memcgText({ memcg }: Incident): string {
  const { path, limitKiB } = memcg ?? { path: null, limitKiB: null };
  const owner = cgroupOwner(path);
  // The path itself ends in the name of a unit; ids of pods and containers stand hidden in it.
  const whose = owner === null || owner.unit !== null ? "" : ` (${sanitize(cgroupWords(path) ?? "")})`;
  const group = path === null ? "a memory cgroup" : `the memory cgroup ${sanitize(path)}${whose}`;
  const limit = limitKiB === null ? "" : ` of ${formatKiB(limitKiB)}`;
  return `Not the machine had run out but ${group}: its limit${limit} was reached.`;
}

function systemText({ pressure, memory }: Pick<Incident, "pressure" | "memory">): string {
  const evidence =
    pressure?.evidence === undefined || pressure.evidence === null ? "" : `: ${sanitize(pressure.evidence)}`;
  const ramFreeKiB = memory?.ramFreeKiB ?? null;
  const free = ramFreeKiB === null ? "" : `; ${formatKiB(ramFreeKiB)} of RAM were free`;
  switch (pressure?.class ?? null) {
    case "swap-full":
      return `The whole machine had run out of memory, its swap too${free}.`;
    case "no-swap":
      return `The whole machine had run out of memory, it has no swap${free}.`;
    case "fragmentation":
      return `Memory was free, but in pieces too small for what was asked${evidence}.`;
    case "low-zone":
      return `Not the whole machine had run out but one zone of its memory${evidence}.`;
    case "kernel-memory":
      return `The kernel itself held most of the memory, which no kill frees${evidence}.`;
    default:
      return `It was the machine that was short of memory, not a cgroup at its limit${free}.`;
  }
}

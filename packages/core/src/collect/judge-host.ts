import { checkIds } from "../model/host-checks.ts";
import type { CheckedHost, CheckId, HostCheck } from "../model/host-checks.ts";
import type { FailedState, HostFailure } from "../model/host-result.ts";
import type { ProbeOutput } from "../model/probe-output.ts";
import { kernelLogFailure } from "../probe/kernel-log-failure.ts";
import type { ProbeArguments } from "../probe/probe-request.ts";
import type { Phase } from "../ssh/phase.ts";
import type { FleetResult } from "../ssh/visit-host.ts";
import { fixOf } from "./fix-of.ts";

type Finding = Omit<HostCheck, "id" | "fix">;

const untried: Finding = { ok: null, detail: null };
const passed = (detail: string | null = null): Finding => ({ ok: true, detail });
const failed = (detail: string | null): Finding => ({ ok: false, detail });

/** The checks of one host, from what became of its visit; `output` is what it answered, null: nothing. Pure. */
export function judgeHost(
  result: FleetResult,
  output: ProbeOutput | null,
  sudo: ProbeArguments["sudo"],
): CheckedHost {
  const failure = result.ok ? null : result.failure;
  const stop = failure === null ? null : failedCheck(failure.state, result.reached, output);
  const stopAt = stop === null ? checkIds.length : checkIds.indexOf(stop);
  const findings = { ...wayIn(result.address), ...(output === null ? {} : onHost(output, sudo)) };
  const refusal = failure ?? (output === null ? null : kernelLogFailure(output));
  const checks = checkIds.map((id, at): HostCheck => {
    const finding =
      id === stop ? failed(failure?.reason ?? null) : at > stopAt ? untried : (findings[id] ?? untried);
    const state = stop === id ? failure?.state : id === "kernel-log" ? refusal?.state : undefined;
    const { ok, detail } = finding;
    return { id, ok, detail, fix: ok === false ? (result.fix ?? fixOf(id, state, result)) : null };
  });
  return { target: result.target, state: refusal?.state ?? null, checks };
}

/** At which check a visit ended that failed. */
function failedCheck(state: FailedState, reached: Phase, output: ProbeOutput | null): CheckId {
  const byState = checkOfState[state];
  if (byState !== undefined) return byState;
  if (reached !== "command") return checkOfPhase[reached];
  if (output === null || output.sections.size === 0) return "shell";
  return output.sections.get("kernel-log")?.status === 0 ? "ps" : "kernel-log";
}

const checkOfState: Readonly<Partial<Record<FailedState, CheckId>>> = {
  dns: "resolve",
  "hostkey-unknown": "host-key",
  "hostkey-changed": "host-key",
  auth: "login",
  "jump-failed": "connect",
};

const checkOfPhase: Readonly<Record<Exclude<Phase, "command">, CheckId>> = {
  start: "resolve",
  "name lookup": "resolve",
  connect: "connect",
  "banner exchange": "connect",
  "key exchange": "connect",
  login: "login",
  "channel open": "shell",
};

function wayIn(address: string | null): Readonly<Partial<Record<CheckId, Finding>>> {
  return { resolve: passed(), connect: passed(address), "host-key": passed(), login: passed() };
}

function onHost(
  output: ProbeOutput,
  sudo: ProbeArguments["sudo"],
): Readonly<Partial<Record<CheckId, Finding>>> {
  const log = output.sections.get("kernel-log");
  if (log === undefined) return { shell: failed("the login shell did not run the script") };
  const refusal = kernelLogFailure(output);
  return {
    shell: passed(),
    "kernel-log": refusal === null ? passed(`by ${log.via}`) : failed(refusal.reason),
    sudo: sudoFinding(log.via, log.complaint, refusal, sudo),
    ps: psFinding(output),
  };
}

function sudoFinding(
  via: string,
  complaint: string,
  refusal: HostFailure | null,
  sudo: ProbeArguments["sudo"],
): Finding {
  if (sudo === "never") return { ok: null, detail: "not tried: --sudo never" };
  if (refusal === null)
    return via.startsWith("sudo") ? passed("needed for the kernel log") : { ok: null, detail: "not needed" };
  const words = complaint.split("\n").findLast((line) => line.startsWith("sudo"));
  return words === undefined ? untried : failed(words);
}

function psFinding(output: ProbeOutput): Finding {
  const ps = output.sections.get("ps");
  if (ps === undefined || ps.status === null) return untried;
  if (ps.status === 0) return passed(`by ${ps.via}`);
  const words = ps.complaint.split("\n").find((line) => line.trim() !== "");
  return failed(words ?? `exit status ${ps.status}`);
}

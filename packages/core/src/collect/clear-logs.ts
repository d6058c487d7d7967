import { now } from "../clock/now.ts";
import type { HostTarget } from "../model/host.ts";
import type { Micros } from "../model/units.ts";
import { clearScript } from "../probe/clear-script.ts";
import type { ProbeArguments } from "../probe/probe-request.ts";
import { shellQuote } from "../probe/shell-quote.ts";
import type { ExecRequest } from "../ssh/exec.ts";
import type { FleetOptions } from "../ssh/fleet-options.ts";
import { runOnFleet } from "../ssh/run-on-fleet.ts";

/** A kernel log that is stored and may be cleared. */
export interface StoredLog {
  readonly target: HostTarget;
  /** What it was read by. */
  readonly via: string;
  readonly lastStampUs: Micros | null;
}

/** What became of one log that was to be cleared; `refusal` null: it is. Its words are the host's: hostile. */
export interface ClearedLog {
  readonly target: HostTarget;
  readonly refusal: string | null;
}

/** Clears kernel logs, each over a connection of its own, exactly one result a host. Never throws for a host. */
export async function* clearLogs(
  logs: readonly StoredLog[],
  sudo: ProbeArguments["sudo"],
  options: Omit<FleetOptions, "now" | "random">,
): AsyncGenerator<ClearedLog, void, undefined> {
  const byTarget = new Map(logs.map((log) => [log.target, log]));
  const request = (target: HostTarget): ExecRequest => clearRequest(byTarget.get(target) ?? null, sudo);
  for await (const result of runOnFleet([...byTarget.keys()], request, {
    ...options,
    now,
    random: Math.random,
  })) {
    const { target } = result;
    if (!result.ok) yield { target, refusal: result.failure.reason };
    else if (result.value.code === 0) yield { target, refusal: null };
    else {
      const said = new TextDecoder().decode(result.value.stderr).trim().split("\n").at(-1) ?? "";
      yield { target, refusal: said === "" ? `exit status ${result.value.code ?? "unknown"}` : said };
    }
  }
}

/** What is run on a host to clear its log; null: on any one, for a person to see. */
export function clearRequest(log: StoredLog | null, sudo: ProbeArguments["sudo"]): ExecRequest {
  const words = ["", sudo, log === null ? "STAMP" : stampToMeet(log)].map(shellQuote);
  return { command: `exec sh -s -- ${words.join(" ")}`, stdin: Buffer.from(clearScript) };
}

/** As dmesg prints it, behind its bracket (print_time, kernel/printk/printk.c). */
function stampToMeet({ via, lastStampUs }: StoredLog): string {
  if (!via.endsWith("dmesg")) return "any";
  if (lastStampUs === null) return "none";
  return `${Math.floor(lastStampUs / 1e6)}.${String(lastStampUs % 1e6).padStart(6, "0")}`;
}

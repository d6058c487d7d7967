import { performance } from "node:perf_hooks";
import type { HostTarget } from "../model/host.ts";
import type { HostResult } from "../model/host-result.ts";
import { classifyFailure } from "./classify-failure.ts";
import { exec } from "./exec.ts";
import type { ExecAnswer, ExecOutcome, ExecRequest } from "./exec.ts";
import type { FleetOptions } from "./fleet-options.ts";
import type { HostClock } from "./host-clock.ts";
import { orAborted } from "./host-clock.ts";
import { HostFailureError } from "./host-failure-error.ts";
import type { Phase } from "./phase.ts";
import type { Resolver } from "./resolve.ts";
import type { ResolvedTarget } from "./resolved-target.ts";
import type { Transport } from "./transport.ts";

/** What became of one host. */
export type FleetResult = HostResult<ExecAnswer> & {
  /** What a failed host had sent before it failed; null otherwise. */
  readonly kept: ExecAnswer | null;
  /** How far the visit came. */
  readonly reached: Phase;
  /** Who was to log in where, as ssh resolves it; null where that was not found out. */
  readonly resolved: ResolvedTarget | null;
  /** The command that a person types against the failure, where there is exactly one; else null. */
  readonly fix: string | null;
};

/** Visits one host, from its name to its one result; never rejects. */
export async function visitHost(
  target: HostTarget,
  request: (target: HostTarget) => ExecRequest,
  options: FleetOptions,
  resolver: Resolver,
  transport: Transport,
  clock: HostClock,
): Promise<FleetResult> {
  const startedMs = performance.now();
  const seen: { address: string | null; resolved: ResolvedTarget | null } = { address: null, resolved: null };
  const result = (outcome: ExecOutcome | HostFailureError): FleetResult => {
    const common = { target, ...seen, tookMs: performance.now() - startedMs, reached: clock.phase() };
    if (outcome instanceof HostFailureError)
      return { ...common, ok: false, failure: outcome.failure, kept: null, fix: outcome.fix };
    const { answer, failure } = outcome;
    if (failure === null) return { ...common, ok: true, value: answer, kept: null, fix: null };
    return { ...common, ok: false, failure: failure.failure, kept: answer, fix: failure.fix };
  };

  try {
    const asked = request(target);
    const resolved = await orAborted(resolver.resolve(target), clock.signal);
    seen.resolved = resolved;
    const connection = await transport.connect(resolved, target, clock, (address) => {
      seen.address = address;
    });
    clock.allow(options.commandMs);
    const { answer, failure } = await exec(connection, asked, options, clock);
    return result({ answer, failure: failure === null ? null : await connection.explain(failure) });
  } catch (error) {
    return result(classifyFailure(error, clock.phase(), seen.resolved?.hostname ?? target.name));
  } finally {
    clock.allow(null);
  }
}

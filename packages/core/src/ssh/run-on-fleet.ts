import pLimit from "p-limit";
import type { HostTarget } from "../model/host.ts";
import type { ExecRequest } from "./exec.ts";
import type { FleetOptions } from "./fleet-options.ts";
import type { HostClock } from "./host-clock.ts";
import { startHostClock } from "./host-clock.ts";
import { HostFailureError } from "./host-failure-error.ts";
import { isBeforeLogin } from "./phase.ts";
import type { Phase } from "./phase.ts";
import { openResolver } from "./resolve.ts";
import { sayOnce } from "./say-once.ts";
import { openOpensshTransport } from "./openssh/openssh-transport.ts";
import { openSsh2Transport } from "./ssh2-transport.ts";
import { visitHost } from "./visit-host.ts";
import type { FleetResult } from "./visit-host.ts";

/** What hosts in flight may still take after the run was told to stop. */
const farewellMs = 2_000;

/**
 * Runs one command on every host and yields exactly one result for each, in the order in which they end. A result that
 * is not consumed keeps its place in flight. Leaving the loop early stops the run.
 */
export async function* runOnFleet(
  targets: readonly HostTarget[],
  request: (target: HostTarget) => ExecRequest,
  given: FleetOptions,
): AsyncGenerator<FleetResult, void, undefined> {
  const options = { ...given, notice: sayOnce(given.notice) };
  const resolver = openResolver({ ...options, resolveMs: options.connectMs });
  const transport =
    options.transport === "openssh"
      ? await openOpensshTransport(options, resolver)
      : openSsh2Transport(options, resolver);
  const limit = pLimit(options.parallel);
  const inFlight = new Set<HostClock>();
  const ready: { readonly result: FleetResult; readonly release: () => void }[] = [];
  let wake: (() => void) | null = null;
  let refusal: (() => HostFailureError) | null = null;
  const timers: NodeJS.Timeout[] = [];

  const stop = (
    refuse: () => HostFailureError,
    cutMs: number,
    cut: (phase: Phase) => HostFailureError,
  ): void => {
    if (refusal !== null) return;
    refusal = refuse;
    const cutAll = (): void => inFlight.forEach((clock) => clock.end(cut));
    if (cutMs === 0) cutAll();
    else timers.push(setTimeout(cutAll, cutMs));
  };
  const interrupt = (): void => stop(interrupted, farewellMs, interrupted);
  const { deadlineMs } = options;
  if (deadlineMs !== null) {
    timers.push(
      setTimeout(
        () =>
          stop(
            () => skipped(deadlineMs),
            0,
            (phase) => cutOff(phase, deadlineMs),
          ),
        deadlineMs,
      ),
    );
  }
  if (options.signal?.aborted === true) interrupt();
  options.signal?.addEventListener("abort", interrupt, { once: true });

  const visit = async (target: HostTarget): Promise<FleetResult> => {
    if (refusal !== null) return notStarted(target, refusal());
    const clock = startHostClock();
    inFlight.add(clock);
    try {
      options.onStart(target);
      const result = await visitHost(target, request, options, resolver, transport, clock);
      options.onEnd(target, result.ok ? "ok" : result.failure.state);
      return result;
    } catch (error) {
      // Only a bug of ours, or of a hook, comes here: it costs this host, never the others.
      return notStarted(target, new HostFailureError("local-error", String(error)));
    } finally {
      inFlight.delete(clock);
    }
  };
  for (const target of targets) {
    void limit(async () => {
      const result = await visit(target);
      await new Promise<void>((release) => {
        ready.push({ result, release });
        wake?.();
      });
    });
  }

  try {
    for (let left = targets.length; left > 0; left -= 1) {
      while (ready.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const next = ready.shift();
      if (next === undefined) continue;
      yield next.result;
      next.release();
    }
  } finally {
    limit.clearQueue();
    options.signal?.removeEventListener("abort", interrupt);
    timers.forEach((timer) => clearTimeout(timer));
    inFlight.forEach((clock) => clock.end(interrupted));
    resolver.close();
    await transport.close();
  }
}

function notStarted(target: HostTarget, { failure }: HostFailureError): FleetResult {
  const unseen = { kept: null, reached: "start", resolved: null, fix: null } as const;
  return { target, address: null, tookMs: 0, ok: false, failure, ...unseen };
}

const interrupted = (): HostFailureError => new HostFailureError("interrupted", "interrupted");

const skipped = (deadlineMs: number): HostFailureError =>
  new HostFailureError("skipped-deadline", `not started before the deadline of ${deadlineMs / 1000} s`);

function cutOff(phase: Phase, deadlineMs: number): HostFailureError {
  const state = isBeforeLogin(phase) ? "timeout-connect" : "timeout-command";
  return new HostFailureError(
    state,
    `the run's deadline of ${deadlineMs / 1000} s was reached during ${phase}`,
  );
}

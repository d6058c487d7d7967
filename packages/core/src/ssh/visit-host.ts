import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import type { HostTarget } from "../model/host.ts";
import type { HostResult } from "../model/host-result.ts";
import { classifyFailure } from "./classify-failure.ts";
import { connect } from "./connect.ts";
import type { Connection } from "./connect.ts";
import { exec } from "./exec.ts";
import type { ExecAnswer, ExecOutcome, ExecRequest } from "./exec.ts";
import type { FleetOptions } from "./fleet-options.ts";
import type { HandshakeGate } from "./handshake-gate.ts";
import type { HostClock } from "./host-clock.ts";
import { orAborted } from "./host-clock.ts";
import { HostFailureError } from "./host-failure-error.ts";
import { KnownByOtherTypes, prepareHostKeyCheck } from "./host-key-check.ts";
import type { Keys } from "./keys.ts";
import type { KnownHostsFiles } from "./known-hosts-files.ts";
import { openLoginMethods } from "./login-methods.ts";
import { formatAddress, lookUp, openSocket } from "./open-socket.ts";
import type { Resolver } from "./resolve.ts";
import type { ResolvedTarget } from "./resolved-target.ts";

/** What the hosts of one run share: every file is read, every question asked, once. */
export interface Shared {
  readonly resolver: Resolver;
  readonly knownHosts: KnownHostsFiles;
  readonly keys: Keys;
  readonly gate: HandshakeGate;
}

/** What became of one host. `kept` is what a failed one had sent before it failed; null otherwise. */
export type FleetResult = HostResult<ExecAnswer> & { readonly kept: ExecAnswer | null };

/** Waiting before a second try, ms: between these two, so that a full sshd is not met by the same crowd again. */
const jitterMs = [200, 1_000] as const;

/** Visits one host, from its name to its one result; never rejects. */
export async function visitHost(
  target: HostTarget,
  request: (target: HostTarget) => ExecRequest,
  options: FleetOptions,
  shared: Shared,
  clock: HostClock,
): Promise<FleetResult> {
  const startedMs = performance.now();
  const seen: { address: string | null; name: string } = { address: null, name: target.name };
  const result = (outcome: ExecOutcome | HostFailureError): FleetResult => {
    const common = { target, address: seen.address, tookMs: performance.now() - startedMs };
    if (outcome instanceof HostFailureError)
      return { ...common, ok: false, failure: outcome.failure, kept: null };
    const { answer, failure } = outcome;
    if (failure === null) return { ...common, ok: true, value: answer, kept: null };
    return { ...common, ok: false, failure: failure.failure, kept: answer };
  };

  try {
    const asked = request(target);
    const resolved = await orAborted(shared.resolver.resolve(target), clock.signal);
    seen.name = resolved.hostname;
    refuseJump(resolved);
    const connection = await connectWithRetries(resolved, options, shared, clock, (address) => {
      seen.address = address;
    });
    clock.allow(options.commandMs);
    return result(await exec(connection, asked, options, clock));
  } catch (error) {
    return result(classifyFailure(error, clock.phase(), seen.name));
  } finally {
    clock.allow(null);
  }
}

async function connectWithRetries(
  target: ResolvedTarget,
  options: FleetOptions,
  shared: Shared,
  clock: HostClock,
  onAddress: (address: string) => void,
): Promise<Connection> {
  for (let left = options.retries; ; left -= 1) {
    try {
      return await connectOnce(target, options, shared, clock, onAddress).catch((error: unknown) => {
        if (!(error instanceof KnownByOtherTypes)) throw error;
        return connectOnce(target, options, shared, clock, onAddress, error.types);
      });
    } catch (error) {
      const failure = classifyFailure(error, clock.phase(), target.hostname);
      if (!failure.passing || left <= 0 || clock.signal.aborted) throw failure;
      clock.allow(null);
      const [least, most] = jitterMs;
      await orAborted(sleep(least + options.random() * (most - least)), clock.signal);
    }
  }
}

async function connectOnce(
  target: ResolvedTarget,
  options: FleetOptions,
  shared: Shared,
  clock: HostClock,
  onAddress: (address: string) => void,
  keyTypes: readonly string[] | null = null,
): Promise<Connection> {
  const { hostKey: policy, notice } = options;
  const keys = await orAborted(shared.keys(target), clock.signal);
  const hostKey = await prepareHostKeyCheck(target, shared.knownHosts, policy, notice, keyTypes);
  const startedMs = performance.now();
  clock.allow(options.connectMs);
  const addresses = await lookUp(target, clock);
  onAddress(formatAddress(addresses[0].address, target.port));
  const leftMs = Math.max(1, options.connectMs - (performance.now() - startedMs));

  clock.allow(null);
  const leaveGate = await shared.gate.enter(`${addresses[0].address} ${target.port}`, clock.signal);
  try {
    clock.enter("connect");
    clock.allow(leftMs, options.connectMs);
    const socket = openSocket(addresses, target.port, leftMs);
    socket.once("connect", () =>
      onAddress(formatAddress(socket.remoteAddress ?? addresses[0].address, target.port)),
    );
    const methods = openLoginMethods(target.user, keys, options.password);
    return await connect(socket, target, hostKey, methods, clock);
  } finally {
    leaveGate();
  }
}

/** Without its jump host a host must not be reached directly: another machine may answer to the name. */
function refuseJump({ proxyJump, proxyCommand }: ResolvedTarget): void {
  const wanted =
    proxyJump !== null
      ? `ProxyJump ${proxyJump}`
      : proxyCommand !== null
        ? `ProxyCommand ${proxyCommand}`
        : null;
  if (wanted !== null)
    throw new HostFailureError("jump-failed", `${wanted}: jump hosts are not supported yet`);
}

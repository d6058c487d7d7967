import type { HostTarget } from "../../model/host.ts";
import type { FleetOptions } from "../fleet-options.ts";
import { openHandshakeGate } from "../handshake-gate.ts";
import type { HostClock } from "../host-clock.ts";
import { addressBehindJump, openJumps } from "../jumps.ts";
import type { Jumps } from "../jumps.ts";
import type { LookUp } from "../lookups.ts";
import { openLookups } from "../lookups.ts";
import { formatAddress } from "../open-socket.ts";
import { questionOf } from "../resolve.ts";
import type { Resolver } from "../resolve.ts";
import type { ResolvedTarget } from "../resolved-target.ts";
import type { Transport } from "../transport.ts";
import { tryAgain } from "../try-again.ts";
import { connectSsh, explainByJump } from "./connect-ssh.ts";
import type { SshConnection } from "./connect-ssh.ts";
import { makeControlFolder } from "./control-folder.ts";
import { connectionArguments } from "./ssh-arguments.ts";
import type { SshPlan } from "./ssh-arguments.ts";

/** What list and command line say of one host's login beside user, port and jump hosts. */
type Listed = Pick<SshPlan, "identityFile" | "address">;

/**
 * The system's ssh, for what ssh2 has not: certificates, FIDO keys, GSSAPI. One ssh a host holds the connection
 * (ControlMaster), so that login and command are told apart, and one a jump host, over which all behind it go.
 */
export async function openOpensshTransport(options: FleetOptions, resolver: Resolver): Promise<Transport> {
  const folder = await makeControlFolder();
  const gate = openHandshakeGate();
  const lookUp = openLookups(options.lookupsAtOnce);
  const running = new Set<Promise<unknown>>();
  const open = new Set<SshConnection>();
  const onStart = (ended: Promise<unknown>): void => {
    running.add(ended);
    void ended.then(() => running.delete(ended));
  };

  const connectOnce = async (
    target: ResolvedTarget,
    listed: Listed,
    clock: HostClock,
    onAddress: (address: string) => void,
  ): Promise<SshConnection> => {
    const way = await findWay(target, { jumps, lookUp }, clock, options.connectMs, onAddress);
    const { jump } = way;
    clock.allow(null);
    const leaveGate = await gate.enter(way.sshd, clock.signal);
    try {
      clock.enter("connect");
      clock.allow(way.leftMs, options.connectMs);
      const socket = folder.newSocket();
      const plan = { target, ...listed, socket, jumpSocket: jump?.connection.socket ?? null };
      const connection = await connectSsh(
        connectionArguments(plan, options),
        {
          target,
          socket,
          onAddress,
          onStart,
          notice: options.notice,
          explain:
            jump === null ? async (failure) => failure : explainByJump(jump.connection, target, jump.explain),
        },
        clock,
      );
      open.add(connection);
      void connection.ended.then(() => open.delete(connection));
      return connection;
    } finally {
      leaveGate();
    }
  };
  const connect = async (
    target: ResolvedTarget,
    listed: Listed,
    clock: HostClock,
    onAddress: (address: string) => void,
  ): Promise<SshConnection> =>
    tryAgain(() => connectOnce(target, listed, clock, onAddress), target.hostname, options, clock);
  const jumps: Jumps<SshConnection> = openJumps(resolver, (jump, clock) =>
    connect(jump, { identityFile: null, address: null }, clock, () => {}),
  );

  return {
    connect: async (target, listed: HostTarget, clock, onAddress) =>
      connect(target, questionOf(listed, options.overrides), clock, onAddress),
    close: async () => {
      jumps.close();
      open.forEach((connection) => connection.end());
      while (running.size > 0) await Promise.all(running);
      await folder.remove();
    },
  };
}

/** How a host is reached. */
interface SshWay {
  /** Which sshd it leads to: one daemon's handshakes are counted under one word. */
  readonly sshd: string;
  readonly leftMs: number;
  readonly jump: Awaited<ReturnType<Jumps<SshConnection>["reach"]>> | null;
}

/** The name is looked up before ssh does it once more: our clock and our gate have to know what for. */
async function findWay(
  target: ResolvedTarget,
  { jumps, lookUp }: { readonly jumps: Jumps<SshConnection>; readonly lookUp: LookUp },
  clock: HostClock,
  connectMs: number,
  onAddress: (address: string) => void,
): Promise<SshWay> {
  clock.allow(null);
  if (target.proxyJump !== null) {
    const jump = await jumps.reach(target, clock);
    const address = addressBehindJump(target);
    if (address !== null) onAddress(address);
    return { sshd: `${target.hostname} ${target.port} via ${jump.key}`, leftMs: connectMs, jump };
  }
  if (target.proxyCommand !== null)
    return { sshd: `by ${target.proxyCommand}`, leftMs: connectMs, jump: null };
  const {
    addresses: [{ address }],
    leftMs,
  } = await lookUp(target, clock, connectMs);
  onAddress(formatAddress(address, target.port));
  return { sshd: `${address} ${target.port}`, leftMs, jump: null };
}

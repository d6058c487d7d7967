import { isIP } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Connection } from "./connection.ts";
import type { HostClock } from "./host-clock.ts";
import { orAborted, startHostClock } from "./host-clock.ts";
import { HostFailureError } from "./host-failure-error.ts";
import { jumpKey, resolveJumpChain } from "./jump-chain.ts";
import { jumpFailure } from "./jump-failure.ts";
import { formatAddress } from "./open-socket.ts";
import type { Resolver } from "./resolve.ts";
import type { ResolvedTarget } from "./resolved-target.ts";
import type { Way } from "./way.ts";

/** A jump host that is reached. */
interface ReachedJump<C> {
  readonly connection: C;
  /** What tells its chain of jump hosts from another. */
  readonly key: string;
  /** A failure behind it with its reason, where it was the jump host that broke. */
  readonly explain: Way["explain"];
}

/** The jump hosts of a run: one connection each, over which all hosts behind it are reached. */
export interface Jumps<C> {
  /** Waits for the jump host, which has a clock of its own. Rejects with a HostFailureError. */
  readonly reach: (target: ResolvedTarget, clock: HostClock) => Promise<ReachedJump<C>>;
  /** Ends every connection and every try. */
  readonly close: () => void;
}

/** What is needed of a connection, whichever transport it is of. */
type JumpConnection = Pick<Connection, "watch" | "end">;

/** How to log in to one jump host; its own jumps included. */
type ConnectJump<C> = (jump: ResolvedTarget, clock: HostClock) => Promise<C>;

interface Shared<C> {
  readonly connection: Promise<C>;
  /** Why it is gone; null: it is not. */
  lost: HostFailureError | null;
}

/**
 * Opens the jump hosts of one run. A jump host that cannot be reached fails all hosts behind it with its reason, after
 * one try; a connection that is lost later is opened once more.
 */
export function openJumps<C extends JumpConnection>(
  resolver: Pick<Resolver, "resolveJump">,
  connectJump: ConnectJump<C>,
): Jumps<C> {
  const firsts = new Map<string, Shared<C>>();
  const seconds = new Map<string, Shared<C>>();
  const clocks = new Set<HostClock>();
  const open = new Set<C>();

  const start = (jump: ResolvedTarget): Shared<C> => {
    const clock = startHostClock();
    clocks.add(clock);
    const begin = async (): Promise<C> => {
      try {
        const connection = await connectJump(jump, clock);
        open.add(connection);
        connection.watch((failure) => {
          open.delete(connection);
          shared.lost = jumpFailure(jump.name, failure);
        });
        return connection;
      } catch (error) {
        throw jumpFailure(jump.name, error);
      } finally {
        clock.allow(null);
        clocks.delete(clock);
      }
    };
    const shared: Shared<C> = { connection: begin(), lost: null };
    // Who waited for it may be gone by then.
    shared.connection.catch(() => {});
    return shared;
  };
  const reach = async (key: string, jump: ResolvedTarget): Promise<[Shared<C>, C]> => {
    for (const tries of [firsts, seconds]) {
      const shared = tries.get(key) ?? start(jump);
      tries.set(key, shared);
      const connection = await shared.connection;
      if (shared.lost === null) return [shared, connection];
      if (tries === seconds) throw shared.lost;
    }
    throw new Error("a loop of two tries went on");
  };

  return {
    reach: async (target, clock) => {
      const chain = await orAborted(resolveJumpChain(target, resolver), clock.signal);
      const jump = chain.at(-1);
      if (jump === undefined) throw new Error("no jump host in a chain of jump hosts");
      clock.enter("connect");
      const key = jumpKey(chain);
      const [shared, connection] = await orAborted(reach(key, jump), clock.signal);
      return { connection, key, explain: explainBy(shared) };
    },
    close: () => {
      clocks.forEach((clock) => clock.end(() => new HostFailureError("interrupted", "interrupted")));
      open.forEach((connection) => connection.end());
    },
  };
}

function explainBy(shared: Shared<unknown>): Way["explain"] {
  return async (failure) => {
    // A jump host that goes takes its channels along, and may say so after them.
    await nextTurn();
    return shared.lost === null ? failure : brokenBy(shared.lost, failure);
  };
}

/** A connection that was lost with its jump host; a host that had failed by itself keeps its own reason. */
function brokenBy(lost: HostFailureError, failure: HostFailureError): HostFailureError {
  const isLoss = ["unreachable", "jump-failed", "command-failed"].includes(failure.failure.state);
  if (!isLoss) return failure;
  const { state, reason } = lost.failure;
  return new HostFailureError(
    state,
    reason,
    failure.passing || failure.failure.state === "jump-failed",
    lost.fix,
  );
}

/** Behind a jump host only an address that was written as one is known. */
export function addressBehindJump({ hostname, port }: ResolvedTarget): string | null {
  return isIP(hostname) === 0 ? null : formatAddress(hostname, port);
}

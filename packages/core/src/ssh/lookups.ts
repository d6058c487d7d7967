import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { performance } from "node:perf_hooks";
import pLimit from "p-limit";
import type { HostClock } from "./host-clock.ts";
import { orAborted } from "./host-clock.ts";
import type { Address } from "./open-socket.ts";
import type { ResolvedTarget } from "./resolved-target.ts";

/** The addresses of a name as getaddrinfo(3) has them. */
export type AskSystem = (name: string, family: ResolvedTarget["family"]) => Promise<readonly Address[]>;

/** Where a name leads to, and what is left of the time to connect, ms. */
interface LookedUp {
  readonly addresses: readonly [Address, ...Address[]];
  readonly leftMs: number;
}

/** Looks up a host in the order of RFC 6724, under its connect clock; an address is its own. */
export type LookUp = (target: ResolvedTarget, clock: HostClock, connectMs: number) => Promise<LookedUp>;

/** One name may take getaddrinfo so long: 3 servers, 2 tries of 5 s each (resolv.conf(5)). */
const slowestAnswerMs = 30_000;

const askSystem: AskSystem = async (name, family) => lookup(name, { all: true, family, order: "verbatim" });

/**
 * The name lookups of one run, at most `atOnce` of them at a time. getaddrinfo blocks a thread and cannot be cancelled:
 * names that hang would fill the few threads there are, and the clocks of all other hosts would run out behind them.
 * Waiting for a thread does not count, unless none comes free for longer than any answer takes.
 */
export function openLookups(
  atOnce: number,
  ask: AskSystem = askSystem,
  slowestMs: number = slowestAnswerMs,
): LookUp {
  const limit = pLimit(atOnce);
  const waiting = new Set<() => void>();
  return async (target, clock, connectMs) => {
    const { hostname, family } = target;
    let startedMs = performance.now();
    const literal = isIP(hostname);
    if (literal !== 0) {
      clock.allow(connectMs);
      return { addresses: [{ address: hostname, family: literal }], leftMs: connectMs };
    }
    clock.enter("name lookup");
    const wait = (): void => clock.allow(connectMs + slowestMs);
    wait();
    waiting.add(wait);
    // A name that its host has given up keeps its place until it is answered: the thread is no sooner free.
    const answer = limit(async () => {
      waiting.delete(wait);
      if (clock.signal.aborted) return [];
      startedMs = performance.now();
      clock.allow(connectMs);
      try {
        return await ask(hostname, family);
      } finally {
        waiting.forEach((again) => again());
      }
    });
    const [first, ...others] = await orAborted(answer, clock.signal).finally(() => waiting.delete(wait));
    if (first === undefined) throw Object.assign(new Error("no address"), { code: "ENODATA" });
    const leftMs = Math.max(1, connectMs - (performance.now() - startedMs));
    return { addresses: [first, ...others], leftMs };
  };
}

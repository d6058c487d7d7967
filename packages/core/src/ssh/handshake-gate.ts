import pLimit from "p-limit";
import type { LimitFunction } from "p-limit";

/** Lets in at most six handshakes at a time for each sshd; the return value of `enter` lets the next one in. */
export interface HandshakeGate {
  readonly enter: (sshd: string, signal: AbortSignal) => Promise<() => void>;
}

/**
 * sshd drops connections at random from its tenth that is not logged in (MaxStartups 10:30:100): stay below. The client
 * is told of its login before sshd has counted it out (`authenticated:` in main, sshd.c of OpenSSH 9.2); a busy host may be three behind.
 */
const handshakesAtOnce = 6;

/** Opens the gate of one run. `sshd` is `address:port`: many names may lead to one daemon. */
export function openHandshakeGate(): HandshakeGate {
  const gates = new Map<string, { readonly limit: LimitFunction; inside: number }>();

  return {
    enter: async (sshd, signal) => {
      signal.throwIfAborted();
      const gate = gates.get(sshd) ?? { limit: pLimit(handshakesAtOnce), inside: 0 };
      gates.set(sshd, gate);
      gate.inside += 1;
      return new Promise((resolve, reject) => {
        const giveUp = (): void => reject(signal.reason);
        signal.addEventListener("abort", giveUp, { once: true });
        const pass = async (): Promise<void> => {
          signal.removeEventListener("abort", giveUp);
          if (!signal.aborted) await new Promise<void>((leave) => resolve(leave));
          gate.inside -= 1;
          if (gate.inside === 0) gates.delete(sshd);
        };
        void gate.limit(pass);
      });
    },
  };
}

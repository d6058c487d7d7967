import { setTimeout as sleep } from "node:timers/promises";
import { classifyFailure } from "./classify-failure.ts";
import type { FleetOptions } from "./fleet-options.ts";
import type { HostClock } from "./host-clock.ts";
import { orAborted } from "./host-clock.ts";

/** Waiting before a second try, ms: between these two, so that a full sshd is not met by the same crowd again. */
const jitterMs = [200, 1_000] as const;

/** Tries to connect; a connection that was dropped before the login is tried again. Rejects with a HostFailureError. */
export async function tryAgain<T>(
  once: () => Promise<T>,
  hostname: string,
  { retries, random }: Pick<FleetOptions, "retries" | "random">,
  clock: HostClock,
): Promise<T> {
  for (let left = retries; ; left -= 1) {
    try {
      return await once();
    } catch (error) {
      const failure = classifyFailure(error, clock.phase(), hostname);
      if (!failure.passing || left <= 0 || clock.signal.aborted) throw failure;
      clock.allow(null);
      const [least, most] = jitterMs;
      await orAborted(sleep(least + random() * (most - least)), clock.signal);
    }
  }
}

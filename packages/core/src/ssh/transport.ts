import type { HostTarget } from "../model/host.ts";
import type { Connection } from "./connection.ts";
import type { HostClock } from "./host-clock.ts";
import type { ResolvedTarget } from "./resolved-target.ts";

/** The ways to the hosts of one run. */
export interface Transport {
  /** Connects and logs in; the clock bounds it. `listed` is the host as its list names it. Rejects with a HostFailureError. */
  readonly connect: (
    target: ResolvedTarget,
    listed: HostTarget,
    clock: HostClock,
    onAddress: (address: string) => void,
  ) => Promise<Connection>;
  /** Ends what is still open; nothing of the run is left when it returns. */
  readonly close: () => Promise<void>;
}

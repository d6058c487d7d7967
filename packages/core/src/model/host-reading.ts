import type { HostResult } from "./host-result.ts";
import type { ProbeAnswer } from "./probe-output.ts";

/** What the probe brought back from one host. `kept`: what a host that failed had sent before it did, or null. */
export type HostReading = HostResult<ProbeAnswer> & { readonly kept: ProbeAnswer | null };

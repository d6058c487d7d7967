import type { Seconds } from "./units.ts";

/** What `uptime` prints. Its uptime is of its own container where there is one. */
export interface Uptime {
  readonly uptimeS: Seconds | null;
  readonly users: number | null;
  readonly load1: number | null;
  readonly load5: number | null;
  readonly load15: number | null;
}

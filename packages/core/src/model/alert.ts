import type { WrittenTime } from "./kernel-record.ts";
import type { Seconds } from "./units.ts";

/** A time of day written without a date. */
export interface TimeOfDay {
  /** Seconds since local midnight. */
  readonly timeOfDayS: Seconds;
  /** What one step of the last digit written is worth. */
  readonly resolutionS: Seconds;
}

/** A message of a monitoring system about one host, in its own words. What a message does not say is null. Hostile text. */
export interface Alert {
  /** When it was sent, in the zone of the monitoring. */
  readonly written: WrittenTime | TimeOfDay;
  /** `C`, `warning`. */
  readonly severity: string | null;
  /** Application or group that the host serves. */
  readonly group: string | null;
  readonly host: string;
  /** What was checked: `check_http`. */
  readonly check: string | null;
  readonly text: string | null;
}

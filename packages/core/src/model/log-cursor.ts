import type { Micros } from "./units.ts";
import type { KnownBoot } from "./visit.ts";

/** Up to where a host's kernel log is known: what came later is all that has to travel. */
export interface LogCursor {
  /** The log goes on only while this boot does. */
  readonly bootId: string;
  /** Stamp of the last record known, and its sequence number where /dev/kmsg told one. */
  readonly stampUs: Micros;
  readonly seq: number | null;
}

/** The cursor of a host by its boots, the latest visited last; null where all of its log has to travel. */
export function logCursorOf(boots: readonly KnownBoot[]): LogCursor | null {
  const { bootId, lastStampUs: stampUs, lastSeq: seq } = boots.at(-1) ?? { bootId: null };
  return bootId === null || stampUs === undefined || stampUs === null
    ? null
    : { bootId, stampUs, seq: seq ?? null };
}

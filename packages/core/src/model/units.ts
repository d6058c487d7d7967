/** Milliseconds since 1970-01-01T00:00:00Z, fractions allowed. Whose clock it is, the name beside it says. */
export type EpochMs = number;
/** Milliseconds. */
export type Millis = number;
/** Seconds. */
export type Seconds = number;
/** Microseconds. */
export type Micros = number;
/** KiB, 1024 bytes: what the kernel and ps print as "kB". */
export type KiB = number;
/** Pages of the host's page size: what the kernel's task table counts in. */
export type Pages = number;

/** Pages to KiB; null when either is unknown, or the product not exact. The size differs by machine: 4, 16 or 64 KiB. */
export function pagesToKiB(pages: Pages | null, pageSizeKiB: KiB | null): KiB | null {
  const kiB = pages === null || pageSizeKiB === null ? null : pages * pageSizeKiB;
  return Number.isSafeInteger(kiB) ? kiB : null;
}

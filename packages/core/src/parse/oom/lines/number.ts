/** A decimal of a kernel line; null when it is missing or larger than a number can hold exactly. */
export function toNumber(digits: string | undefined): number | null {
  if (digits === undefined || digits === "") return null;
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value : null;
}

/** A pid; null when it cannot be one: pid_t is an int, and PID_MAX_LIMIT 4 million (include/linux/threads.h). */
export function toPid(digits: string | undefined): number | null {
  const value = toNumber(digits);
  return value !== null && value > 0 && value < 2 ** 31 ? value : null;
}

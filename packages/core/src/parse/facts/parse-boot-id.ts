const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;

/** /proc/sys/kernel/random/boot_id, lower case; null when it is no UUID or the all-zero one. */
export function parseBootId(lines: readonly string[] | undefined): string | null {
  const text = lines?.[0]?.trim().toLowerCase() ?? "";
  return uuid.test(text) && /[1-9a-f]/u.test(text) ? text : null;
}

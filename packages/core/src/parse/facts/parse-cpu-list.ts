/** CPUs in a list of the kernel (cpulist_parse, lib/bitmap-str.c): `0-3,8` has 5; null when it is no such list. */
export function parseCpuList(lines: readonly string[] | undefined): number | null {
  const text = lines?.[0]?.trim() ?? "";
  if (!/^\d{1,6}(?:-\d{1,6})?(?:,\d{1,6}(?:-\d{1,6})?)*$/u.test(text)) return null;
  let cpus = 0;
  for (const range of text.split(",")) {
    const [low = 0, high = low] = range.split("-").map(Number);
    if (high < low) return null;
    cpus += high - low + 1;
  }
  return cpus;
}

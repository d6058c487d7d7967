/** So few lines prove nothing. */
const fewestLines = 3;
/** Lines of a dump that no grep for kills keeps. */
const dumpLine = /Call Trace|Mem-Info|\[ +pid +\]|Hardware name|pages RAM|lowmem_reserve/;

/**
 * Says what was thrown away where a log went through `grep -i kill` or the like before it was saved; null where it did
 * not. What is left still tells who died; who held the memory stood in the lines that are gone.
 */
export function greppedWords(lines: readonly string[]): string | null {
  const whole = lines.filter((line) => line.trim() !== "");
  if (whole.length < fewestLines || whole.some((line) => dumpLine.test(line))) return null;
  const kept = [/kill/i, /out of memory/i].find((pattern) => whole.every((line) => pattern.test(line)));
  if (kept === undefined) return null;
  return `only lines with "${kept.source}" were kept: a grep threw Mem-Info and task tables away; save the whole dmesg, or use inquest collect`;
}

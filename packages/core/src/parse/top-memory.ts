import type { TopMemory } from "../model/top-screen.ts";
import type { KiB } from "../model/units.ts";
import { toKiB } from "./size-kib.ts";

// Mem:   8388608k total,  4081276k used,  4307332k free,        0k buffers           procps 3.2
// KiB Mem :  3861332 total,  3446476 free,   216940 used,   197916 buff/cache        procps 3.3
// MiB Swap:   3903,0 total,   3903,0 free,      0,0 used.   3345,3 avail Mem         procps 4, decimal comma
// Mem: 449532K used, 159356K free, 0K shrd, 0K buff, 139914323006485K cached         busybox
const linePattern = /^(?:([KMGTPE])iB )?(Mem|Swap) ?:\s{0,20}(.{1,200})/;
// What top has no room for ends in a plus, its last digits cut: "13191676+total".
const amountPattern =
  /(\d{1,20}(?:[.,]\d{1,3})?)([kKmMgGtTpP]?)(\+?)\s{0,20}(total|av\b|used|free|avail Mem)/g;

/** Reads the memory lines of one screen of top; a cut number is no number. */
export function parseTopMemory(summary: readonly string[]): TopMemory {
  const amounts = new Map<string, KiB | null>();
  for (const line of summary) {
    const [, unit = "", kind, rest = ""] = linePattern.exec(line) ?? [];
    if (kind === undefined) continue;
    for (const [, amount = "", own, cut, word] of rest.matchAll(amountPattern)) {
      const name = word === "avail Mem" ? word : `${kind} ${word === "av" ? "total" : word}`;
      amounts.set(name, cut === "+" ? null : toKiB(`${amount}${own === "" ? unit : own}`));
    }
  }
  const [used, free] = [amounts.get("Mem used") ?? null, amounts.get("Mem free") ?? null];
  // busybox counts all that is not free as used, and says no total.
  const sumKiB = amounts.has("Mem total") || used === null || free === null ? null : used + free;
  return {
    ramTotalKiB: amounts.get("Mem total") ?? sumKiB,
    ramFreeKiB: free,
    ramAvailableKiB: amounts.get("avail Mem") ?? null,
    swapTotalKiB: amounts.get("Swap total") ?? null,
    swapFreeKiB: amounts.get("Swap free") ?? null,
  };
}

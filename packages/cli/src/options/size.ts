import { UsageError } from "@inquest/core";

const unitBytes = new Map([
  ["", 1],
  ["k", 1024],
  ["m", 1024 ** 2],
  ["g", 1024 ** 3],
]);

/** A size such as `16M` or `512K` (1024s, as dd and ssh count) in bytes. Throws UsageError. */
export function parseSize(text: string, option: string): number {
  const [, amount, unit = ""] = /^(\d{1,12})([kmg]?)(?:i?b)?$/i.exec(text.trim()) ?? [];
  const bytes = Number(amount) * (unitBytes.get(unit.toLowerCase()) ?? Number.NaN);
  if (bytes >= 1024 && bytes <= 2 ** 31) return bytes;
  throw new UsageError("bad-size", `${option}: size "${text}" is not understood`, {
    hint: "write a size from 1K to 2G, such as 16M",
  });
}

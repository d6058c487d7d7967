import type { KiB } from "../model/units.ts";

const unitKiB: ReadonlyMap<string, number> = new Map([
  ["", 1],
  ["k", 1],
  ["m", 1024],
  ["g", 1024 ** 2],
  ["t", 1024 ** 3],
  ["p", 1024 ** 4],
]);

/**
 * A size as ps and top print it, to KiB: procps counts KiB; busybox and top write large ones as `124m` or `1.2g`, with the
 * decimal mark of the host's language. Null where it is none.
 */
export function toKiB(text: string | null): KiB | null {
  const [, amount = "", unit = ""] = /^(\d{1,12}(?:[.,]\d{1,3})?)([kmgtp]?)$/i.exec(text ?? "") ?? [];
  if (amount === "") return null;
  const sizeKiB = Math.round(Number(amount.replace(",", ".")) * (unitKiB.get(unit.toLowerCase()) ?? 1));
  return Number.isSafeInteger(sizeKiB) ? sizeKiB : null;
}

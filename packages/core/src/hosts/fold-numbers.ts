function isPadded(text: string): boolean {
  return text.length > 1 && text.startsWith("0");
}

/**
 * Digit strings as the inside of a range: `09, 10, 11, 20` is `09-11,20`. A number without a leading zero belongs
 * to the padded ones of its width, if there are any, so that `08, 9, 10` is `08,10,9`.
 */
export function foldNumbers(digits: readonly string[]): string {
  const paddedWidths = new Set(digits.filter(isPadded).map((text) => text.length));
  const sorted = digits
    .map((text) => ({ text, value: Number(text), width: paddedWidths.has(text.length) ? text.length : 0 }))
    .toSorted((a, b) => b.width - a.width || a.value - b.value);
  const runs: { first: string; last: string }[] = [];
  let before = { value: Number.NaN, width: 0 };
  for (const number of sorted) {
    const run = runs.at(-1);
    const follows = number.value === before.value + 1 && number.width === before.width;
    if (run !== undefined && follows) run.last = number.text;
    else runs.push({ first: number.text, last: number.text });
    before = number;
  }
  return runs.map(({ first, last }) => (first === last ? first : `${first}-${last}`)).join(",");
}

/** What a field of a schedule may hold. */
export interface FieldBounds {
  readonly least: number;
  readonly most: number;
  /** Names of its values from `least` on, lower case; only months and weekdays have some. */
  readonly names?: readonly string[];
  /** Between the ends of a range: `-` in crontabs, `..` in OnCalendar. */
  readonly range: string;
}

/** No field has more values; what lists more of them repeats itself. */
const mostItems = 128;

/**
 * The values of one field, sorted, or null when it is not understood: `*`, `5`, `mon`, `1-5`, `0-30/10`, and lists of
 * them. A step needs a range before it (ISC cron, get_range).
 */
export function parseNumberSet(text: string, bounds: FieldBounds): readonly number[] | null {
  const items = text.split(",", mostItems + 1);
  if (items.length > mostItems) return null;
  const values = new Set<number>();
  for (const item of items) {
    const [span = "", stepText, rest] = item.split("/");
    const step = stepText === undefined ? 1 : numberOf(stepText);
    if (rest !== undefined || step === null || step < 1) return null;
    const ends = endsOf(span, bounds);
    if (ends === null || (stepText !== undefined && !ends.isRange)) return null;
    for (let value = ends.from; value <= ends.to; value += step) values.add(value);
  }
  return [...values].toSorted((a, b) => a - b);
}

function endsOf(
  span: string,
  bounds: FieldBounds,
): { readonly from: number; readonly to: number; readonly isRange: boolean } | null {
  if (span === "*") return { from: bounds.least, to: bounds.most, isRange: true };
  // `10~50`: cronie draws a minute of this range once a day; the first of them is when it starts at the earliest.
  const [first = "", last, more] = span.split(span.includes("~") ? "~" : bounds.range);
  const from = valueOf(first, bounds);
  const to = last === undefined ? from : valueOf(last, bounds);
  if (more !== undefined || from === null || to === null || to < from) return null;
  return span.includes("~") ? { from, to: from, isRange: false } : { from, to, isRange: last !== undefined };
}

function valueOf(text: string, { least, most, names }: FieldBounds): number | null {
  const place = names?.indexOf(text.toLowerCase()) ?? -1;
  const value = place === -1 ? numberOf(text) : least + place;
  return value !== null && least <= value && value <= most ? value : null;
}

function numberOf(text: string): number | null {
  return /^\d{1,4}$/.test(text) ? Number(text) : null;
}

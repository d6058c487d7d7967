import { withoutGuard } from "./read-review.ts";

/** What a reviewed cell means beside what the store held when the sheet was written, and what it holds now. */
export type MergedCell =
  | { readonly is: "untouched" }
  | { readonly is: "changed"; readonly to: string | null }
  | { readonly is: "conflict"; readonly to: string | null };

/**
 * Three-way: a cell that says what the sheet said when it was written is left alone; a cell that was changed wins
 * where the store still says that, and is a conflict where the store says something else by now. Where the sheet does
 * not say what it was written from, an empty cell beside a word in the store is a conflict, and so is a word that the
 * store once had and replaced; any other word is the reviewer's.
 */
export function mergeCell(
  cell: string,
  store: string | null,
  base: { readonly value: string | null } | { readonly former: readonly (string | null)[] },
): MergedCell {
  const to = wordsOf(cell);
  if (to === store || isAsExported(cell, store)) return { is: "untouched" };
  if ("former" in base) {
    if (store !== null && (to === null || base.former.includes(to))) return { is: "conflict", to };
    return { is: "changed", to };
  }
  if (to === base.value || isAsExported(cell, base.value)) return { is: "untouched" };
  return { is: store === base.value ? "changed" : "conflict", to };
}

/** The words of a cell; null: it is empty. Line ends are the spreadsheet's own. */
export function wordsOf(cell: string): string | null {
  return withoutGuard(plain(cell)) || null;
}

/** `export --no-guard` writes a word as it is, and a word may begin with ' itself. */
function isAsExported(cell: string, value: string | null): boolean {
  return value !== null && plain(cell) === plain(value);
}

function plain(text: string): string {
  return text.replaceAll(/\r\n?/g, "\n").replaceAll(/^ +|\s+$/g, "");
}

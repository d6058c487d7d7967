import CliTable from "cli-table3";

const plain = /^[\x20-\x7e]*$/;

const borderOnTop = Object.fromEntries(
  [
    "top-mid",
    "top-left",
    "top-right",
    "bottom",
    "bottom-mid",
    "bottom-left",
    "bottom-right",
    "left",
    "left-mid",
    "mid",
    "mid-mid",
    "right",
    "right-mid",
    "middle",
  ].map((name) => [name, ""]),
);

/** Columns a terminal needs for a sanitized text: CJK and emoji take two. */
export function displayWidth(text: string): number {
  return plain.test(text) ? text.length : (inCell(text, null)[0]?.length ?? 0);
}

/** The text in at most `width` columns, its end cut off with … where it is wider. */
export function cutToWidth(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  return plain.test(text) ? `${text.slice(0, width - 1)}…` : (inCell(text, width)[1] ?? "").trimEnd();
}

/**
 * cli-table3 knows the widths; its border is as wide as its one cell. It takes 40 µs a cell, minutes for a
 * long list: so only texts beyond ASCII pass it, and columns are aligned by our own padding.
 */
function inCell(text: string, width: number | null): readonly string[] {
  const table = new CliTable({
    chars: { ...borderOnTop, top: "-" },
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
    colWidths: [width],
    truncate: "…",
  });
  table.push([text]);
  return table.toString().split("\n");
}

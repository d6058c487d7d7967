import { styleText } from "node:util";
import CliTable from "cli-table3";
import { sanitize } from "./sanitize.ts";

/** One column; `shrinks`: may be cut with … where the table is wider than the terminal. */
export interface Column {
  readonly title: string;
  readonly align?: "left" | "right";
  readonly shrinks?: boolean;
}

/** What a cell's colour says; without colour it says nothing, so words must do it too. */
export type Tone = "bad" | "doubt" | "dim";
export type TableCell = string | { readonly text: string; readonly tone: Tone };

export interface TableLook {
  /** Width of the terminal, or null: cut nothing. */
  readonly width: number | null;
  readonly color: boolean;
}

/** Where nobody told a width, columns move together before a table grows wider than this. */
const usualWidth = 80;
/** A cut column keeps at least this much. */
const leastWidth = 6;
/** Column widths follow this many rows at the head and tail of a long table. */
const colors = { bad: "red", doubt: "yellow", dim: "dim" } as const;

/** Rows as aligned columns, every cell sanitized. Ends with a newline. */
export function formatTable(
  columns: readonly Column[],
  rows: readonly (readonly TableCell[])[],
  look: TableLook,
): string {
  const paint = (text: string, style: "bold" | "red" | "yellow" | "dim"): string =>
    look.color ? styleText(style, text, { validateStream: false }) : text;
  const texts = rows.map((row) => row.map((cell) => sanitize(typeof cell === "string" ? cell : cell.text)));
  const painted = texts.map((row, at) =>
    row.map((text, column) => {
      const cell = rows[at]?.[column];
      return cell === undefined || typeof cell === "string" ? text : paint(text, colors[cell.tone]);
    }),
  );
  const head = columns.map(({ title }) => paint(title, "bold"));
  const widths = measure([columns.map(({ title }) => title), ...texts]);
  const gap = sum(widths) + 2 * (widths.length - 1) <= (look.width ?? usualWidth) ? 2 : 1;
  const fitted = fit(widths, columns, look.width === null ? null : look.width - gap * (widths.length - 1));
  const lines = layOut([head, ...painted], columns, fitted, gap).split("\n");
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

/** Display widths of the columns as cli-table3 counts them: wide characters are two. Its top border tells. */
function measure(rows: readonly (readonly string[])[]): readonly number[] {
  const table = new CliTable({
    chars: { ...noLines, top: "-", "top-mid": "+" },
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
  });
  table.push(...rows.map((row) => [...row]));
  const [border = ""] = table.toString().split("\n", 1);
  return border.split("+").map((part) => part.length);
}

/** Takes from the widest columns that may shrink until the row fits. */
function fit(widths: readonly number[], columns: readonly Column[], room: number | null): readonly number[] {
  const fitted = [...widths];
  for (let excess = room === null ? 0 : sum(fitted) - room; excess > 0; excess -= 1) {
    const shrinking = fitted.map((width, at) => (columns[at]?.shrinks === true && width > leastWidth ? width : 0));
    const widest = shrinking.indexOf(Math.max(...shrinking));
    if ((shrinking[widest] ?? 0) === 0) break;
    fitted[widest] = (fitted[widest] ?? 0) - 1;
  }
  return fitted;
}

function layOut(
  rows: readonly (readonly string[])[],
  columns: readonly Column[],
  widths: readonly number[],
  gap: number,
): string {
  const table = new CliTable({
    chars: noLines,
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
    colWidths: [...widths],
    colAligns: columns.map(({ align }) => align ?? "left"),
    truncate: "…",
  });
  table.options.chars.middle = " ".repeat(gap);
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const noLines = Object.fromEntries(
  [
    "top",
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

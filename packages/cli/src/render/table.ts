import { styleText } from "node:util";
import { cutToWidth, displayWidth } from "./display-width.ts";
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

/** The terminal a text is made for. */
export interface Look {
  /** Width of the terminal, or null: cut nothing. */
  readonly width: number | null;
  readonly color: boolean;
}

/** Where nobody told a width, columns move together before a table grows wider than this. */
const usualWidth = 80;
/** A cut column keeps at least this much. */
const leastWidth = 6;
const colors = { bad: "red", doubt: "yellow", dim: "dim", head: "bold" } as const;

/** Rows as aligned columns, every cell sanitized. Ends with a newline. */
export function formatTable(
  columns: readonly Column[],
  rows: readonly (readonly TableCell[])[],
  look: Look,
): string {
  const lines = [columns.map(({ title }) => title), ...rows.map((row) => row.map(textOfCell))];
  const widths = columns.map((_column, at) => lines.reduce((most, line) => Math.max(most, displayWidth(line[at] ?? "")), 0));
  const gap = " ".repeat(sum(widths) + 2 * (widths.length - 1) <= (look.width ?? usualWidth) ? 2 : 1);
  const fitted = fit(widths, columns, look.width === null ? null : look.width - gap.length * (widths.length - 1));
  const cells = (line: readonly string[], tone: (at: number) => keyof typeof colors | null): string =>
    line
      .map((text, at) => {
        const cut = cutToWidth(text, fitted[at] ?? 0);
        const padding = " ".repeat(Math.max(0, (fitted[at] ?? 0) - displayWidth(cut)));
        const painted = paint(cut, look.color ? tone(at) : null);
        if (columns[at]?.align === "right") return padding + painted;
        return at === columns.length - 1 ? painted : painted + padding;
      })
      .join(gap)
      .trimEnd();
  const [head = [], ...body] = lines;
  const printed = [cells(head, () => "head"), ...body.map((line, row) => cells(line, (at) => toneOf(rows[row]?.[at])))];
  return printed.map((line) => `${line}\n`).join("");
}

function textOfCell(cell: TableCell): string {
  return sanitize(typeof cell === "string" ? cell : cell.text);
}

function toneOf(cell: TableCell | undefined): Tone | null {
  return cell === undefined || typeof cell === "string" ? null : cell.tone;
}

function paint(text: string, tone: keyof typeof colors | null): string {
  return tone === null ? text : styleText(colors[tone], text, { validateStream: false });
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

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

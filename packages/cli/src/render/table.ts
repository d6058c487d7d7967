import { styleText } from "node:util";
import { cutToWidth, displayWidth } from "./display-width.ts";
import { sanitize } from "./sanitize.ts";
import { wrapped } from "./wrapped.ts";

/** One column, and what becomes of it where the table is wider than the terminal. */
export interface Column {
  readonly title: string;
  readonly align?: "left" | "right";
  /** It may be cut with …. */
  readonly shrinks?: boolean;
  /** It is left out where the table would not fit with it: other commands and forms tell it. */
  readonly yields?: boolean;
  /** The last column only: its texts move to lines of their own below their rows. */
  readonly moves?: boolean;
}

/** What a cell's colour says; without colour it says nothing, so words must do it too. */
type Tone = "bad" | "doubt" | "dim";
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
  const lines = [columns.map(({ title }) => title)].concat(rows.map((row) => row.map(textOfCell)));
  const widths = columns.map((_column, at) =>
    lines.reduce((most, line) => Math.max(most, displayWidth(line[at] ?? "")), 0),
  );
  const room = look.width ?? usualWidth;
  const moved =
    look.width !== null && columns.at(-1)?.moves === true && sum(widths) + widths.length - 1 > room;
  const shown = moved ? widths.slice(0, -1) : widths;
  const yielding = columns.findLastIndex((column) => column.yields === true);
  if (look.width !== null && yielding !== -1 && sum(shown) + shown.length - 1 > room) {
    const stays = (_: unknown, at: number): boolean => at !== yielding;
    return formatTable(
      columns.filter(stays),
      rows.map((row) => row.filter(stays)),
      look,
    );
  }
  const gap = sum(shown) + 2 * (shown.length - 1) <= room ? "  " : " ";
  const fitted = fit(shown, columns, look.width === null ? Infinity : room - gap.length * (shown.length - 1));
  const painter = look.color ? paint : (text: string): string => text;
  const printed = lines.flatMap((line, row) => {
    const tone = (at: number): keyof typeof colors | null =>
      row === 0 ? "head" : toneOf(rows[row - 1]?.[at]);
    const cells = fitted.map((width, at) => {
      const cut = cutToWidth(line[at] ?? "", width);
      const padding = " ".repeat(Math.max(0, width - displayWidth(cut)));
      const painted = painter(cut, tone(at));
      return columns[at]?.align === "right" ? padding + painted : painted + padding;
    });
    const below = moved && row > 0 ? (line.at(-1) ?? "") : "";
    const indent = " ".repeat(Math.min((fitted[0] ?? 0) + gap.length, Math.floor(room / 4)));
    const whole = cells.join(gap).trimEnd();
    if (below === "") return [whole];
    const told = wrapped(indent + below, look.width, indent.length + 2).split("\n");
    return [whole, ...told.map((one) => painter(one, tone(line.length - 1)))];
  });
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
function fit(widths: readonly number[], columns: readonly Column[], room: number): readonly number[] {
  const fitted = [...widths];
  for (let excess = sum(fitted) - room; excess > 0; excess -= 1) {
    const shrinking = fitted.map((width, at) =>
      columns[at]?.shrinks === true && width > leastWidth ? width : 0,
    );
    const widest = shrinking.indexOf(Math.max(...shrinking));
    if ((shrinking[widest] ?? 0) === 0) break;
    fitted[widest] = (fitted[widest] ?? 0) - 1;
  }
  return fitted;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

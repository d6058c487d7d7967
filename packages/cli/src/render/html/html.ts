import { sanitize } from "../sanitize.ts";

/** Markup that may go into a page as it is. */
export interface Html {
  readonly markup: string;
}

/** What a template takes: text is made harmless, markup stays, null is nothing. */
export type Content = string | number | null | Html | readonly Content[];

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Of the lines of a template: a page of 5,000 rows would be half blanks. */
const indent = /\n\s*/g;

/** Markup with values in it. Every text passes here: control and bidi characters are shown, `<&"'` escaped. */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Html {
  const texts = parts.map(
    (part, at) => part.replaceAll(indent, "\n") + (at < values.length ? textOf(values[at] ?? null) : ""),
  );
  return { markup: texts.join("") };
}

/** Markup that is our own: the style, the script, what Plot drew. Never text of a host. */
export function ownMarkup(markup: string): Html {
  return { markup };
}

function textOf(content: Content): string {
  if (content === null) return "";
  if (typeof content === "number") return String(content);
  if (typeof content === "string")
    return sanitize(content).replaceAll(/[&<>"']/g, (char) => entities[char] ?? "");
  return "markup" in content ? content.markup : content.map(textOf).join("");
}

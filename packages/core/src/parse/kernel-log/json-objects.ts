/** One JSON value found in lines, and the 0-based number of the line on which it begins. */
interface FoundJson {
  readonly value: unknown;
  readonly line: number;
}

/** What lines of JSON hold. */
export interface JsonObjects {
  readonly found: readonly FoundJson[];
  /** Lines of which no value could be made. */
  readonly unread: number;
}

const recordSeparator = "\u001E";
const opening = /^(?:[[\]},\s]{0,64}|.{0,200}:\s{0,8}\[\s{0,64})\{\s{0,64}$/;
const closing = /^\s{0,64}\}[\],\s{}]{0,64}$/;

/**
 * The JSON objects of lines: one a line (`journalctl -o json`), or pretty printed, their first and last lines holding
 * nothing but brackets (`-o json-pretty`, `dmesg -J`). No bracket inside a string can stand so: its line has quotes.
 */
export function jsonObjects(lines: readonly string[], from: number): JsonObjects {
  const found: FoundJson[] = [];
  let unread = 0;
  let open: string[] | null = null;
  let openedAt = 0;
  for (const [index, line] of lines.entries()) {
    if (open !== null && closing.test(line)) {
      const value = parseJson(`${open.join("\n")}\n}`);
      if (value === undefined) unread += open.length;
      else found.push({ value, line: openedAt });
      open = opening.test(line) ? ["{"] : null;
      openedAt = from + index;
    } else if (open === null && !opening.test(line)) {
      const text = unframed(line)
        .replace(/^[\s,]{0,64}/, "")
        .replace(/,$/, "");
      if (!text.startsWith("{") && !text.startsWith("[{")) continue;
      const value = parseJson(text);
      if (value === undefined) unread += 1;
      else found.push({ value, line: from + index });
    } else if (opening.test(line)) {
      // A new object begins while one is open: that one was cut, unless it only holds the others ("dmesg": [).
      if (open?.at(-1)?.trimEnd().endsWith("[") !== true) unread += open?.length ?? 0;
      open = ["{"];
      openedAt = from + index;
    } else {
      open?.push(unframed(line));
    }
  }
  return { found, unread: unread + (open?.length ?? 0) };
}

/** A line without the `data: ` of json-sse (RFC 8895) or the record separator of json-seq (RFC 7464). */
export function unframed(line: string): string {
  if (line.startsWith("data:")) return line.slice(5);
  return line.startsWith(recordSeparator) ? line.slice(1) : line;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

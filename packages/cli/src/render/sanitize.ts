/** Control (C0, DEL, C1), format (bidi, zero width, tags) and lone surrogate characters, and Unicode's line ends. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

const named = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

/**
 * Text of a host made fit for a terminal: what could move the cursor, retitle the window or reorder the line is
 * shown as `\x1b`, `\u202e`. The only place that does so; everything printed passes it once.
 */
export function sanitize(text: string): string {
  return text.replaceAll(unprintable, (found) => {
    const code = found.codePointAt(0) ?? 0;
    if (code > 0xffff) return `\\u{${code.toString(16)}}`;
    return named.get(found) ?? (code > 0xff ? `\\u${hex(code, 4)}` : `\\x${hex(code, 2)}`);
  });
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, "0");
}

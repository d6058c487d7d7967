const lineFeed = 10;
const decoder = new TextDecoder();

/** Of a longer line only its beginning is read: no kernel and no daemon writes one. */
export const longestLineBytes: number = 64 * 1024;

/** Offset of the beginning of the line that an offset lies in. */
export function lineStart(bytes: Uint8Array, offset: number): number {
  return offset <= 0 ? 0 : bytes.lastIndexOf(lineFeed, offset - 1) + 1;
}

/** Offset behind the line feed of the line that an offset lies in, or the end of the bytes. */
export function lineEnd(bytes: Uint8Array, offset: number): number {
  const end = bytes.indexOf(lineFeed, offset);
  return end === -1 ? bytes.length : end + 1;
}

/** Beginning of the line so many lines on from a line's beginning, or the end of the bytes. */
export function linesOn(bytes: Uint8Array, start: number, lines: number): number {
  let offset = start;
  for (let left = lines; left > 0 && offset < bytes.length; left -= 1) offset = lineEnd(bytes, offset);
  return offset;
}

/** How many line feeds stand between two offsets. */
export function countLines(bytes: Uint8Array, from: number, to: number): number {
  // A Buffer's own indexOf is twice as fast.
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from);
  let lines = 0;
  for (let at = buffer.indexOf(lineFeed); at !== -1; at = buffer.indexOf(lineFeed, at + 1)) lines += 1;
  return lines;
}

/** Offsets of the beginnings of all lines, the last one may have no line feed. */
export function lineStarts(bytes: Uint8Array): readonly number[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const starts: number[] = [];
  for (let at = 0; at < buffer.length; at = lineEnd(buffer, at)) starts.push(at);
  return starts;
}

/** One line as text, without its end; what is longer than any line that is read is cut. */
export function textOfLine(bytes: Uint8Array, start: number): string {
  const end = Math.min(lineEnd(bytes, start), start + longestLineBytes);
  return decoder.decode(bytes.subarray(start, end)).replace(/\r?\n$/u, "");
}

/** Lines of text without their ends; bytes that are not UTF-8 become U+FFFD. */
export function linesOf(bytes: Uint8Array): readonly string[] {
  const text = decoder.decode(bytes);
  const lines = text.split(text.includes("\r") ? /\r?\n|\r$/u : "\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

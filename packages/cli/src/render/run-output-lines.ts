const newline = 10;

/** Whole lines with `host: ` before each, byte for byte. */
export function labelLines(host: string, lines: Buffer): Buffer {
  const label = Buffer.from(`${host}: `);
  let count = 0;
  for (let at = lines.indexOf(newline); at !== -1; at = lines.indexOf(newline, at + 1)) count += 1;
  const labelled = Buffer.allocUnsafe(lines.length + count * label.length);
  let to = 0;
  for (let from = 0; from < lines.length;) {
    const end = lines.indexOf(newline, from);
    const next = end === -1 ? lines.length : end + 1;
    to += label.copy(labelled, to);
    to += lines.copy(labelled, to, from, next);
    from = next;
  }
  return labelled;
}

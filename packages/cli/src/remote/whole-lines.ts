/** Puts the chunks of one stream together to whole lines. */
export interface WholeLines {
  /** The lines that this chunk completes, all in one; null when it completes none. */
  readonly add: (chunk: Buffer) => Buffer | null;
  /** What is left at the end, made a line; null when nothing is. */
  readonly rest: () => Buffer | null;
}

const newline = Buffer.from("\n");

/** Opens it for one stream. A line may be as long as the stream. */
export function openWholeLines(): WholeLines {
  let held: Buffer[] = [];
  return {
    add: (chunk) => {
      const end = chunk.lastIndexOf(newline) + 1;
      if (end === 0) {
        held.push(chunk);
        return null;
      }
      const lines = Buffer.concat([...held, chunk.subarray(0, end)]);
      held = end < chunk.length ? [chunk.subarray(end)] : [];
      return lines;
    },
    rest: () => (held.length === 0 ? null : Buffer.concat([...held.splice(0), newline])),
  };
}

/** Output with a newline at its end, if it has none; nothing stays nothing. */
export function endLine(bytes: Buffer): Buffer {
  return bytes.length === 0 || bytes.at(-1) === newline[0] ? bytes : Buffer.concat([bytes, newline]);
}

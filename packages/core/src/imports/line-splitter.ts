/** A longer line of a capture is cut: nothing that is read is longer. */
const longestLine = 64 * 1024;

/** Cuts a stream of bytes into lines of text. */
export interface LineSplitter {
  push(bytes: Uint8Array): readonly string[];
  /** The last line, when it had no line feed. */
  end(): readonly string[];
}

/** Cuts bytes at line feeds, wherever the chunks end; of a line beyond 64 KiB only its beginning is kept. */
export function lineSplitter(): LineSplitter {
  const decoder = new TextDecoder();
  let rest = "";
  return {
    push: (bytes) => {
      const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
      rest = (lines.pop() ?? "").slice(0, longestLine);
      return lines.map((line) => line.slice(0, longestLine));
    },
    end: () => {
      const last = rest + decoder.decode();
      rest = "";
      return last === "" ? [] : [last];
    },
  };
}

import { longestLineBytes } from "./line-walk.ts";

const lineFeed = 10;

/** Takes the rest of endless lines out of a stream of bytes. */
export interface LongLineCutter {
  /** The bytes that stay, in pieces; which they are does not hang on where the stream was cut. */
  cut(bytes: Uint8Array): readonly Uint8Array[];
  /** Lines so far that were too long. */
  readonly longLines: number;
}

/** Lets at most 64 KiB of a line pass, and its end. */
export function longLineCutter(): LongLineCutter {
  /** Bytes so far of the line that is going on; more than the longest: its rest is being left out. */
  let length = 0;
  let longLines = 0;
  return {
    cut: (bytes) => {
      const kept: Uint8Array[] = [];
      let [from, at] = [0, 0];
      while (at < bytes.length) {
        /** Where the line has to end at last. */
        const most = at + longestLineBytes - length;
        const feed = bytes.subarray(at, most + 1).lastIndexOf(lineFeed);
        if (feed !== -1) {
          // Lines that end before it are shorter still.
          at += feed + 1;
          length = 0;
        } else if (bytes.length <= most) {
          length += bytes.length - at;
          break;
        } else {
          if (length <= longestLineBytes) longLines += 1;
          kept.push(bytes.subarray(from, Math.max(from, most)));
          from = bytes.indexOf(lineFeed, at);
          if (from === -1) from = bytes.length;
          at = from + 1;
          length = from < bytes.length ? 0 : longestLineBytes + 1;
        }
      }
      kept.push(bytes.subarray(from));
      return kept.filter((piece) => piece.length > 0);
    },
    get longLines() {
      return longLines;
    },
  };
}

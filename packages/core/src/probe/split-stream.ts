/** What stands between an `open` sentinel and its `close`: one command that was tried for one section. */
export interface Attempt {
  readonly section: string;
  readonly via: string;
  /** Null when the stream ended before its `close` came. */
  readonly status: number | null;
  readonly bytes: Uint8Array;
}

/** One of the probe's two streams, cut at its sentinels. */
export interface SplitStream {
  readonly attempts: readonly Attempt[];
  readonly complete: boolean;
  /** Bytes outside of all attempts. */
  readonly noiseBytes: number;
}

interface Sentinel {
  readonly words: readonly string[];
  /** First byte of the sentinel, its own line feed, and first byte behind it. */
  readonly from: number;
  readonly to: number;
}

/** "\n@inquest:NONCE open kernel-log kmsg\n"; the line feed before it is the sentinel's, not the section's. */
function* sentinels(stream: Buffer, mark: Buffer): Generator<Sentinel> {
  let from = stream.indexOf(mark);
  while (from !== -1) {
    const end = stream.indexOf(10, from + mark.length);
    const words = end === -1 ? [] : stream.toString("latin1", from + mark.length, end).split(" ");
    const to = end === -1 ? stream.length : end + 1;
    yield { words, from, to };
    // From `to`, for a line feed ends one sentinel only: the next brings its own.
    from = stream.indexOf(mark, to);
  }
}

/** Length of the longest end of the stream that begins a sentinel: what a cut left of it. */
function cutMarkLength(stream: Buffer, mark: Buffer): number {
  for (let length = Math.min(mark.length - 1, stream.length); length > 0; length--) {
    if (stream.subarray(stream.length - length).equals(mark.subarray(0, length))) return length;
  }
  return 0;
}

/** Cuts stdout or stderr of a probe at the sentinels of `nonce`. Copies nothing: the attempts are views. */
export function splitStream(bytes: Uint8Array, nonce: string): SplitStream {
  const stream = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mark = Buffer.from(`\n@inquest:${nonce} `);
  const attempts: Attempt[] = [];
  let open: { section: string; via: string; from: number } | null = null;
  let noiseBytes = 0;
  let complete = false;
  let behind = 0;
  const cutOff = (to: number): void => {
    if (open === null) noiseBytes += to - behind;
    else attempts.push({ ...open, status: null, bytes: stream.subarray(open.from, to) });
    open = null;
  };
  for (const { words, from, to } of sentinels(stream, mark)) {
    const [kind, section = "", via = "", status = ""] = words;
    if (open !== null && kind === "close" && open.section === section) {
      attempts.push({ section, via, status: Number(status), bytes: stream.subarray(open.from, from) });
      open = null;
    } else {
      cutOff(from);
      if (kind === "open") open = { section, via, from: to };
      complete ||= kind === "end";
    }
    behind = to;
  }
  if (behind < stream.length)
    cutOff(open === null ? stream.length : stream.length - cutMarkLength(stream, mark));
  else if (open !== null) cutOff(stream.length);
  return { attempts, complete, noiseBytes };
}

/** Keeps the head of two streams up to one common size. */
export interface OutputCollector {
  /** Takes a chunk; false: it did not fit whole, its head was kept. */
  readonly add: (stream: "stdout" | "stderr", chunk: Buffer) => boolean;
  /** All that was kept. Chunks become one Buffer only here: strings would break UTF-8 at chunk borders. */
  readonly take: () => { readonly stdout: Buffer; readonly stderr: Buffer };
}

/** Collects at most `maxBytes` over both streams; where somebody takes them as they come, they are counted and not kept. */
export function collectOutput(
  maxBytes: number,
  take?: (stream: "stdout" | "stderr", chunk: Buffer) => void,
): OutputCollector {
  const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  let left = maxBytes;
  return {
    add: (stream, chunk) => {
      const fits = chunk.length <= left;
      const head = fits ? chunk : chunk.subarray(0, left);
      left -= head.length;
      if (head.length > 0 && take !== undefined) take(stream, head);
      else if (head.length > 0) chunks[stream].push(head);
      return fits;
    },
    take: () => ({ stdout: joined(chunks.stdout), stderr: joined(chunks.stderr) }),
  };
}

/** One Buffer of all chunks, which are let go: the answer of a host is held once, not twice. */
function joined(chunks: Buffer[]): Buffer {
  return Buffer.concat(chunks.splice(0));
}

import { createReadStream } from "node:fs";
import { createRequire } from "node:module";
import { pipeline, Readable } from "node:stream";
import { createGunzip, createZstdDecompress } from "node:zlib";
import { answerMagic, kernelLogOfAnswer } from "./kernel-log-of-answer.ts";

/** A way to compress a file: the bytes it begins with, and how it is undone. */
interface Compression {
  readonly magic: readonly number[];
  readonly undo: (source: Readable) => AsyncIterable<Uint8Array>;
}

const compressions: readonly Compression[] = [
  // RFC 1952, 2.3.1
  { magic: [0x1f, 0x8b], undo: (source) => through(source, createGunzip()) },
  // RFC 8878, 3.1.1
  { magic: [0x28, 0xb5, 0x2f, 0xfd], undo: (source) => through(source, createZstdDecompress()) },
  // The .xz File Format 1.2.1, 2.1.1.1
  {
    magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
    undo: (source) => new (loadXz().XzReadableStream)(Readable.toWeb(source) as ReadableStream<Uint8Array>),
  },
];

/** A CommonJS package with the decoder inside it as WebAssembly: loaded for those who need it. */
function loadXz(): typeof import("xz-decompress") {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what its own types say
  return createRequire(import.meta.url)("xz-decompress") as typeof import("xz-decompress");
}

/** As many bytes tell what a file is; a saved answer of the probe tells it latest. */
const longestMagic = answerMagic.length;
const chunkBytes = 256 * 1024;

/** The bytes of a saved file, and what went wrong at its end. */
export interface SavedBytes {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Why the content ends before its end, once the chunks have been read; null when it is whole. */
  readonly cut: () => string | null;
}

/**
 * Opens a file, or bytes that come in already (stdin), reading gzip, xz and zstd through; what it is is told by its first
 * bytes, not by its name. Of an answer that collect --save-raw kept, the kernel log is given. A compressed file that ends early or is spoilt gives what could be read.
 */
export function openSavedFile(from: string | AsyncIterable<Uint8Array>): SavedBytes {
  let cut: string | null = null;
  const source = typeof from === "string" ? createReadStream(from, { highWaterMark: chunkBytes }) : from;
  async function* chunks(): AsyncGenerator<Uint8Array, void, undefined> {
    const { head, rest } = await readHead(source);
    const compression = compressions.find(({ magic }) => magic.every((byte, at) => head[at] === byte));
    if (compression === undefined) {
      if (answerMagic.equals(head.subarray(0, answerMagic.length))) {
        const log = await kernelLogOfAnswer(rest);
        cut = log.isWhole ? null : "the saved answer ends before its kernel log does";
        yield log.bytes;
      } else yield* rest;
      return;
    }
    try {
      yield* compression.undo(Readable.from(rest));
    } catch (error) {
      // What the file system refuses is an error; what the compressed bytes hold is the file's own trouble.
      if (error instanceof Error && "syscall" in error) throw error;
      cut = `the compressed file is spoilt or ends early: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
  return { chunks: chunks(), cut: () => cut };
}

/** The first bytes, and the whole content with them. */
async function readHead(
  source: AsyncIterable<Uint8Array>,
): Promise<{ readonly head: Uint8Array; readonly rest: AsyncIterable<Uint8Array> }> {
  const iterator: AsyncIterator<Uint8Array> = source[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let isEnded = false;
  while (!isEnded && first.reduce((sum, { length }) => sum + length, 0) < longestMagic) {
    const { done, value } = await iterator.next();
    if (done === true) isEnded = true;
    else first.push(value);
  }
  async function* rest(): AsyncGenerator<Uint8Array, void, undefined> {
    yield* first;
    while (!isEnded) {
      const { done, value } = await iterator.next();
      if (done === true) isEnded = true;
      else yield value;
    }
  }
  return { head: Buffer.concat(first), rest: rest() };
}

function through(source: Readable, decoder: ReturnType<typeof createGunzip>): AsyncIterable<Uint8Array> {
  // Errors arrive at the reader of the decoder.
  pipeline(source, decoder, () => undefined);
  return decoder;
}

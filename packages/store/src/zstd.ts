import { zstdCompressSync, zstdDecompressSync } from "node:zlib";

/** Bytes as one zstd frame (RFC 8878). */
export function compress(bytes: Uint8Array): Uint8Array {
  return zstdCompressSync(bytes);
}

/** The bytes of one zstd frame. */
export function decompress(frame: Uint8Array): Uint8Array {
  return new Uint8Array(zstdDecompressSync(frame));
}

/** Text as one zstd frame of its UTF-8. */
export function compressText(text: string): Uint8Array {
  return compress(new TextEncoder().encode(text));
}

/** The text behind compressText. */
export function decompressText(frame: Uint8Array): string {
  // ignoreBOM keeps a first U+FEFF, which a host may send.
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(zstdDecompressSync(frame));
}

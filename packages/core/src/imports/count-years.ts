import { yearCounter } from "../clock/written-time.ts";
import type { YearTurn } from "../clock/written-time.ts";
import type { EpochMs } from "../model/units.ts";
import { rfc3164Head } from "../parse/kernel-log/syslog-head.ts";

/** A head with its date is shorter. */
const headBytes = 64;
/** `Apr 19 0`, `<134>Apr`: lines that begin alike are of one month. */
const dayBytes = 8;
const lineFeed = 10;

/**
 * Reads a whole log for the dates at the beginnings of its lines, and tells from which line on which year holds; null where
 * none stands without its year. `latestMs`: no record is later.
 */
export async function countYears(
  chunks: AsyncIterable<Uint8Array>,
  latestMs: EpochMs,
): Promise<readonly YearTurn[] | null> {
  const counter = yearCounter();
  let line = 0;
  let day = Buffer.alloc(0);
  const see = (head: Buffer): void => {
    const written = rfc3164Head(head.toString())?.written ?? null;
    if (written !== null && !written.hasYear) counter.see(written.localMs, line);
    day = Buffer.from(head.subarray(0, dayBytes));
  };
  let open = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    let start = 0;
    for (let end = bytes.indexOf(lineFeed); end !== -1; end = bytes.indexOf(lineFeed, start)) {
      const stop = Math.min(end, start + headBytes);
      if (open.length > 0) {
        see(Buffer.concat([open, bytes.subarray(start, stop)]));
        open = Buffer.alloc(0);
        // Most lines begin as the line before: these are not read.
      } else if (!beginsWith(bytes, start, stop, day)) see(bytes.subarray(start, stop));
      line += 1;
      start = end + 1;
    }
    // Of a line that is cut only the head is kept.
    if (open.length < headBytes) open = Buffer.concat([open, bytes.subarray(start, start + headBytes)]);
  }
  if (open.length > 0) see(open);
  return counter.turns(latestMs);
}

function beginsWith(bytes: Buffer, start: number, stop: number, wanted: Buffer): boolean {
  if (wanted.length < dayBytes || stop - start < dayBytes) return false;
  for (let at = 0; at < dayBytes; at += 1) if (bytes[start + at] !== wanted[at]) return false;
  return true;
}

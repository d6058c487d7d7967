import type { Sign, SignRole } from "./signs.ts";
import { signs } from "./signs.ts";

/** Called for each sign: offset of its last byte, and what it means. */
export type TakeSign = (last: number, role: SignRole) => void;

/** A sign as it is compared. */
interface Needle {
  readonly bytes: Uint8Array;
  readonly role: SignRole;
}

/** Three bytes are looked at in one step. */
const blockBytes = 3;
/** All signs are at least this long; only this much of one decides how far a step may go. */
const windowBytes = Math.min(...signs.map(({ text }) => Buffer.byteLength(text)));
const longestStep = windowBytes - blockBytes + 1;
const hashes = 2 ** 15;

/** How far the search may go on behind three bytes, by their hash; 0: they may end the window of `needles`. */
const { steps, needles } = tablesOf(signs);

/**
 * Finds the signs in bytes from one offset to another. Most bytes are never looked at: three of them tell how far away
 * a sign can be (Wu and Manber, "A fast algorithm for multi-pattern searching", 1994).
 */
export function findSigns(bytes: Uint8Array, from: number, to: number, take: TakeSign): void {
  let at = from + windowBytes - 1;
  while (at < to) {
    // Below its length a typed array has a number everywhere.
    const hash = hashOf(bytes[at - 2] ?? 0, bytes[at - 1] ?? 0, bytes[at] ?? 0);
    const step = steps[hash] ?? 0;
    if (step > 0) {
      at += step;
      continue;
    }
    const start = at - windowBytes + 1;
    for (const { bytes: needle, role } of needles[hash] ?? []) {
      if (start + needle.length <= to && isAt(bytes, start, needle)) take(start + needle.length - 1, role);
    }
    at += 1;
  }
}

function hashOf(one: number, two: number, three: number): number {
  return ((one << 10) ^ (two << 5) ^ three) & (hashes - 1);
}

function isAt(bytes: Uint8Array, start: number, needle: Uint8Array): boolean {
  for (let at = 0; at < needle.length; at += 1) if (bytes[start + at] !== needle[at]) return false;
  return true;
}

function tablesOf(all: readonly Sign[]): {
  readonly steps: Uint8Array;
  readonly needles: readonly (readonly Needle[])[];
} {
  const table = new Uint8Array(hashes).fill(longestStep);
  const none: readonly Needle[] = [];
  const byHash: (readonly Needle[])[] = Array.from({ length: hashes }, () => none);
  for (const { text, role } of all) {
    const bytes = Buffer.from(text);
    for (let at = 0; at < longestStep; at += 1) {
      const [one = 0, two = 0, three = 0] = bytes.subarray(at);
      const hash = hashOf(one, two, three);
      const step = longestStep - 1 - at;
      table[hash] = Math.min(table[hash] ?? 0, step);
      if (step === 0) byHash[hash] = [...(byHash[hash] ?? none), { bytes: Uint8Array.from(bytes), role }];
    }
  }
  return { steps: table, needles: byHash };
}

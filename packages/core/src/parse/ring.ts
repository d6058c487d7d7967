/** What a host tells of its ring buffer where it sent only what came into it of late. */
export interface Ring {
  /** Bytes of the whole ring as the host prints it. */
  readonly bytes: number;
  /** Its first line, and later ones that tell of its clock and its size, as printed. Hostile text. */
  readonly lines: readonly string[];
}

/** The `ring` section: `ring bytes 262133`, then `ring line 6,4711,…`; null when there is none. */
export function parseRing(text: string | null): Ring | null {
  if (text === null) return null;
  const bytes = /^ring bytes (\d{1,12})$/m.exec(text)?.[1];
  if (bytes === undefined) return null;
  const lines = text.split("\n").flatMap((line) => /^ring line (.*)$/.exec(line)?.[1] ?? []);
  return { bytes: Number(bytes), lines };
}

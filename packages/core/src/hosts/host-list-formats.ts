import type { HostTarget } from "../model/host.ts";
import { parsePlain } from "./parse-plain.ts";

/** One grammar of host lists: a row here and a file beside it. */
export interface HostListFormat {
  readonly name: string;
  /** Whether a text without byte order mark, its lines given, is written in this grammar. */
  readonly detect: (lines: readonly string[], place: string) => boolean;
  /** Every mention in order, duplicates included; throws with file and line at the first that cannot be read. */
  readonly parse: (lines: readonly string[], place: string) => HostTarget[];
}

/** Grammars in the order in which they are tried. Plain takes what no other recognises. */
export const hostListFormats: readonly HostListFormat[] = [
  { name: "plain", detect: () => true, parse: parsePlain },
];

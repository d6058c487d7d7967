import type { LogCursor } from "../model/log-cursor.ts";
import type { ProbeSectionName } from "../model/probe-output.ts";
import { probeScript } from "./probe-script.ts";
import { shellQuote } from "./shell-quote.ts";

/** What differs from host to host; the script never does. */
export interface ProbeArguments {
  /** Unguessable, 16 to 64 letters and digits: only the probe itself can print a sentinel. */
  readonly nonce: string;
  /** Directory below which /proc, /sys, /dev and /etc are read; "" on every real host. */
  readonly root: string;
  /** `auto`: plain first, then `sudo -n`; `always`: only `sudo -n`. Concerns the kernel log alone. */
  readonly sudo: "auto" | "always" | "never";
  /** Sections to send; all when left out. `uname` and `getconf` come with `proc`, `clock-after` with `clock`. */
  readonly sections?: readonly ProbeSectionName[];
  /** Further sources of kernel lines than the ring buffer; none when left out. */
  readonly sources?: readonly LogSource[];
  /** Up to where the host's kernel log is known; all of it is sent when left out or null. */
  readonly cursor?: LogCursor | null;
  /** Word of the one line to be written into the kernel's log, as unguessable as the nonce and another; none is when left out. */
  readonly markWord?: string;
}

/** Where kernel lines are besides the ring buffer: the files of syslog, the journal with its earlier boots. */
export const logSources = ["files", "journal"] as const;
export type LogSource = (typeof logSources)[number];

/** Bytes that one further source may send; the newest are sent. */
const mostSourceBytes = 4 * 1024 * 1024;

/** What to run on a host and what to write to its stdin. */
export interface ProbeRequest {
  readonly command: string;
  readonly stdin: Buffer;
}

const script = Buffer.from(probeScript);

/** The probe for one host: `exec sh -s -- ROOT NONCE SUDO SECTIONS SOURCES BYTES BOOT SEQ STAMP WORD`, which sh, csh and fish all read alike. */
export function probeRequest({
  nonce,
  root,
  sudo,
  sections,
  sources,
  cursor,
  markWord = "",
}: ProbeArguments): ProbeRequest {
  if (!/^[A-Za-z0-9]{16,64}$/u.test(nonce)) throw new Error("a nonce is 16 to 64 letters and digits");
  if (!/^(?:[A-Za-z0-9]{16,64})?$/u.test(markWord)) throw new Error("so is the word of a mark");
  const wanted = sections === undefined ? "all" : sections.join(",");
  const known = cursor === undefined || cursor === null ? ["", "", ""] : wordsOf(cursor);
  const asked = [root, nonce, sudo, wanted, (sources ?? []).join(","), String(mostSourceBytes)];
  const words = [...asked, ...known, markWord].map(shellQuote);
  return { command: `exec sh -s -- ${words.join(" ")}`, stdin: script };
}

/** The boot id was read off the host, and goes back to it as a word of a command line. */
function wordsOf({ bootId, seq, stampUs }: LogCursor): readonly string[] {
  const isPlain = /^[0-9a-f-]{1,64}$/u.test(bootId) && Number.isSafeInteger(stampUs);
  return isPlain ? [bootId, seq === null ? "" : String(seq), String(stampUs)] : ["", "", ""];
}

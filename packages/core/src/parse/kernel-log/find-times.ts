import type { LogPair } from "../../model/anchor.ts";
import type { KernelLog, KernelRecord } from "../../model/kernel-record.ts";
import type { Micros } from "../../model/units.ts";
import { isKernels } from "../../model/kernel-record.ts";
import { formatNamed } from "./detect-format.ts";
import type { LogFormat } from "./log-format.ts";
import { readAround } from "./read-around.ts";

/** So many of the records that tell a time are read, spread over the log: a host without auditd prints thousands. */
const mostPlaces = 16;

/**
 * `audit: type=1400 audit(1429671409.123:45): apparmor="DENIED" …`, without the first word before 4.x: audit_log_start
 * takes the wall clock when the event begins (kernel/audit.c).
 */
const auditPattern = /^(?:audit: )?type=\d+ audit\((\d{1,10})\.(\d{3}):\d+\)/u;
/** `rtc_cmos 00:01: setting system clock to 2015-04-22T02:56:49 UTC (1429671409)` (rtc_hctosys, drivers/rtc/class.c). */
const rtcPattern = /^\S+ \S+: setting system clock to [-\d]+[T ][\d:]+ UTC \((\d{1,10})\)$/u;

const tellers: readonly {
  readonly mark: string;
  readonly read: (text: string) => Omit<LogPair, "stampS"> | null;
}[] = [
  {
    mark: "audit(",
    read: (text) => {
      const [, seconds, millis] = auditPattern.exec(text) ?? [];
      if (seconds === undefined) return null;
      const fromMs = Number(seconds) * 1000 + Number(millis);
      return { kind: "audit", fromMs, toMs: fromMs + 1 };
    },
  },
  {
    mark: "setting system clock to ",
    read: (text) => {
      const seconds = rtcPattern.exec(text)?.[1];
      if (seconds === undefined) return null;
      return { kind: "rtc", fromMs: Number(seconds) * 1000, toMs: Number(seconds) * 1000 };
    },
  },
];

/** Calendar times that records of the kernel tell of themselves, with their stamps; some of them where there are many. */
export function findTimes(bytes: Uint8Array, name: KernelLog["format"]): readonly LogPair[] {
  if (name === "empty") return [];
  const format = formatNamed(name);
  return tellers.flatMap(({ mark, read }) =>
    recordsAt(bytes, format, mark).flatMap((record) => {
      if (record.stampUs === null || !isKernels(record)) return [];
      const told = read(record.text);
      return told === null ? [] : [{ ...told, stampS: record.stampUs / 1e6 }];
    }),
  );
}

/** Stamp of the line that a visit wrote into the log (--mark), by its word; null where the log does not hold it. */
export function findMark(bytes: Uint8Array, name: KernelLog["format"], word: string): Micros | null {
  if (name === "empty") return null;
  const found = recordsAt(bytes, formatNamed(name), `inquest mark ${word} `);
  return found.find(({ stampUs }) => stampUs !== null)?.stampUs ?? null;
}

function recordsAt(bytes: Uint8Array, format: LogFormat, mark: string): readonly KernelRecord[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const places: number[] = [];
  for (let at = buffer.indexOf(mark); at !== -1;) {
    places.push(at);
    // The next in the next part of the log: every byte is searched once.
    const next = Math.ceil((places.length * bytes.length) / mostPlaces);
    at = places.length === mostPlaces ? -1 : buffer.indexOf(mark, Math.max(at + 1, next));
  }
  const last = places.length === 0 ? -1 : buffer.lastIndexOf(mark);
  return [...new Set([...places, last])]
    .filter((at) => at !== -1)
    .flatMap((at) => readAround(bytes, format, at).records.filter(({ text }) => text.includes(mark)));
}

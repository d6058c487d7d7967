import { yearedBy, yearIn, yearKeeper } from "../clock/written-time.ts";
import type { YearTurn } from "../clock/written-time.ts";
import type { DeathEcho } from "../model/death.ts";
import type { KernelRecord, LogFormatName, WrittenTime } from "../model/kernel-record.ts";
import { isKernels } from "../model/kernel-record.ts";
import type { EpochMs } from "../model/units.ts";
import type { ImportedFile } from "../model/visit.ts";
import type { ImportedPart, ReadPart } from "../normalize/import-batch.ts";
import { importBatches } from "../normalize/import-batch.ts";
import { rawLinesIn } from "../normalize/report-details.ts";
import type { Passage } from "../parse/kernel-log/log-reader.ts";
import { logReader } from "../parse/kernel-log/log-reader.ts";
import { lossWords } from "./loss-words.ts";
import type { ImportStep } from "./import-step.ts";

/** A kernel log that comes in from one file. */
export interface LogStream {
  push(bytes: Uint8Array): readonly ImportStep[];
  /** `openEnd`: the last stretch, kept back because a report goes on at its end. */
  end(): { readonly steps: readonly ImportStep[]; readonly openEnd: Uint8Array | null };
}

interface HostShare {
  readonly file: ImportedFile;
  readonly batchOf: (part: ReadPart) => ImportedPart;
  /** Passages that are placed together: what is told twice, minutes apart, is one death. */
  readonly waiting: ReadPart[];
  waitingBytes: number;
  undated: number;
  refused: number;
  readonly losses: Map<string, number>;
  readonly echoes: DeathEcho[];
}

/** What is known of a log before it is read. */
export interface LogOrigin {
  /** The file, as every host's share of it is described; `host` is that of lines that name none, or null. */
  readonly file: Omit<ImportedFile, "host" | "firstYear">;
  readonly host: string | null;
  readonly format: LogFormatName;
  /** Nothing in it is later, collector clock. */
  readonly latestMs: EpochMs;
  /** The end of the file before, whose report this one completes; null: there is none. */
  readonly carried: Uint8Array | null;
  /**
   * The first record of the next file, where that is of the same host and format: it may complete a report cut at the
   * end of this one. Null: no such file follows.
   */
  readonly next: KernelRecord | null;
  /** From which of its lines on which year holds, where that was counted beforehand; null: years are inferred as it comes in. */
  readonly yearTurns: readonly YearTurn[] | null;
  /** What is already known to be missing, in words. */
  readonly notes: readonly string[];
}

/** Reads one log: its lines may be of several hosts, whose shares are kept apart. */
export function logStream(origin: LogOrigin): LogStream {
  const { file, format, latestMs } = origin;
  const carried = origin.carried ?? new Uint8Array();
  const carriedLines = carried.reduce((lines, byte) => (byte === lineFeed ? lines + 1 : lines), 0);
  const reader = logReader(format, -carriedLines);
  const shares = new Map<string, HostShare>();
  let homeless = 0;
  const { yearTurns } = origin;
  const keep = yearKeeper(Math.min(file.capturedMs ?? file.modifiedMs ?? latestMs, latestMs));
  /** Lines are of one order for all hosts: each time gets its year before they are parted. */
  const yeared = new WeakMap<WrittenTime, WrittenTime>();
  const giveYears = (records: readonly KernelRecord[]): void => {
    for (const { written, line } of records) {
      if (written === null) continue;
      yeared.set(written, yearTurns === null ? keep(written) : yearedBy(yearTurns, written, line));
    }
  };
  const shareOf = (host: string, records: readonly KernelRecord[]): HostShare => {
    const known = shares.get(host);
    if (known !== undefined) return known;
    const first =
      yearTurns === null ? null : (records.find(({ written }) => written !== null)?.written ?? null);
    const own = {
      ...file,
      host,
      firstYear: first === null ? null : yearIn((yeared.get(first) ?? first).localMs),
    };
    const share: HostShare = {
      file: own,
      batchOf: importBatches(own, latestMs, (written) => yeared.get(written) ?? written),
      waiting: [],
      waitingBytes: 0,
      undated: 0,
      refused: 0,
      losses: new Map(),
      echoes: [],
    };
    shares.set(host, share);
    return share;
  };
  const place = (share: HostShare): readonly ImportStep[] => {
    const part = joinParts(share.waiting.splice(0));
    share.waitingBytes = 0;
    if (part === null) return [];
    const { batch, unmatched } = share.batchOf(part);
    const undated = batch.sightings.filter(({ incident }) => incident.time.atMs === null).length;
    note(share, part.records, unmatched, undated);
    return batch.sightings.length === 0 ? [] : [{ kind: "batch", batch }];
  };
  const take = (passage: Passage): readonly ImportStep[] => {
    giveYears(passage.records);
    return [...byHost(passage.records, origin.host)].flatMap(([host, records]) => {
      if (host === null) {
        homeless += records.length;
        return [];
      }
      const share = shareOf(host, records);
      const part = partOf(passage, records);
      share.waiting.push(part);
      share.waitingBytes += part.bytes.length;
      return share.waitingBytes >= mostWaiting || !records.every(hasClock) ? place(share) : [];
    });
  };
  const begun = reader.push(carried).flatMap(take);
  return {
    push: (bytes) => [...begun.splice(0), ...reader.push(bytes).flatMap(take)],
    end: () => {
      const last = reader.end();
      const tail = last.at(-1);
      const openHost = tail?.isOpen === true ? onlyHost(tail.records, origin.host) : null;
      const isKept =
        openHost !== null && openHost === origin.host && goesOn(tail?.records.at(-1) ?? null, origin.next);
      const steps = [
        ...begun.splice(0),
        ...(isKept ? last.slice(0, -1) : last).flatMap(take),
        ...[...shares.values()].flatMap(place),
      ];
      // A file without a death is told of, too: nothing found is an answer.
      if (shares.size === 0 && origin.host !== null) shareOf(origin.host, []);
      const isShared = shares.size > 1;
      const ends = [...shares.values()].map((share): ImportStep => ({
        kind: "file",
        file: share.file,
        lines: isShared ? null : reader.lineCount - carriedLines,
        gaps: [
          ...origin.notes,
          ...lossWords(share),
          ...(isShared ? [] : lossWords({ unread: reader.unread, longLines: reader.longLines })),
          ...(homeless > 0 ? [`${homeless} records name no host`] : []),
          ...(openHost === share.file.host && !isKept ? ["ends in the middle of a report"] : []),
        ],
      }));
      return { steps: [...steps, ...ends], openEnd: isKept && tail !== undefined ? tail.bytes : null };
    },
  };
}

const lineFeed = 10;

/** The records of each host, in the order of the log; lines that name none belong to the host of the file. */
function byHost(
  records: readonly KernelRecord[],
  otherwise: string | null,
): ReadonlyMap<string | null, readonly KernelRecord[]> {
  return Map.groupBy(records, ({ host }) => host ?? otherwise);
}

function onlyHost(records: readonly KernelRecord[], otherwise: string | null): string | null {
  const hosts = new Set(records.map(({ host }) => host ?? otherwise));
  return hosts.size === 1 ? ([...hosts][0] ?? null) : null;
}

/** One host's lines of a passage; all of it, where nobody else's stand between. */
function partOf(passage: Passage, records: readonly KernelRecord[]): ReadPart {
  if (records.length === passage.records.length) return passage;
  const rawLinesOf = rawLinesIn(passage, passage.records);
  const lines: string[] = [];
  const own = records.map((record) => {
    const moved = { ...record, line: lines.length };
    lines.push(...rawLinesOf([record]));
    return moved;
  });
  return { records: own, bytes: Buffer.from(lines.map((line) => `${line}\n`).join("")), line: 0 };
}

/** A report goes on without a longer pause than this. */
const longestPauseS = 60;

/** Whether one record may come right after another of another file, as far as their times tell. */
function goesOn(last: KernelRecord | null, next: KernelRecord | null): boolean {
  if (last === null || next === null) return false;
  if (last.stampUs !== null && next.stampUs !== null)
    return Math.abs(next.stampUs - last.stampUs) <= longestPauseS * 1e6;
  if (last.written !== null && next.written !== null)
    return Math.abs(next.written.localMs - last.written.localMs) <= longestPauseS * 1e3;
  return last.stampUs === next.stampUs && last.written === next.written;
}

/** Bytes of passages that wait to be placed together. */
const mostWaiting = 1024 * 1024;

/** Without any clock only the distance of lines tells what belongs together: it must not shrink. */
function hasClock({ stampUs, written }: KernelRecord): boolean {
  return stampUs !== null || written !== null;
}

/** Several parts as one, their lines numbered on. */
function joinParts(parts: readonly ReadPart[]): ReadPart | null {
  const [first, ...others] = parts;
  if (first === undefined || others.length === 0) return first ?? null;
  let line = 0;
  const records = parts.flatMap((part) => {
    const moved = part.records.map((record) => ({ ...record, line: record.line - part.line + line }));
    line += part.bytes.reduce((count, byte) => (byte === lineFeed ? count + 1 : count), 0);
    return moved;
  });
  return { records, bytes: Buffer.concat(parts.map(({ bytes }) => bytes)), line: 0 };
}

function note(
  share: HostShare,
  records: readonly KernelRecord[],
  unmatched: readonly DeathEcho[],
  undated: number,
): void {
  share.undated += undated;
  share.echoes.push(...unmatched);
  for (const record of records) {
    if (!isKernels(record) && /Killed process|invoked oom-killer|oom-kill:/.test(record.text))
      share.refused += 1;
    for (const [words, pattern] of losses) {
      const found = pattern.exec(record.text);
      if (found !== null) share.losses.set(words, (share.losses.get(words) ?? 0) + Number(found[1] ?? 1));
    }
  }
}

/** Lines by which a carrier owns up to what it lost. */
const losses: readonly (readonly [words: string, pattern: RegExp])[] = [
  // ** 3 printk messages dropped **                          console_unlock(), kernel/printk/printk.c
  ["records were dropped by the console", /\*\* (\d{1,9}) printk messages dropped \*\*/],
  // systemd-journald[512]: Missed 31 kernel messages         journald-kmsg.c
  ["records were missed by the journal", /Missed (\d{1,9}) kernel messages/],
  // rsyslogd-2177: imuxsock lost 120 messages from pid 4 due to rate-limiting
  ["messages were lost by rsyslog", /imuxsock lost (\d{1,9}) messages/],
  // /dev/kmsg buffer overrun, some messages lost.
  ["times the kernel's buffer overran its reader", /\/dev\/kmsg buffer overrun/],
];

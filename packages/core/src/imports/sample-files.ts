import { UsageError } from "../errors.ts";
import type { KernelRecord } from "../model/kernel-record.ts";
import type { Capture, CapturedLine } from "../parse/capture/capture.ts";
import { detectCapture } from "../parse/capture/detect-capture.ts";
import { hostOfFileName } from "./host-of-file-name.ts";
import type { ImportStep, ImportWishes } from "./import-step.ts";
import type { SavedFile } from "./list-saved-files.ts";
import type { SavedBytes } from "./open-saved-file.ts";
import { openSavedFile } from "./open-saved-file.ts";
import type { Recognised } from "./recognise.ts";
import { firstRecordOf, recognise } from "./recognise.ts";

/** A file of which the beginning was looked at. */
export interface SampledFile {
  readonly file: SavedFile;
  /** Its content, where it can be read only once (stdin); null: open it. */
  readonly content: SavedBytes | null;
  /** The form in which it holds lines of several hosts, or null. */
  readonly capture: Capture | null;
  readonly recognised: Recognised;
  /** Lines of its beginning. */
  readonly lines: readonly string[];
  /** Host of lines that name none themselves; null where all do. */
  readonly host: string | null;
  readonly firstRecord: KernelRecord | null;
  /** What its first record is placed by: the calendar time, else the stamp, as a number that only sorts. */
  readonly first: number;
}

/** So much of a file tells what it is. */
const sampleBytes = 64 * 1024;
const sampleLines = 500;

/** A binary journal begins so (systemd, journal-def.h). */
const journalMagic = "LPKSHHRH";

/**
 * Looks at the beginning of every file: what it is, whose it is, and what comes before what. Throws UsageError where
 * no host is to be found.
 */
export async function sampleFiles(
  files: readonly SavedFile[],
  wishes: ImportWishes,
): Promise<{
  readonly sampled: readonly SampledFile[];
  readonly skipped: readonly Extract<ImportStep, { kind: "skipped" }>[];
}> {
  const sampled: SampledFile[] = [];
  const skipped: Extract<ImportStep, { kind: "skipped" }>[] = [];
  for (const file of files) {
    const { text, content } = await beginningOf(file, wishes);
    const reason = refusalOf(text);
    if (reason === null) sampled.push(sampleOf(file, text, content, wishes));
    else skipped.push({ kind: "skipped", name: file.name, reason });
  }
  return { sampled: sampled.toSorted((one, other) => one.first - other.first), skipped };
}

async function beginningOf(
  file: SavedFile,
  wishes: ImportWishes,
): Promise<{ readonly text: string; readonly content: SavedBytes | null }> {
  const opened = openSavedFile(file.path === "-" ? wishes.stdin() : file.path);
  const iterator = opened.chunks[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  let size = 0;
  let isEnded = false;
  while (!isEnded && size < sampleBytes) {
    const { done, value } = await iterator.next();
    if (done === true) isEnded = true;
    else {
      head.push(value);
      size += value.length;
    }
  }
  const bytes = Buffer.concat(head);
  const whole = new TextDecoder().decode(bytes.subarray(0, sampleBytes));
  // The last line may be cut in the middle: it tells nothing.
  const text = isEnded ? whole : whole.slice(0, whole.lastIndexOf("\n") + 1);
  if (file.path !== "-") {
    await iterator.return?.();
    return { text, content: null };
  }
  async function* chunks(): AsyncGenerator<Uint8Array, void, undefined> {
    yield bytes;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  }
  return { text, content: { chunks: chunks(), cut: opened.cut } };
}

function refusalOf(text: string): string | null {
  if (text.startsWith(journalMagic))
    return "is a binary journal: export it with journalctl --file FILE -o export";
  if (text.trim() === "") return "is empty";
  return null;
}

function sampleOf(
  file: SavedFile,
  text: string,
  content: SavedBytes | null,
  wishes: ImportWishes,
): SampledFile {
  const lines = text.split(/\r?\n/).slice(0, sampleLines);
  const capture = wishes.format === null ? detectCapture(lines) : null;
  const recognised = recognise(lines, wishes.format, wishes.alertPattern);
  const record =
    capture === null && recognised.kind === "log" ? firstRecordOf(lines, recognised.format) : null;
  const named = wishes.host ?? hostOfFileName(file.below);
  const insides = capture === null ? null : insideOf(capture, lines);
  const needsHost =
    insides === null
      ? recognised.kind !== "alerts" && (record?.host ?? null) === null
      : insides.some(
          ({ host, file: part, line }) =>
            host === null &&
            (part === null || hostOfFileName(part) === null) &&
            hostIn(line, wishes) === null,
        );
  if (needsHost && named === null) {
    throw new UsageError("no-host", `${file.name}: neither its lines nor its name tell a host`, {
      hint: "name the host with --host NAME",
    });
  }
  return {
    file,
    content,
    capture,
    recognised,
    lines,
    host: record?.host ?? named,
    firstRecord: record,
    first: record?.written?.localMs ?? record?.stampUs ?? -Infinity,
  };
}

function insideOf(capture: Capture, lines: readonly string[]): readonly CapturedLine[] {
  const split = capture.split();
  return lines.map(split).filter((line) => line !== null);
}

/** The host that a line inside a capture names itself, as those of a syslog do. */
function hostIn(line: string, { format }: ImportWishes): string | null {
  const recognised = recognise([line], format);
  return recognised.kind === "log" ? (firstRecordOf([line], recognised.format)?.host ?? null) : null;
}

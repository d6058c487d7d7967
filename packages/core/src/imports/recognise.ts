import type { KernelRecord, LogFormatName } from "../model/kernel-record.ts";
import { logFormatNames } from "../model/kernel-record.ts";
import { detectFormat, formatNamed, isKernelLog } from "../parse/kernel-log/detect-format.ts";
import { parseAlert } from "../parse/alert.ts";
import type { SavedKind } from "../parse/saved-kind.ts";
import { savedKindOf, savedKinds } from "../parse/saved-kind.ts";

/** What lines of a file were recognised as: a kernel log in some format, or a saved output. */
export type Recognised =
  | {
      readonly kind: "log";
      readonly format: LogFormatName;
      /** Nothing told: plain lines, which may still hold a kernel's words. */
      readonly isGuess: boolean;
    }
  | { readonly kind: SavedKind };

/** Words of `--format`: every form that is read. */
export type SavedFormatName = LogFormatName | SavedKind;
export const savedFormatNames: readonly SavedFormatName[] = [...logFormatNames, ...savedKinds];

/** Recognises what a file holds by the lines of its beginning; `forced` is `--format`. */
export function recognise(
  lines: readonly string[],
  forced: SavedFormatName | null,
  alertPattern: RegExp | null = null,
): Recognised {
  const kind = savedKinds.find((one) => one === forced);
  if (kind !== undefined) return { kind };
  const format = logFormatNames.find((one) => one === forced);
  if (format !== undefined) return { kind: "log", format, isGuess: false };
  if (alertPattern !== null && lines.some((line) => parseAlert(line, alertPattern) !== null)) {
    return { kind: "alerts" };
  }
  const saved = savedKindOf(lines);
  if (saved !== null) return { kind: saved };
  return { kind: "log", format: detectFormat(lines).name, isGuess: !isKernelLog(lines) };
}

/** The first record that lines of a log hold: for the order of files, and for the host they name. */
export function firstRecordOf(lines: readonly string[], format: LogFormatName): KernelRecord | null {
  return formatNamed(format).read(lines, 0).records[0] ?? null;
}

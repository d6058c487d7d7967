import { dmesgFormat } from "./dmesg.ts";
import { journalShortMonotonicFormat } from "./journal-short-monotonic.ts";
import { kmsgFormat } from "./kmsg.ts";
import type { LogFormat } from "./log-format.ts";

/** Every format that is read, the more telling before the less: a further one is one row here and one file. */
const formats: readonly LogFormat[] = [kmsgFormat, journalShortMonotonicFormat, dmesgFormat];

/** So many lines decide. */
const sampleLines = 200;
/** A format is recognised when this share of the sample could only be of it: continuation lines never are. */
const tellingShare = 0.2;

/** The format of a log by its content; dmesg without stamps when nothing tells. */
export function detectFormat(lines: readonly string[]): LogFormat {
  const sample = lines.filter((line) => line !== "").slice(0, sampleLines);
  const telling = formats.find(
    ({ isTelling }) => sample.filter(isTelling).length >= sample.length * tellingShare,
  );
  return telling ?? dmesgFormat;
}

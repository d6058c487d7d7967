import { formatTold } from "../kernel-log/detect-format.ts";
import type { Capture } from "./capture.ts";

/** Blanks of a code block, `> ` of a quotation. */
const margin = /^(?:[ \t]{0,64}> ?)?[ \t]{0,64}/;

/** A log indented as a whole, as mails and issues quote one. Kept apart from formats: in a log, blanks continue a record. */
export function detectIndented(sample: readonly string[]): Capture | null {
  const lines = sample.filter((line) => line.trim() !== "");
  const least = lines
    .map((line) => margin.exec(line)?.[0] ?? "")
    .toSorted((one, other) => one.length - other.length)[0];
  if (least === undefined || least === "" || !lines.every((line) => line.startsWith(least))) return null;
  const strip = (line: string): string =>
    line.startsWith(least) ? line.slice(least.length) : line.trimStart();
  return formatTold(lines.map(strip)) !== null
    ? { form: "indented", split: () => (line) => ({ host: null, file: null, line: strip(line) }) }
    : null;
}

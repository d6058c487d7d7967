import { consoleFormat } from "../kernel-log/console-format.ts";
import { formatTold } from "../kernel-log/detect-format.ts";
import { detectAnsibleOneLine } from "./ansible-one-line.ts";
import { detectBlocks } from "./blocks.ts";
import type { Capture } from "./capture.ts";
import { detectGrep } from "./grep-prefix.ts";
import { detectHeadedBlocks } from "./headed-blocks.ts";
import { detectHostPrefix } from "./host-prefix.ts";
import { detectIndented } from "./indented.ts";

/** The form in which lines of a file's beginning hold those of other hosts or files; null: the file is one log itself. */
export function detectCapture(sample: readonly string[]): Capture | null {
  const block = detectBlocks(sample) ?? detectHeadedBlocks(sample) ?? detectAnsibleOneLine(sample);
  if (block !== null) return block;
  // A log that is told by its own lines is none; a console's prompt may be a host's name.
  const format = formatTold(sample);
  if (format !== null && format !== consoleFormat) return null;
  return detectHostPrefix(sample, detectGrep) ?? detectGrep(sample) ?? detectIndented(sample);
}

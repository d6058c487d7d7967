import type { KernelRecord } from "../../../../packages/core/src/model/kernel-record.ts";
import { detectFormat } from "../../../../packages/core/src/parse/kernel-log/detect-format.ts";
import { readKernelLog } from "../../../../packages/core/src/parse/kernel-log/read-kernel-log.ts";

/** Every record of a log. */
export function recordsOf(text: string): readonly KernelRecord[] {
  const lines = text.split(/\r?\n/);
  return detectFormat(lines).read(lines, 0).records;
}

/** The records around the signs of a death only, as they reach the parser in a collection or an import. */
export function passagesOf(text: string): readonly KernelRecord[] {
  return readKernelLog(Buffer.from(text)).records;
}

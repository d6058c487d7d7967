import type { Process } from "../model/process-snapshot.ts";
import { psColumnsOf } from "./ps/ps-columns.ts";
import { readTable } from "./ps/read-table.ts";

/**
 * Reads the processes that ps prints, whatever its options: columns by the header line, those it does not know read
 * past; text before the header (warnings of old procps) is passed over. Of several tables in one text the last that has
 * rows counts. A COMMAND alone is the arguments, unless its rows show that they are names.
 */
export function parsePs(text: string): readonly Process[] {
  const lines = text.split(/\r?\n/);
  const headers = lines.flatMap((line, at) => {
    const columns = psColumnsOf(line);
    return columns === null ? [] : [{ columns, at }];
  });
  for (const [index, { columns, at }] of [...headers.entries()].toReversed()) {
    const processes = readTable(lines.slice(at + 1, headers[index + 1]?.at), columns, false);
    if (processes.length > 0) return processes;
  }
  return [];
}

import type { KernelRecord } from "../../model/kernel-record.ts";
import type { OomLine } from "./classify-line.ts";
import type { DraftReport } from "./draft-report.ts";
import { isOpen, isStale } from "./draft-report.ts";

/** Watches for two dumps that two CPUs print at once, in a log that does not name its callers. */
export interface MixedDumps {
  /** The other report of the two where a line is known to be its own, or null. */
  readonly ownerOf: (draft: DraftReport | null, line: OomLine, record: KernelRecord) => DraftReport | null;
}

/**
 * A header inside an open dump may also mean that the rest of that dump is lost. Two dumps are known to be mixed when
 * the first one's CPU line or a second table header comes later; then the report that began first ends first, and
 * neither's figures are its own for certain.
 */
export function mixedDumps(): MixedDumps {
  let rival: DraftReport | null = null;
  return {
    ownerOf(draft, line, record) {
      if (line.kind === "header") {
        rival = draft !== null && isOpen(draft) && draft.header !== null ? draft : null;
        return null;
      }
      if (draft === null || rival === null || !isOpen(rival) || isStale(rival, record)) return null;
      const isRivalsCpu =
        line.kind === "cpu" && rival.trigger?.name === line.name && draft.trigger?.name !== line.name;
      const isSecondTable = line.kind === "table-header" && draft.columns !== null && rival.columns === null;
      if (isRivalsCpu || isSecondTable) {
        draft.isSpliced = true;
        rival.isSpliced = true;
      }
      const isEnd = line.kind === "selection" || line.kind === "constraint" || line.kind === "kill";
      return rival.isSpliced && (isRivalsCpu || isEnd) ? rival : null;
    },
  };
}

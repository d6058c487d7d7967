import type { OomScope } from "../../../model/oom-report.ts";
import type { KiB } from "../../../model/units.ts";
import type { DraftReport } from "../draft-report.ts";

/** What a report tells of the reason, with what was inferred from the whole of it. */
export type Circumstances = Pick<
  DraftReport,
  "trigger" | "order" | "isManual" | "memcgPath" | "memcgUsages" | "memInfo" | "constraint"
> & {
  readonly scope: OomScope | null;
  /** The prefix of the kill or selection line, the kernel's own words for the scope; null when there is none. */
  readonly said: string | null;
  readonly pageSizeKiB: KiB | null;
};

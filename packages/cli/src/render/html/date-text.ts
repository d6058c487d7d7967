import { formatInstant } from "../wall-time.ts";
import type { Moment, Report } from "./report.ts";

/** The date of an incident where the page's reader expects it: in --tz, else on its host. */
export function dateText({ atMs, zone }: Moment, report: Pick<Report, "zone" | "fallbackZone">): string {
  return formatInstant(atMs, report.zone ?? zone ?? report.fallbackZone).slice(0, 10);
}

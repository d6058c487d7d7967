import { hostZoneOf, utcOffsetOf } from "../clock/local-time.ts";
import { wallTimeOfDay, wallTimeOfWritten } from "../clock/written-time.ts";
import type { Alert } from "../model/alert.ts";
import { unknownVictim } from "../model/incident.ts";
import type { WrittenTime } from "../model/kernel-record.ts";
import type { ImportedFile, ReportDetail, Sighting } from "../model/visit.ts";
import type { WallTime } from "../model/wall-time.ts";
import { textHash } from "./record-keys.ts";
import { stableId } from "./stable-id.ts";

/** An alert placed on its host and on the calendar, and its line. */
export interface PlacedAlert {
  readonly sighting: Sighting;
  readonly report: ReportDetail;
}

/**
 * Places an alert. One that has a time of day and no date is dated by `--captured-at` alone: the latest such time before
 * it; without, its day is not known.
 */
export function alertSightingOf(
  alert: Alert,
  line: string,
  { host, capturedMs, zone }: ImportedFile,
  withYear: (written: WrittenTime) => WrittenTime,
  latestMs: number,
): PlacedAlert {
  const { written } = alert;
  const time: WallTime =
    "localMs" in written
      ? wallTimeOfWritten(withYear(written), { zone, latestMs })
      : capturedMs === null
        ? { atMs: null, errorS: null, method: "ordered-only" }
        : wallTimeOfDay(written, { zone, latestMs });
  const key = `alert/${textHash(line)}`;
  const hostZone = hostZoneOf({ zone, utcOffsetS: null });
  const reportId = stableId("o", host, key);
  const sighting: Sighting = {
    keys: [key],
    words: null,
    incident: {
      id: stableId("k", host, key),
      kind: "alert",
      host,
      groups: alert.group === null ? [] : [alert.group],
      time,
      zone: hostZone,
      utcOffsetS: time.atMs === null || hostZone === null ? null : utcOffsetOf(time.atMs, hostZone),
      stampUs: null,
      bootId: null,
      kernel: null,
      reportId,
      grade: null,
      confirmed: true,
      gaps: [],
      scope: null,
      victim: unknownVictim,
      selected: null,
      trigger: null,
      memcg: null,
      memory: null,
      pressure: null,
      detail: [alert.severity, alert.check, alert.text].filter((part) => part !== null).join(" "),
      taskCount: null,
      suspects: null,
      sources: ["import"],
    },
  };
  return { sighting, report: { reportId, pageSizeKiB: null, tasks: [], lines: [line] } };
}

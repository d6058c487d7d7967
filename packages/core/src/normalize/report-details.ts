import type { Death } from "../model/death.ts";
import type { KernelRecord } from "../model/kernel-record.ts";
import type { OomReport } from "../model/oom-report.ts";
import type { ReportDetail } from "../model/visit.ts";
import { lineStarts } from "../parse/kernel-log/line-walk.ts";
import { deathReportId } from "./death-sighting.ts";
import type { Scene } from "./scene.ts";
import { reportIdOf } from "./sightings-of.ts";

/** The lines of a log or of a passage of it, and the 0-based number of the first in the whole input. */
export interface RawBytes {
  readonly bytes: Uint8Array;
  readonly line: number;
}

/** Gives the raw lines of records, prefix included. */
export type RawLinesOf = (records: readonly KernelRecord[]) => readonly string[];

/** A record that journalctl writes over many lines, -o verbose or export, takes fewer than this. */
const longestEntry = 64;

const decoder = new TextDecoder();

/** Finds the raw lines of records; no other lines are decoded. `all` are the records of those bytes, in input order. */
export function rawLinesIn({ bytes, line: base }: RawBytes, all: readonly KernelRecord[]): RawLinesOf {
  const starts = lineStarts(bytes);
  const textOf = (from: number, to: number): string =>
    decoder.decode(bytes.subarray(starts[from] ?? bytes.length, starts[to] ?? bytes.length));
  const places = new Map(all.map(({ line }, place) => [line, place]));
  // A record ends where the next one begins, but at the end of a passage; two glued together share their line.
  const endOf = ({ line, text: said }: KernelRecord): number => {
    const next = all[(places.get(line) ?? -1) + 1]?.line ?? base + starts.length;
    return next - line <= longestEntry ? next : line + said.split("\n").length;
  };
  return (records) =>
    [...new Map(records.map((record) => [record.line, record])).values()].flatMap((record) =>
      textOf(record.line - base, endOf(record) - base)
        .replace(/\n$/u, "")
        .split("\n"),
    );
}

/** Task table and raw lines of an OOM report. */
export function reportDetailOf(report: OomReport, scene: Scene, rawLinesOf: RawLinesOf): ReportDetail {
  return {
    reportId: reportIdOf(report, scene),
    pageSizeKiB: report.pageSizeKiB ?? scene.pageSizeKiB,
    tasks: report.tasks,
    lines: rawLinesOf(report.records),
  };
}

/** Raw lines of a death that no OOM report tells of. */
export function deathDetailOf(death: Death, scene: Scene, rawLinesOf: RawLinesOf): ReportDetail {
  return {
    reportId: deathReportId(death, scene),
    pageSizeKiB: scene.pageSizeKiB,
    tasks: [],
    lines: rawLinesOf(death.records),
  };
}

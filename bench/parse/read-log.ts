import { createReadStream } from "node:fs";
import { parseDeaths } from "../../packages/core/src/parse/death/parse-deaths.ts";
import { logReader } from "../../packages/core/src/parse/kernel-log/log-reader.ts";
import type { Passage } from "../../packages/core/src/parse/kernel-log/log-reader.ts";
import type { LogFormatName } from "../../packages/core/src/model/kernel-record.ts";
import { parseOomReports } from "../../packages/core/src/parse/oom/parse-oom-reports.ts";

/** What a log was found to tell. */
export interface Found {
  readonly kills: number;
  readonly segfaults: number;
  readonly lines: number;
}

/** Reads a file as an import does, so many times over as if it were one log, and counts its deaths. */
export async function readLog(path: string, format: LogFormatName, times = 1): Promise<Found> {
  const reader = logReader(format);
  let [kills, segfaults] = [0, 0];
  const take = (passages: readonly Passage[]): void => {
    for (const { records } of passages) {
      for (const report of parseOomReports(records)) kills += report.kills.length;
      segfaults += parseDeaths(records).deaths.filter(({ kind }) => kind === "segfault").length;
    }
  };
  for (let left = times; left > 0; left -= 1) {
    for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 }))
      take(reader.push(chunk as Buffer));
  }
  take(reader.end());
  return { kills, segfaults, lines: reader.lineCount };
}

import { parseArgs } from "node:util";
import { findRecurrences } from "../../packages/core/src/analysis/recurrence/find-recurrences.ts";
import { readFleet } from "./read-fleet.ts";

/**
 * Answers a fleet of the recurrence evaluation: `bench:recurrence DIR` (or `--dir DIR`) reads its hosts.json and
 * events.ndjson (or events.csv) and prints the patterns of level `recurring` as its scorer reads them.
 */
const { values, positionals } = parseArgs({
  options: { dir: { type: "string" } },
  allowPositionals: true,
});
const folder = values.dir ?? positionals[0];
if (folder === undefined) {
  process.stderr.write("bench:recurrence: no folder\nhint: name the folder of a generated fleet\n");
  process.exitCode = 2;
} else {
  const patterns = findRecurrences(await readFleet(folder))
    .filter(({ level }) => level === "recurring")
    .map(({ hosts, group, kind, periodMin, centerMin, p, jobs, driftMinPerDay }) => ({
      ...(group === null ? { host: hosts[0] } : { hosts }),
      kind,
      period_min: periodMin,
      center_min: centerMin ?? 0,
      p,
      jobs: jobs.map(({ source }) => source),
      drift_min_per_day: driftMinPerDay,
    }));
  process.stdout.write(`${JSON.stringify({ patterns })}\n`);
}

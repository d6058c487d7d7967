import { foldHosts } from "@inquest/core";
import type { FileTally, Imported } from "./imported.ts";
import { formatCount } from "./quantity.ts";
import { sanitize } from "./sanitize.ts";

/** Files in which nothing was recognised, a line each. */
export function formatSkipped({ skipped }: Imported): readonly string[] {
  return skipped.map(({ name, reason }) => sanitize(`${name}: ${reason}`));
}

/** What an import came to, as lines: one a file, what it lacks below it, then the totals. */
export function formatImportSummary({ tallies, run }: Imported): readonly string[] {
  const byFile = Map.groupBy(tallies, ({ file }) => `${file.file}\0${file.format}`);
  return [
    ...[...byFile.values()].flatMap(fileLines),
    `run ${run}: ${formatCount(byFile.size, "file")}, ${formatCount(sum(tallies, "newIncidents"), "new incident")}, ${sum(tallies, "knownIncidents")} known before`,
  ];
}

function sum(of: readonly FileTally[], key: "newIncidents" | "knownIncidents"): number {
  return of.reduce((total, tally) => total + tally[key], 0);
}

function fileLines(shares: readonly FileTally[]): readonly string[] {
  const [first] = shares;
  if (first === undefined) return [];
  const hosts = foldHosts(shares.map(({ file }) => file.host));
  const lines = shares.every((share) => share.lines !== null)
    ? `, ${formatCount(
        shares.reduce((total, share) => total + (share.lines ?? 0), 0),
        "line",
      )}`
    : "";
  const counts = `${sum(shares, "newIncidents")} new, ${sum(shares, "knownIncidents")} known`;
  const gaps = Map.groupBy(
    shares.flatMap(({ file, gaps: missing }) => missing.map((gap) => ({ gap, host: file.host }))),
    ({ gap }) => gap,
  );
  return [
    sanitize(`${first.file.file}: ${first.file.format} of ${hosts}${lines}: ${counts}`),
    ...[...gaps].map(([gap, of]) =>
      sanitize(`  ${shares.length === 1 ? "" : `${foldHosts(of.map(({ host }) => host))}: `}${gap}`),
    ),
  ];
}

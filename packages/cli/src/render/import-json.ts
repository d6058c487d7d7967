import type { Imported } from "./imported.ts";

/** An import as `import -o json` prints it: one row a file and host. */
export function toImportJson({ tallies, skipped }: Imported): object {
  const total = (key: "newIncidents" | "knownIncidents"): number =>
    tallies.reduce((sum, tally) => sum + tally[key], 0);
  return {
    files: [
      ...tallies.map(({ file, lines, newIncidents, knownIncidents, gaps }) => ({
        file: file.file,
        format: file.format,
        host: file.host,
        lines,
        new_incidents: newIncidents,
        known_incidents: knownIncidents,
        gaps,
      })),
      ...skipped.map(({ name, reason }) => ({
        file: name,
        format: null,
        host: null,
        lines: null,
        new_incidents: 0,
        known_incidents: 0,
        gaps: [reason],
      })),
    ],
    new_incidents: total("newIncidents"),
    known_incidents: total("knownIncidents"),
  };
}

import { wallTimeOfDay, yearKeeper } from "../clock/written-time.ts";
import type { ProcessSnapshot } from "../model/process-snapshot.ts";
import type { EpochMs, Seconds } from "../model/units.ts";
import type { ImportBatch, ImportedFile } from "../model/visit.ts";
import { alertSightingOf } from "../normalize/alert-sighting.ts";
import { builtInAlert, parseAlert } from "../parse/alert.ts";
import { parsePs } from "../parse/ps.ts";
import { parseTop } from "../parse/top.ts";
import { parseUptime } from "../parse/uptime.ts";

/** What a saved output brings, but for its place in the file. */
export type OutputContent = Omit<ImportBatch, "part" | "line">;

/** Reads saved outputs of one host: ps, top, uptime, or alert lines. `latestMs`: nothing in them is later. */
export function outputReader(
  file: ImportedFile,
  latestMs: EpochMs,
  alertPattern: RegExp = builtInAlert,
): (bytes: Uint8Array) => OutputContent {
  const years = yearKeeper(Math.min(file.capturedMs ?? file.modifiedMs ?? latestMs, latestMs));
  const read = (text: string): Pick<OutputContent, "snapshot" | "figures" | "sightings" | "reports"> => {
    const nothing = { snapshot: null, figures: null, sightings: [], reports: [] };
    switch (file.format) {
      case "ps":
        return { ...nothing, snapshot: { takenAtMs: file.capturedMs, processes: parsePs(text) } };
      case "top":
        return { ...nothing, ...topOf(text, file) };
      case "uptime": {
        const { users: _users, ...figures } = parseUptime(text);
        return { ...nothing, figures, snapshot: { takenAtMs: file.capturedMs, processes: [] } };
      }
      default: {
        const placed = text.split(/\r?\n/).flatMap((line) => {
          const alert = parseAlert(line, alertPattern);
          return alert === null ? [] : [alertSightingOf(alert, line, file, years, latestMs)];
        });
        return {
          ...nothing,
          sightings: placed.map(({ sighting }) => sighting),
          reports: placed.map(({ report }) => report),
        };
      }
    }
  };
  return (bytes) => ({ file, boot: null, bytes, ...read(new TextDecoder().decode(bytes)) });
}

/** `top -b` prints screen after screen: the last one that is whole counts, its shares of the CPU are the truest. */
function topOf(
  text: string,
  file: ImportedFile,
): { snapshot: ProcessSnapshot | null; figures: ImportBatch["figures"] } {
  const screen = parseTop(text).findLast(({ processes }) => processes.length > 0);
  if (screen === undefined) return { snapshot: null, figures: null };
  const { users: _users, ...figures } = screen.uptime;
  return {
    snapshot: { takenAtMs: takenAt(screen.timeOfDayS, file), processes: screen.processes },
    figures,
  };
}

/** A screen tells the time of day; the date has to come from `--captured-at`. */
function takenAt(timeOfDayS: Seconds | null, { capturedMs, zone }: ImportedFile): EpochMs | null {
  if (capturedMs === null || timeOfDayS === null) return capturedMs;
  return wallTimeOfDay({ timeOfDayS, resolutionS: 1 }, { zone, latestMs: capturedMs }).atMs ?? capturedMs;
}

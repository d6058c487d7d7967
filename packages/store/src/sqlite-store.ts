import { loadBootClock } from "./anchors.ts";
import { findBootOf, loadBootDeaths, saveTimes } from "./boot-deaths.ts";
import { latestRevision, loadAnnotationHistory, saveAnnotations } from "./annotation-history.ts";
import { backupStore } from "./backup-store.ts";
import { loadBoots } from "./boots.ts";
import { checkStore } from "./check-store.ts";
import { loadEvidence } from "./evidence.ts";
import { findIncidentBy } from "./find-incident.ts";
import { findNames } from "./find-names.ts";
import { loadHosts } from "./hosts.ts";
import { loadImportedFiles } from "./imports.ts";
import { readIncidentTimes } from "./incident-times.ts";
import { readIncidents } from "./incidents.ts";
import { pruneStore } from "./prune-store.ts";
import { loadReport } from "./reports.ts";
import { replaceDerived } from "./replace-derived.ts";
import { endRun, insertRun, loadRun, loadRuns } from "./runs.ts";
import { saveWholeImport } from "./save-import.ts";
import { saveWholeVisit } from "./save-visit.ts";
import { loadSchedules } from "./schedules.ts";
import { loadSecret } from "./secrets.ts";
import { findLatestProcesses, findNearestSnapshot, findSnapshotsAround } from "./snapshots.ts";
import type { Sql } from "./sql.ts";
import { onStore, readOnStore } from "./store-errors.ts";
import type { Store } from "./store.ts";
import { readStoredEvidence } from "./stored-evidence.ts";
import { loadUsage } from "./usage.ts";
import { findFiguresAround, loadVisits } from "./visits.ts";

/** The store on an open database. SQLite answers at once; the promises are for engines that do not. */
export function sqliteStore(sql: Sql, place: string): Store {
  return {
    place,
    startRun: async (run) => onStore(place, () => insertRun(sql, run)),
    finishRun: async (run, finishedMs) => onStore(place, () => endRun(sql, run, finishedMs)),
    knownBoots: async (host) => onStore(place, () => loadBoots(sql, host)),
    saveVisit: async (run, record) => onStore(place, () => saveWholeVisit(sql, run, record)),
    saveImport: async (run, batch) => onStore(place, () => saveWholeImport(sql, run, batch)),
    incidents: (filter) => readOnStore(place, () => readIncidents(sql, filter)),
    incidentTimes: (filter) => readOnStore(place, () => readIncidentTimes(sql, filter)),
    findIncident: async (id) => onStore(place, () => findIncidentBy(sql, place, id)),
    findReport: async (host, reportId) => onStore(place, () => loadReport(sql, host, reportId)),
    hosts: async () => onStore(place, () => loadHosts(sql)),
    runs: async (limit) => onStore(place, () => loadRuns(sql, limit)),
    findRun: async (run) => onStore(place, () => loadRun(sql, run)),
    visits: async (run) => onStore(place, () => loadVisits(sql, run)),
    importedFiles: async (run) => onStore(place, () => loadImportedFiles(sql, run)),
    figuresAround: async (host, atMs) => onStore(place, () => findFiguresAround(sql, host, atMs)),
    nearestSnapshot: async (host, atMs) => onStore(place, () => findNearestSnapshot(sql, host, atMs)),
    snapshotsAround: async (host, atMs) => onStore(place, () => findSnapshotsAround(sql, host, atMs)),
    latestProcesses: async (host) => onStore(place, () => findLatestProcesses(sql, host)),
    schedules: async (host) => onStore(place, () => loadSchedules(sql, host)),
    evidence: async (host, run) => onStore(place, () => loadEvidence(sql, host, run)),
    bootClock: async (host, boot) => onStore(place, () => loadBootClock(sql, host, boot)),
    bootDeaths: async (host, boot) => onStore(place, () => loadBootDeaths(sql, host, boot)),
    bootOf: async (host, id) => onStore(place, () => findBootOf(sql, host, id)),
    saveTimes: async (host, times) => onStore(place, () => saveTimes(sql, host, times)),
    storedEvidence: (host) => readOnStore(place, () => readStoredEvidence(sql, host)),
    replaceDerived: async (host, records) => onStore(place, () => replaceDerived(sql, host, records)),
    annotationHistory: async (host, id) => onStore(place, () => loadAnnotationHistory(sql, host, id)),
    annotationRev: async (host, id) => onStore(place, () => latestRevision(sql, host, id)),
    annotate: async (changes, by) => onStore(place, () => saveAnnotations(sql, changes, by)),
    anonymizationKey: async () => onStore(place, () => loadSecret(sql, "anonymize")),
    usage: async () => onStore(place, () => loadUsage(sql)),
    check: async () => onStore(place, () => checkStore(sql)),
    backup: async (path) => backupStore(sql, path),
    prune: async (wish) => onStore(place, () => pruneStore(sql, wish)),
    shrink: async () => void onStore(place, () => sql.statement("VACUUM").run()),
    names: async (kind, prefix) => onStore(place, () => findNames(sql, kind, prefix)),
    close: async () => onStore(place, () => sql.close()),
  };
}

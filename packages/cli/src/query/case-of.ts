import {
  countForeignTasks,
  countSamePids,
  growthsSincePs,
  kinshipOf,
  largestFamily,
  largestGrowth,
  largestHerd,
  psHolderOf,
  ranOutTogether,
  stormKinds,
  toStorms,
  victimFate,
} from "@inquest/core";
import type {
  EpochMs,
  Family,
  Incident,
  IncidentKind,
  ProcessSnapshot,
  PsHolder,
  Storm,
} from "@inquest/core";
import type { Store } from "@inquest/store";
import type { IncidentQuery } from "../options/query.ts";
import { wholeHistoryOf } from "./whole-history.ts";
import type { Case, CaseReport, CaseSnapshot } from "../render/case.ts";
import { selectIncidents } from "./select-incidents.ts";
import { everyRecurrence } from "./select-recurrences.ts";

/** Alerts and reboots this near to a storm belong to it; also where the monitor was slow. */
const nearMs = 3_600_000;

const nothingAround = { before: null, after: null };

/** What is asked: of which host, and the time zone of a host that told none. */
export interface CaseWish {
  readonly host: string;
  /** Names the hosts under which monitors may know this one: `web01.example.com`. */
  readonly aliases: readonly string[];
  readonly fallbackZone: string;
}

/**
 * All that is known of the latest storm of one host in which a death that the query finds lies, and how often there
 * were others. Null: the query finds none.
 */
export async function caseOf(store: Store, query: IncidentQuery, wish: CaseWish): Promise<Case | null> {
  const found = await all(selectIncidents(store, query, wish.fallbackZone));
  const killed = found.filter(({ kind }) => stormKinds.includes(kind));
  // Where no death is known, what vanished between two ps is what was meant.
  const kinds: readonly IncidentKind[] = killed.length === 0 ? ["vanished"] : stormKinds;
  const deaths = found.filter(({ kind }) => kinds.includes(kind));
  if (deaths.length === 0) return null;
  const wanted = new Set(deaths.map(({ id }) => id));
  // A storm is whole, whatever of it was asked about.
  const whole = wholeHistoryOf([wish.host]);
  const around = await all(selectIncidents(store, whole, wish.fallbackZone));
  const storms = toStorms(around.filter(({ kind }) => kinds.includes(kind))).filter((storm) =>
    storm.deaths.some(({ id }) => wanted.has(id)),
  );
  const dated = storms.filter((storm) => storm.deaths[0].time.atMs !== null);
  const storm = dated.at(-1) ?? storms.at(-1);
  const subject = storm?.deaths.findLast(({ id }) => wanted.has(id));
  if (storm === undefined || subject === undefined) return null;
  const [first] = storm.deaths;
  const alike = storm.deaths.filter((death) => ranOutTogether(death, subject));
  const report = await fullestReport(store, alike);
  const { atMs } = subject.time;
  const ps = atMs === null ? null : await store.snapshotsAround(subject.host, atMs);
  return {
    host: wish.host,
    deaths,
    storm,
    subject,
    alike,
    others: storms.filter((other) => other !== storm),
    fate: ps === null ? null : victimFate(subject, ps),
    sincePs: growthsSincePs(subject, ps?.before ?? null)[0] ?? null,
    growth: largestGrowth(alike),
    byPs: await psHolderFor(store, storm, ps?.before ?? null),
    report,
    family: report && familyIn(report, ps?.before ?? null),
    snapshot: await snapshotFor(store, storm, report),
    figures: first.time.atMs === null ? nothingAround : await store.figuresAround(wish.host, first.time.atMs),
    alerts: await alertsOf(store, storm, wish),
    reboot: around.find((one) => one.kind === "reboot" && isNear(one, first.time.atMs)) ?? null,
    recurrences: (await everyRecurrence(store, wish.fallbackZone)).filter(({ hosts }) =>
      hosts.includes(wish.host),
    ),
  };
}

async function all(found: AsyncIterable<{ readonly incident: Incident }>): Promise<readonly Incident[]> {
  const incidents: Incident[] = [];
  for await (const { incident } of found) incidents.push(incident);
  return incidents;
}

/** The report of these deaths with most tasks; null where none has a table. */
async function fullestReport(store: Store, deaths: readonly Incident[]): Promise<CaseReport | null> {
  const [most] = deaths
    .filter(({ reportId, taskCount }) => reportId !== null && (taskCount ?? 0) > 0)
    .toSorted((a, b) => (b.taskCount ?? 0) - (a.taskCount ?? 0));
  if (most === undefined || most.reportId === null) return null;
  const report = await store.findReport(most.host, most.reportId);
  if (report === null || report.tasks.length === 0) return null;
  return {
    incident: most,
    pageSizeKiB: report.pageSizeKiB,
    herd: largestHerd(report.tasks),
    tasks: report.tasks,
  };
}

/**
 * Who held most before the first death, by ps; null where a report tells better, or the limit of a cgroup was reached,
 * of which ps shows no members.
 */
async function psHolderFor(
  store: Store,
  { deaths }: Storm,
  before: ProcessSnapshot | null,
): Promise<PsHolder | null> {
  const [first] = deaths;
  const takenAtMs = before?.takenAtMs ?? null;
  const isTold = deaths.some(
    ({ suspects, scope, kind }) => suspects !== null || scope === "memcg" || kind === "vanished",
  );
  if (isTold || before === null || takenAtMs === null) return null;
  const { before: earlier } = await store.snapshotsAround(first.host, takenAtMs - 1);
  return psHolderOf(first, before, earlier);
}

function familyIn(
  { incident, tasks, pageSizeKiB }: CaseReport,
  before: ProcessSnapshot | null,
): Family | null {
  const kinship = kinshipOf(incident, tasks, before);
  return kinship && largestFamily(kinship, pageSizeKiB);
}

/** The processes of the host nearest to the storm, and what they say of its task table. */
async function snapshotFor(
  store: Store,
  { deaths: [first] }: Storm,
  report: CaseReport | null,
): Promise<CaseSnapshot | null> {
  const snapshot = await store.nearestSnapshot(first.host, first.time.atMs ?? first.firstSeenMs);
  if (snapshot === null || snapshot.processes.length === 0) return null;
  const { takenAtMs, processes } = snapshot;
  const herd = report?.herd ?? null;
  const count = (name: string): number => processes.filter((one) => one.name === name).length;
  return {
    takenAtMs,
    processes,
    foreign: report === null ? null : countForeignTasks(report.tasks, [processes]),
    samePids: countSamePids(report?.tasks ?? [], snapshot),
    herdCount: herd === null ? null : count(herd.name),
  };
}

async function alertsOf(store: Store, storm: Storm, wish: CaseWish): Promise<readonly Incident[]> {
  const asked = wholeHistoryOf([wish.host, ...wish.aliases]);
  const found = selectIncidents(
    store,
    { ...asked, filter: { ...asked.filter, kinds: ["alert"] } },
    wish.fallbackZone,
  );
  const alerts = await all(found);
  const { atMs } = storm.deaths[0].time;
  // Deaths without a time may be what any alert tells of.
  return atMs === null ? alerts : alerts.filter((alert) => isNear(alert, atMs));
}

function isNear({ time, kind }: Incident, atMs: EpochMs | null): boolean {
  if (time.atMs === null || atMs === null) return false;
  const slackMs = nearMs + (kind === "reboot" ? (time.errorS ?? 0) * 1000 : 0);
  return Math.abs(time.atMs - atMs) <= slackMs;
}

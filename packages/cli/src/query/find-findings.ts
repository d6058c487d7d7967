import {
  countForeignTasks,
  growthsSincePs,
  kinshipOf,
  largestFamily,
  parentsOf,
  seenVictim,
  suspectGrowths,
  toStorms,
  userOfUid,
  victimFate,
} from "@inquest/core";
import type { Incident, Recurrence, SnapshotsAround } from "@inquest/core";
import { anyIncident } from "@inquest/store";
import type { Store } from "@inquest/store";
import { noFindings } from "../render/findings.ts";
import type { Company, Findings } from "../render/findings.ts";
import { episodeFinder } from "./episode-finder.ts";
import { snapshotFinder } from "./snapshot-finder.ts";

type Growths = ReadonlyMap<string, Findings["growths"]>;
type Owner = Pick<Findings, "user" | "args" | "seenAtMs">;

/** Nobody died. */
const noDeaths: ReadonlySet<string> = new Set(["alert", "reboot", "hung-task", "lockup", "hw-memory"]);

type RecurringFinder = (incident: Incident) => Promise<readonly string[]>;

/** Finds what the rest of the store tells of incidents. */
export interface FindingsFinder {
  /** Without what has become of the victim. */
  readonly all: (incident: Incident) => Promise<Findings>;
  readonly whole: (incident: Incident) => Promise<Findings>;
  /** Only whose process it was. */
  readonly owner: (incident: Incident) => Promise<Owner>;
  /** Only where it belongs. */
  readonly company: (incident: Incident) => Promise<Company>;
}

/** A finder for the length of one command: it keeps figures of each host. `recurringOf`: ids of what recurs with one. */
export function findingsFinder(store: Store, recurringOf: RecurringFinder): FindingsFinder {
  const snapshotsAround = snapshotFinder(store);
  const episodeOf = episodeFinder(store);
  const growthsByHost = new Map<string, Promise<Growths>>();
  const growthsOf = async ({ host, id, suspects }: Incident): Promise<Findings["growths"]> => {
    if (suspects === null) return [];
    const known = growthsByHost.get(host) ?? growthsOfHost(store, host);
    growthsByHost.set(host, known);
    return (await known).get(id) ?? [];
  };
  const company = async (incident: Incident): Promise<Company> => ({
    episode: await episodeOf(incident),
    recurring: await recurringOf(incident),
  });
  const all = async (incident: Incident): Promise<Findings> => {
    const around = await snapshotsAround(incident);
    return {
      ...(await company(incident)),
      growths: orElse(await growthsOf(incident), growthsSincePs(incident, around.before)),
      users: incident.suspects?.map(({ uid }) => userOfUid(uid, around)) ?? noFindings.users,
      ...ownerOf(incident, around),
      fate: null,
      ...(await tableFindings(store, incident, around)),
    };
  };
  return {
    all,
    whole: async (incident) => ({
      ...(await all(incident)),
      fate: noDeaths.has(incident.kind) ? null : victimFate(incident, await snapshotsAround(incident)),
    }),
    owner: async (incident) => ownerOf(incident, await snapshotsAround(incident)),
    company,
  };
}

/** What the rest of the store tells of some incidents, by their ids. */
export async function findingsOf(
  store: Store,
  incidents: readonly Incident[],
  recurrences: readonly Recurrence[],
): Promise<ReadonlyMap<string, Findings>> {
  const finder = findingsFinder(
    store,
    recurringAmong(async () => recurrences),
  );
  const found = new Map<string, Findings>();
  for (const incident of incidents) found.set(incident.id, await finder.all(incident));
  return found;
}

/** The victim with what a ps tells of its owner, where its own log does not. */
export function withOwner(incident: Incident, { user, args }: Pick<Owner, "user" | "args">): Incident {
  const { victim } = incident;
  return { ...incident, victim: { ...victim, user: victim.user ?? user, args: victim.args ?? args } };
}

function ownerOf(incident: Incident, around: SnapshotsAround): Owner {
  const seen = seenVictim(incident, around);
  const user = seen?.row.user ?? null;
  return {
    user: user !== null && !/^\d+$/u.test(user) ? user : userOfUid(incident.victim.uid, around),
    args: seen?.row.args ?? null,
    seenAtMs: seen?.takenAtMs ?? null,
  };
}

/** What a ps tells of the tasks of a report. */
async function tableFindings(
  store: Store,
  incident: Incident,
  { before, after }: SnapshotsAround,
): Promise<Pick<Findings, "foreignTasks" | "parents" | "family">> {
  const { foreignTasks, parents, family } = noFindings;
  const { host, reportId, taskCount, suspects } = incident;
  const isJudged = reportId !== null && (taskCount ?? 0) > 0 && (before ?? after) !== null;
  const report = isJudged ? await store.findReport(host, reportId) : null;
  if (report === null || report.tasks.length === 0) return { foreignTasks, parents, family };
  const kinship = kinshipOf(incident, report.tasks, before);
  return {
    foreignTasks: countForeignTasks(report.tasks, [before?.processes ?? [], after?.processes ?? []]),
    parents: kinship === null ? parents : parentsOf(suspects ?? [], kinship),
    family: kinship && largestFamily(kinship, report.pageSizeKiB),
  };
}

/** From all OOM kills of a host: a storm is whole only when nothing narrows the question. */
async function growthsOfHost(store: Store, host: string): Promise<Growths> {
  const kills: Incident[] = [];
  const asked = { ...anyIncident, hosts: [host], kinds: ["oom-kill"] as const };
  for await (const incident of store.incidents(asked)) kills.push(incident);
  return new Map(toStorms(kills).flatMap((storm) => Array.from(suspectGrowths(storm.deaths))));
}

/** Reports of one storm tell more than a ps of hours ago. */
function orElse(growths: Findings["growths"], sincePs: Findings["growths"]): Findings["growths"] {
  return sincePs.map((growth, at) => growths[at] ?? growth);
}

/** Finds what recurs with an incident among recurrences that are asked for once, at the first incident. */
export function recurringAmong(recurrences: () => Promise<readonly Recurrence[]>): RecurringFinder {
  let ids: Promise<ReadonlyMap<string, readonly string[]>> | null = null;
  return async ({ id }) => {
    ids ??= recurrences().then(idsByIncident);
    return (await ids).get(id) ?? [];
  };
}

/** By the id of an incident those of the recurrences that it is in, sorted. */
function idsByIncident(recurrences: readonly Recurrence[]): ReadonlyMap<string, readonly string[]> {
  const ids = new Map<string, string[]>();
  for (const { id, incidents } of recurrences.toSorted((a, b) => (a.id < b.id ? -1 : 1)))
    for (const incident of incidents) {
      const known = ids.get(incident);
      if (known === undefined) ids.set(incident, [id]);
      else known.push(id);
    }
  return ids;
}

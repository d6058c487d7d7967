import {
  countForeignTasks,
  seenVictim,
  suspectGrowths,
  toStorms,
  userOfUid,
  victimFate,
} from "@inquest/core";
import type { Incident, SnapshotsAround } from "@inquest/core";
import type { Store } from "@inquest/store";
import { noFindings } from "../render/findings.ts";
import type { Findings } from "../render/findings.ts";
import { wholeHistoryOf } from "./case-of.ts";
import { snapshotFinder } from "./snapshot-finder.ts";

type Growths = ReadonlyMap<string, Findings["growths"]>;
type Owner = Pick<Findings, "user" | "args" | "seenAtMs">;

/** Nobody died. */
const noDeaths: ReadonlySet<string> = new Set(["alert", "reboot", "hung-task", "lockup", "hw-memory"]);

/** Finds what the rest of the store tells of incidents. */
export interface FindingsFinder {
  /** Without what has become of the victim. */
  readonly all: (incident: Incident) => Promise<Findings>;
  readonly whole: (incident: Incident) => Promise<Findings>;
  /** Only whose process it was. */
  readonly owner: (incident: Incident) => Promise<Owner>;
}

/** A finder for the length of one command: it keeps figures of each host. */
export function findingsFinder(store: Store): FindingsFinder {
  const growthsByHost = new Map<string, Promise<Growths>>();
  const snapshotsAround = snapshotFinder(store);
  const growthsOf = async ({ host, id, suspects }: Incident): Promise<Findings["growths"]> => {
    if (suspects === null) return [];
    const known = growthsByHost.get(host) ?? growthsOfHost(store, host);
    growthsByHost.set(host, known);
    return (await known).get(id) ?? [];
  };
  const all = async (incident: Incident): Promise<Findings> => {
    const around = await snapshotsAround(incident);
    return {
      growths: await growthsOf(incident),
      users: incident.suspects?.map(({ uid }) => userOfUid(uid, around)) ?? noFindings.users,
      ...ownerOf(incident, around),
      fate: null,
      foreignTasks: await foreignTasksOf(store, incident, around),
    };
  };
  return {
    all,
    whole: async (incident) => ({
      ...(await all(incident)),
      fate: noDeaths.has(incident.kind) ? null : victimFate(incident, await snapshotsAround(incident)),
    }),
    owner: async (incident) => ownerOf(incident, await snapshotsAround(incident)),
  };
}

/** What the rest of the store tells of some incidents, by their ids. */
export async function findingsOf(
  store: Store,
  incidents: readonly Incident[],
): Promise<ReadonlyMap<string, Findings>> {
  const finder = findingsFinder(store);
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

async function foreignTasksOf(
  store: Store,
  { host, reportId, taskCount }: Incident,
  { before, after }: SnapshotsAround,
): Promise<number | null> {
  if (reportId === null || (taskCount ?? 0) === 0 || (before === null && after === null)) return null;
  const report = await store.findReport(host, reportId);
  const shown = [before?.processes ?? [], after?.processes ?? []];
  return report === null || report.tasks.length === 0 ? null : countForeignTasks(report.tasks, shown);
}

/** From all OOM kills of a host: a storm is whole only when nothing narrows the question. */
async function growthsOfHost(store: Store, host: string): Promise<Growths> {
  const kills: Incident[] = [];
  const { filter } = wholeHistoryOf([host]);
  for await (const incident of store.incidents({ ...filter, kinds: ["oom-kill"] })) {
    kills.push(incident);
  }
  return new Map(toStorms(kills).flatMap((storm) => Array.from(suspectGrowths(storm))));
}

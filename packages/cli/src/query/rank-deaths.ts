import { heldKiB, hostZoneOf } from "@inquest/core";
import type { Incident } from "@inquest/core";
import type { Moment, Ranked, RankedSuspect, Ranking } from "../render/html/report.ts";

/** Longer rankings tell a reader nothing. */
const mostRanked = 10;

interface Draft {
  deaths: number;
  readonly among: Set<string>;
  last: Moment | null;
}

/** Counts deaths by process and host, and reports by who held most in them, while somebody else reads them. */
export function rankDeaths(): {
  readonly count: (incident: Incident) => void;
  readonly rankings: () => {
    readonly processes: Ranking<Ranked>;
    readonly hosts: Ranking<Ranked>;
    readonly suspects: Ranking<RankedSuspect>;
  };
} {
  const [processes, hosts] = [new Map<string, Draft>(), new Map<string, Draft>()];
  const suspects = new Map<string, { -readonly [K in keyof RankedSuspect]: RankedSuspect[K] }>();
  const judged = new Set<string>();
  return {
    count: (incident) => {
      const { host, victim, suspects: held, reportId } = incident;
      const name = victim.name ?? "?";
      add(processes, name, host, momentOf(incident));
      add(hosts, host, name, momentOf(incident));
      const [first] = held ?? [];
      // The victims of a group kill share one report.
      const report = `${host}\0${reportId ?? ""}`;
      if (first === undefined || (reportId !== null && judged.has(report))) return;
      judged.add(report);
      const key = `${first.uid ?? ""}\0${first.name}`;
      const known = suspects.get(key) ?? {
        name: first.name,
        uid: first.uid,
        reports: 0,
        mostKiB: null,
        mostShare: 0,
      };
      known.reports += 1;
      known.mostKiB = Math.max(known.mostKiB ?? 0, heldKiB(first) ?? 0) || null;
      known.mostShare = Math.max(known.mostShare, first.share);
      suspects.set(key, known);
    },
    rankings: () => ({
      processes: rankingOf(processes),
      hosts: rankingOf(hosts),
      suspects: {
        first: [...suspects.values()]
          .toSorted((a, b) => b.reports - a.reports || (b.mostKiB ?? 0) - (a.mostKiB ?? 0))
          .slice(0, mostRanked),
        all: suspects.size,
      },
    }),
  };
}

function add(drafts: Map<string, Draft>, name: string, among: string, at: Moment | null): void {
  const draft = drafts.get(name) ?? { deaths: 0, among: new Set(), last: null };
  draft.deaths += 1;
  draft.among.add(among);
  if (at !== null && (draft.last === null || at.atMs > draft.last.atMs)) draft.last = at;
  drafts.set(name, draft);
}

function rankingOf(drafts: ReadonlyMap<string, Draft>): Ranking<Ranked> {
  const all = [...drafts].map(([name, { deaths, among, last }]) => ({
    name,
    deaths,
    among: among.size,
    last,
  }));
  return {
    first: all
      .toSorted(
        (a, b) =>
          b.deaths - a.deaths || (b.last?.atMs ?? 0) - (a.last?.atMs ?? 0) || (a.name < b.name ? -1 : 1),
      )
      .slice(0, mostRanked),
    all: all.length,
  };
}

/** When it was on its own host; null: it has no time. */
export function momentOf(incident: Incident): Moment | null {
  const { atMs } = incident.time;
  return atMs === null ? null : { atMs, zone: hostZoneOf(incident) };
}

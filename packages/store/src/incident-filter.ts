import type { EpochMs, IncidentKind, OomScope } from "@inquest/core";

/** Which incidents are asked for; every field narrows, null or empty does not. Names compare exactly. */
export interface IncidentFilter {
  /** Inclusive lower bound on the end of the incident's interval (at + error), so an uncertain time still matches. */
  readonly sinceMs: EpochMs | null;
  /** Inclusive upper bound on the start of the interval (at − error). */
  readonly untilMs: EpochMs | null;
  /** Hosts; an incident also seen on one of them matches. */
  readonly hosts: readonly string[];
  readonly groups: readonly string[];
  /** Victim's process name. */
  readonly process: string | null;
  readonly pid: number | null;
  readonly uid: number | null;
  readonly kinds: readonly IncidentKind[];
  readonly scopes: readonly OomScope[];
  /** Shell glob over the victim's cgroup and the memcg path (SQLite GLOB). */
  readonly cgroupGlob: string | null;
  /** Run that first saw it. */
  readonly run: number | null;
  /** Only those without a time. */
  readonly undated: boolean;
}

/** Asks for all: each question is this one, narrowed. */
export const anyIncident: IncidentFilter = {
  sinceMs: null,
  untilMs: null,
  hosts: [],
  groups: [],
  process: null,
  pid: null,
  uid: null,
  kinds: [],
  scopes: [],
  cgroupGlob: null,
  run: null,
  undated: false,
};

import type { Growth } from "@inquest/core";

/** What is made out of an incident when somebody asks, from what else the store holds by then. */
export interface Findings {
  /** For each suspect how it grew since an earlier report of the storm; empty or null: no such report lists it. */
  readonly growths: readonly (Growth | null)[];
}

/** Of an incident of which nothing else is known. */
export const noFindings: Findings = { growths: [] };

import { foldHosts } from "@inquest/core";
import { sanitize } from "./sanitize.ts";

/** A watched process that a host has not. */
export interface MissingProcess {
  readonly host: string;
  readonly process: string;
}

/** One line a watched process: the hosts on which it is missing. */
export function formatMissing(missing: readonly MissingProcess[]): readonly string[] {
  return [...Map.groupBy(missing, ({ process }) => process)].map(
    ([process, all]) =>
      `${sanitize(foldHosts(all.map(({ host }) => host)))}: ${sanitize(process)} is missing`,
  );
}

import type { ParsedArgs } from "../command.ts";
import type { Io } from "../io.ts";
import { excludedHosts, selectedHosts } from "../options/query.ts";
import { namesHosts, storedGroupsOf } from "../options/selection.ts";
import type { HostRow } from "../render/host-row.ts";
import { formatCount } from "../render/quantity.ts";

/** Only the hosts that are named; names that no visit knows are told. */
export async function namedHostRows(
  all: readonly HostRow[],
  given: ParsedArgs,
  io: Io,
): Promise<readonly HostRow[]> {
  const { wanted, unwanted, rest: args } = storedGroupsOf(given);
  const rows = all.filter(
    ({ groups }) =>
      (wanted.length === 0 || groups.some((group) => wanted.includes(group))) &&
      !groups.some((group) => unwanted.includes(group)),
  );
  if (!namesHosts(args)) {
    const excluded = await excludedHosts(args, io);
    return rows.filter(({ host }) => !excluded.has(host));
  }
  const names = await selectedHosts(args, io);
  const known = new Set(rows.map(({ host }) => host));
  const unknown = names.filter((name) => !known.has(name) && !name.includes(":")).length;
  if (unknown > 0 && wanted.length === 0)
    await io.warn(`${formatCount(unknown, "named host")} never visited`);
  const named = new Set(names);
  return rows.filter(({ host }) => named.has(host));
}

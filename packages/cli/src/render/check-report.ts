import { foldHosts } from "@inquest/core";
import type { CheckedHost } from "@inquest/core";
import { formatCount } from "./quantity.ts";
import { sanitize } from "./sanitize.ts";

/** One line a host that is well; for another its failed checks, each with what to do against it. */
export function formatCheckedHost({ target, checks }: CheckedHost): readonly string[] {
  const failed = checks.filter(({ ok }) => ok === false);
  const host = sanitize(target.host);
  if (failed.length === 0) {
    const found = checks.find(({ id }) => id === "kernel-log")?.detail ?? null;
    return [`${host}: ok${found === null ? "" : `, kernel log ${sanitize(found)}`}`];
  }
  return failed.flatMap(({ id, detail, fix }) => {
    const line = `${host}: ${id}: ${sanitize(detail ?? "failed")}`;
    return fix === null ? [line] : [line, `  fix: ${sanitize(fix)}`];
  });
}

/** What the checks add up to: `5 hosts: 3 ok; login failed on web[01-02]`. */
export function formatCheckTotals(hosts: readonly CheckedHost[]): string {
  const failures = hosts.flatMap(({ target, checks }) => {
    const first = checks.find(({ ok }) => ok === false);
    return first === undefined ? [] : [{ id: first.id, host: target.host }];
  });
  const alike = [...Map.groupBy(failures, ({ id }) => id)].map(
    ([id, those]) => `${id} failed on ${sanitize(foldHosts(those.map(({ host }) => host)))}`,
  );
  return [`${formatCount(hosts.length, "host")}: ${hosts.length - failures.length} ok`, ...alike].join("; ");
}

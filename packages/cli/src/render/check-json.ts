import type { CheckedHost } from "@inquest/core";

/** `check -o json`: every check of every host; `ok` null: not tried. */
export function toCheckJson(hosts: readonly CheckedHost[]): readonly unknown[] {
  return hosts.map(({ target, checks }) => ({
    host: target.host,
    checks: checks.map(({ id, ok, detail, fix }) => ({ id, ok, detail, fix })),
  }));
}

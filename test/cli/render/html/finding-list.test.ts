import type { Recurrence } from "@inquest/core";
import { expect, test } from "vitest";
import { findingList } from "../../../../packages/cli/src/render/html/finding-list.ts";

const jobOn = (host: string, command: string): Recurrence["jobs"][number] => ({
  host,
  source: "/etc/cron.d/archive:3",
  schedule: "28 2 * * *",
  command,
  startMin: 148,
  weekdays: null,
  dates: null,
  startsPerDay: 1,
});

const pooled: Recurrence = {
  id: "r-aaaaaaaaaaaa",
  hosts: ["web01", "web02"],
  group: "temai",
  kind: "daily",
  periodMin: 1440,
  centerMin: 151,
  spreadMin: 5,
  processes: ["view"],
  seen: 9,
  watched: 41,
  incidents: ["k-aaaaaaaaaaaa"],
  firstMs: Date.parse("2026-10-12T02:31:00Z"),
  lastMs: Date.parse("2026-11-22T02:31:00Z"),
  lastLocalMin: Date.parse("2026-11-22T10:31:00Z") / 60_000,
  p: 0.0001,
  level: "recurring",
  jobs: [],
  driftMinPerDay: null,
};

test("tells a job that all hosts of a pool have once, and on how many", () => {
  const jobs = [jobOn("web01", "archive --all"), jobOn("web02", "archive --all")];
  const { markup } = findingList({ recurrences: [{ ...pooled, jobs }], zone: null });
  expect(markup.match(/archive --all/g)).toHaveLength(1);
  expect(markup).toContain("(on 2 hosts)");
});

test("says that there are more jobs than it tells", () => {
  const jobs = ["a", "b", "c", "d", "e"].map((command) => jobOn("web01", command));
  expect(findingList({ recurrences: [{ ...pooled, jobs }], zone: null }).markup).toContain(
    "2 more jobs start then",
  );
});

import { describe, expect, test } from "vitest";
import { formatIncidentList } from "../../../packages/cli/src/render/incident-list.ts";
import type { ListLook } from "../../../packages/cli/src/render/incident-list.ts";
import { formatTotals, tallyIncidents } from "../../../packages/cli/src/render/incident-totals.ts";
import type { IncidentChange } from "../support/incident-of.ts";
import { barestIncident, incidentOf } from "../support/incident-of.ts";

const usual: ListLook = {
  width: null,
  color: false,
  zone: null,
  fallbackZone: "Europe/Berlin",
  nowMs: Date.parse("2026-11-23T03:00:00Z"),
  verbose: false,
};

function listed(changes: readonly IncidentChange[], look: Partial<ListLook> = {}): string[] {
  const rows = changes.map((change) => ({ incident: incidentOf(change), overlaps: false }));
  return formatIncidentList(rows, { ...usual, ...look })
    .trimEnd()
    .split("\n");
}

test("fits an ordinary death into 80 columns, in its host's own time", () => {
  expect(listed([{}])).toEqual([
    "ID       TIME +08:00            ± HOST   OOM   PROCESS   PID   UID     RSS",
    "k-3fa81c 2015-04-22 10:56:49 7.5s xxx041 memcg view    30991 52539 7.7 GiB",
  ]);
});

test("says oom in each row where something else happened too", () => {
  const rows = listed([{}, { id: "k-000000000001", kind: "segfault", scope: null }]);
  expect(rows[0]).toContain(" KIND ");
  expect(rows[1]).toContain(" oom memcg ");
  expect(rows[2]).toContain(" segfault ");
});

describe("the time", () => {
  test("is shown in the zone that was asked for", () => {
    expect(listed([{}], { zone: "America/St_Johns" }).join()).toContain("2015-04-22 00:26:49");
  });

  test("carries its offset where the hosts differ", () => {
    const rows = listed([{}, { id: "k-000000000001", zone: "Europe/Berlin" }]);
    expect(rows[0]).toContain("TIME   ");
    expect(rows[1]).toContain("2015-04-22 10:56:49 +08:00");
    expect(rows[2]).toContain("2015-04-22 04:56:49 +02:00");
  });

  test("is the collector's for a host that told no zone", () => {
    expect(listed([{ zone: null, utcOffsetS: null }])[0]).toContain("TIME +02:00");
  });

  test("is marked where it is less certain than what was asked for", () => {
    const text = formatIncidentList([{ incident: incidentOf(), overlaps: true }], usual);
    expect(text).toContain("~2015-04-22 10:56:49");
  });

  test("is the stamp where only the order is known, and a note says before when it was", () => {
    const text = formatIncidentList([{ incident: barestIncident(), overlaps: false }], usual);
    expect(text).toContain("[28325872.177364]");
    expect(text).toContain("unconfirmed, before 2015-04-22 05:30:00 +02:00");
  });

  test("is never later than now", () => {
    const time = { atMs: Date.parse("2027-01-01T00:00:00Z"), errorS: 1, method: "uptime" } as const;
    expect(listed([{ time }], { zone: "UTC" })[1]).toContain("2026-11-23 03:00:00");
  });
});

test("never shows an unknown figure as a number", () => {
  const text = formatIncidentList([{ incident: barestIncident(), overlaps: false }], usual);
  expect(text.split("\n")[1]).toMatch(/oom-kill +\? +\? +\? +\? +unconfirmed/);
});

test("says who was chosen where another one died, and with -v who asked", () => {
  const change = { selected: { pid: 4057, name: "DragoonAgent" } };
  expect(listed([change])[1]).toMatch(/DragoonAgent\[4057\] was chosen$/);
  expect(listed([change], { verbose: true })[1]).toMatch(/was chosen, rsync asked$/);
});

test("moves notes below their rows on a narrow terminal", () => {
  expect(listed([{ confirmed: false }], { width: 80 })).toEqual([
    "ID       TIME +08:00            ± HOST   OOM   PROCESS   PID   UID     RSS",
    "k-3fa81c 2015-04-22 10:56:49 7.5s xxx041 memcg view    30991 52539 7.7 GiB",
    "         unconfirmed",
  ]);
});

test("writes as much of an id as tells the rows apart", () => {
  const rows = listed([{ id: "k-3fa81c09d2e4" }, { id: "k-3fa81c09ffff" }]);
  expect(rows.slice(1).map((row) => row.split(" ")[0])).toEqual(["k-3fa81c09d", "k-3fa81c09f"]);
});

test("shows hostile names and lets none of them act", () => {
  const [, row = ""] = listed([{ victim: { name: "\u001b[2Jx" }, host: "web\u202e1" }]);
  expect(row).toContain("\\x1b[2Jx");
  expect(row).toContain("web\\u202e1");
});

test("adds up kills, what is unconfirmed, and the hosts", () => {
  const { count, tally } = tallyIncidents();
  for (let kill = 0; kill < 51; kill += 1) count(incidentOf({ host: `web${kill % 3}` }), false);
  count(incidentOf({ host: "web1", confirmed: false }), false);
  expect(formatTotals(tally())).toBe("51 kills, 1 unconfirmed, on 3 hosts");
  count(incidentOf({ host: "web9", kind: "segfault" }), true);
  expect(formatTotals(tally())).toBe("51 kills, 1 unconfirmed, 1 segfault, on 4 hosts");
  expect(tally().overlapping).toBe(1);
});

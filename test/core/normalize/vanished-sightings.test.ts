import { describe, expect, test } from "vitest";
import { unknownVictim } from "../../../packages/core/src/model/incident.ts";
import type { Process } from "../../../packages/core/src/model/process-snapshot.ts";
import { processVisitOf } from "../../../packages/core/src/model/process-visit.ts";
import type { Sighting, Visit, VisitRecord } from "../../../packages/core/src/model/visit.ts";
import { withVanished } from "../../../packages/core/src/normalize/vanished-sightings.ts";
import { coverageOf, recordOf, sightingOf } from "../../store/support/sample.ts";

const firstMs = Date.parse("2026-11-23T03:00:00Z");
const hourMs = 3_600_000;
const whole = coverageOf({ continuity: "complete" });

function row(pid: number, name: string, args = `/opt/${name} --serve`): Process {
  const startText = "Sun Nov  1 03:12:44 2026";
  return { pid, ppid: pid === 1 ? 0 : 1, uid: 7, user: "app", rssKiB: 9, vszKiB: 9, startText, name, args };
}

const init = row(1, "systemd", "/sbin/init");
const app = row(4711, "app");
const others = [row(80, "crond"), row(81, "rsyslogd"), row(82, "chronyd")];

/** The visit of an hour, with these processes beside the usual ones. */
function visitAt(hour: number, rows: readonly Process[], visit: Partial<Visit> = {}): VisitRecord {
  const atMs = firstMs + hour * hourMs;
  return recordOf([], {
    visit: { startedMs: atMs, endedMs: atMs + 900, coverage: whole, ...visit },
    snapshot: { takenAtMs: atMs, processes: [init, ...others, ...rows] },
  });
}

/** What vanished at each of some visits, one after the other. */
function vanishedAt(...records: readonly VisitRecord[]): readonly (readonly Sighting["incident"][])[] {
  const known: Sighting["incident"][] = [];
  return records.map((record, at) => {
    const before = records.slice(0, at).findLast((one) => processVisitOf(one) !== null);
    const told = withVanished(record, before === undefined ? null : processVisitOf(before), known);
    known.push(...told.sightings.map(({ incident }) => incident));
    return told.sightings.map(({ incident }) => incident).filter(({ kind }) => kind === "vanished");
  });
}

describe("a long-lived process that is gone", () => {
  test("is an incident of the time between the two ps, told once", () => {
    const [first, second, third] = vanishedAt(visitAt(0, [app]), visitAt(1, []), visitAt(2, []));
    expect([first, third]).toEqual([[], []]);
    expect(second).toMatchObject([
      {
        id: expect.stringMatching(/^k-[0-9a-f]{12}$/),
        kind: "vanished",
        host: "web01",
        time: { atMs: firstMs + hourMs / 2, errorS: 1800, method: "bracketed" },
        victim: { pid: 4711, name: "app", uid: 7, user: "app", args: "/opt/app --serve" },
        detail: "ran for 22 days; no kill in a kernel log without a hole: it ended by itself or by a signal",
        gaps: [],
        sources: ["collect"],
      },
    ]);
  });

  test("may have been killed where the log has a hole; the kernel's own count can rule that out", () => {
    const hole = { coverage: coverageOf({ continuity: "possible-gap" }) };
    const told = (oomKillCount: number | null) =>
      vanishedAt(visitAt(0, [app]), visitAt(1, [], { ...hole, oomKillCount }))[1]?.[0];
    expect(told(null)?.detail).toBe(
      "ran for 22 days; the kernel log has a hole in which it may have been killed",
    );
    expect(told(null)?.gaps).toEqual(["the kernel log between the two ps has a hole"]);
    expect(told(5)?.detail).toContain("the kernel counted 2 OOM kills meanwhile");
    expect(told(3)?.detail).toContain("but the kernel counted no OOM kill");
  });

  test("is none where a kill, a restart or a reboot explains it", () => {
    const now = visitAt(1, []);
    const atMs = firstMs + 600_000;
    const kill = sightingOf("kill", {
      time: { atMs, errorS: 2, method: "near" },
      victim: { ...unknownVictim, pid: 4711, name: "app" },
    });
    expect(vanishedAt(visitAt(0, [app]), { ...now, sightings: [kill] })[1]).toEqual([]);
    expect(vanishedAt(visitAt(0, [app]), visitAt(1, [{ ...app, pid: 9000 }]))[1]).toEqual([]);
    expect(vanishedAt(visitAt(0, [app]), visitAt(1, [], { bootId: "boot-2", boot: "boot-2" }))[1]).toEqual(
      [],
    );
  });

  test("is none where a container has started anew under the same kernel", () => {
    const anew = visitAt(1, []);
    const startText = "Mon Nov 23 04:40:00 2026";
    const started = (anew.snapshot?.processes ?? []).map((one) => ({ ...one, startText }));
    const snapshot = { takenAtMs: firstMs + hourMs, processes: started };
    expect(vanishedAt(visitAt(0, [app]), { ...anew, snapshot })[1]).toEqual([]);
  });

  test("is still there when the host's clock was set and every start with it", () => {
    const later = visitAt(1, [app], { bootAtMs: (visitAt(1, []).visit.bootAtMs ?? 0) + 86_000 });
    const moved = (later.snapshot?.processes ?? []).map((one) => ({
      ...one,
      startText: "Sun Nov  1 03:14:10 2026",
    }));
    const snapshot = { takenAtMs: firstMs + hourMs, processes: moved };
    expect(vanishedAt(visitAt(0, [app]), { ...later, snapshot })[1]).toEqual([]);
  });

  test("is not missed by a visit whose ps or log could not be read, and told by the next", () => {
    const broken = visitAt(1, [], { complaints: ["ps: exit status 124"] });
    const refused = visitAt(2, [], { state: "no-permission", coverage: null });
    const told = vanishedAt(visitAt(0, [app]), broken, refused, visitAt(3, []));
    expect(told.map((found) => found.length)).toEqual([0, 0, 0, 1]);
    expect(told[3]?.[0]?.time.errorS).toBe(1.5 * 3600);
  });
});

describe("a watched process", () => {
  const watching = { watch: ["agentd"] };
  const agent: Process = { ...row(500, "agentd"), startText: "Mon Nov 23 03:58:00 2026" };

  test("is an incident at its first absence and none at later visits", () => {
    const told = vanishedAt(
      visitAt(0, [agent], watching),
      visitAt(1, [], watching),
      visitAt(2, [], watching),
      visitAt(3, [agent], watching),
      visitAt(4, [], watching),
    );
    expect(told.map((found) => found.map(({ victim }) => victim.pid))).toEqual([[], [500], [], [], [500]]);
  });

  test("that nobody has ever seen may be gone since the boot", () => {
    const told = vanishedAt(visitAt(0, [], watching), visitAt(1, [], watching));
    expect(told[1]).toEqual([]);
    expect(told[0]).toMatchObject([
      {
        kind: "vanished",
        victim: { name: "agentd", pid: null },
        detail: "watched and not there; no ps before shows it",
      },
    ]);
    const { time } = told[0]?.[0] ?? {};
    expect((time?.atMs ?? 0) + (time?.errorS ?? 0) * 1000).toBe(firstMs);
  });

  test("that did not come back after a reboot is told, others are not", () => {
    const anew = { ...watching, bootId: "boot-2", boot: "boot-2", bootAtMs: firstMs + 600_000 };
    const [, told] = vanishedAt(visitAt(0, [agent, app], watching), visitAt(1, [], anew));
    expect(told).toMatchObject([
      { victim: { name: "agentd" }, detail: "ran for 0 h; not there after a reboot" },
    ]);
  });

  test("that is watched only now, and was told of when it went, is told of no more", () => {
    const told = vanishedAt(visitAt(0, [app]), visitAt(1, []), visitAt(2, [], { watch: ["app"] }));
    expect(told.map((found) => found.length)).toEqual([0, 1, 0]);
  });

  test("is known by the file its command line begins with, longer than names are", () => {
    const long = row(600, "a-very-long-nam", "/opt/a-very-long-name-d --x");
    const watch = ["a-very-long-name-d"];
    expect(vanishedAt(visitAt(0, [long], { watch }), visitAt(1, [long], { watch }))).toEqual([[], []]);
  });
});

import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Incident, Schedule } from "@inquest/core";
import { openStore } from "@inquest/store";
import type { Store } from "@inquest/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ask } from "./support/ask.ts";
import { plainVisit } from "./support/case-history.ts";
import { incidentOf } from "./support/incident-of.ts";
import { parsed } from "./support/parsed.ts";

const folder = mkdtempSync(join(tmpdir(), "inquest-recurring-"));
const history = { folder, db: join(folder, "inquest.db") };

/** Six nights of one host; two nights, 34 minutes apart, of two hosts of one group; one host with nothing to tell. */
const kills = [
  ...["01", "03", "04", "08", "11", "15"].map((day, at) => [
    "web01",
    `2026-11-${day}T02:3${at}:10+08:00`,
    "web",
  ]),
  ["xxx127", "2015-04-19T02:57:58+08:00", "temai"],
  ["xxx040", "2015-04-30T02:23:47+08:00", "temai"],
  ["db1", "2026-11-05T14:00:00+08:00", "db"],
] as const;

const everyMinute = Array.from({ length: 60 }, (_, minute) => minute);

function schedule(
  source: string,
  text: string,
  command: string,
  minutes: readonly number[],
  hours: readonly number[],
): Schedule {
  const days = { daysOfMonth: null, months: null, weekdays: null, eitherDay: false };
  return { source, user: "root", schedule: text, command, zone: null, times: { ...days, minutes, hours } };
}

/** A kill of a host, of whose log the import brought nothing else. */
async function saveKill(
  store: Store,
  run: number,
  at: number,
  of: Pick<Incident, "host" | "groups" | "zone" | "utcOffsetS"> & { readonly atMs: number },
): Promise<void> {
  const { atMs, ...place } = of;
  const time = { atMs, errorS: 2, method: "anchored" } as const;
  const incident = incidentOf({ id: `k-${String(at).padStart(12, "0")}`, time, ...place });
  const nothing = { capturedMs: null, bootAtMs: null, zone: null, modifiedMs: null, firstYear: null };
  await store.saveImport(run, {
    file: { host: of.host, file: `${of.host}.log`, format: "dmesg", ...nothing },
    part: at,
    boot: null,
    sightings: [{ incident, keys: [incident.id], words: null }],
    reports: [],
    snapshot: null,
    figures: null,
    bytes: new Uint8Array(),
    line: at,
  });
}

beforeAll(async () => {
  const store = await openStore(history.db);
  const run = await store.startRun({ label: null, startedMs: 0, selected: 4 });
  for (const [at, [host = "", time = "", group = ""]] of kills.entries())
    await saveKill(store, run, at, {
      host,
      groups: [group],
      zone: "Asia/Shanghai",
      utcOffsetS: 28_800,
      atMs: Date.parse(time),
    });
  for (const host of ["web01", "db1"]) {
    await store.saveVisit(run, {
      boot: null,
      anchors: [],
      sightings: [],
      reports: [],
      snapshot: null,
      evidence: [],
      visit: { ...plainVisit, host, groups: [], coverage: null },
      schedules: [
        schedule("/etc/cron.d/report:1", "0 14 * * *", "report", [0], [14]),
        schedule("/etc/cron.d/back\u001B[2Jup:3", "20 2 * * *", '=cmd|"x"\u0007\nnext', [20], [2]),
        schedule("/etc/cron.d/poll:1", "* * * * *", "poll", everyMinute, [2]),
      ],
    });
  }
  await store.finishRun(run, 1);
  await store.close();
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

test("says each finding in a sentence, the sure ones first, above a heat map of 80 columns", async () => {
  const { code, out, err } = await ask(history, ["recurring"]);
  const lines = out.trimEnd().split("\n");
  expect(code).toBe(0);
  expect(lines[0]).toMatch(
    /^web01: 02:3\d ±\d min, 6 nights, 6 kills \(.+\), last 2026-11-15; chance less than 1 in 10,000; \/etc\/cron\.d\/back\S*up:3 starts 02:20$/,
  );
  expect(lines[1]).toBe(
    "xxx040, xxx127 (temai): 02:41 ±18 min, 2 nights within 34 min, 2 kills (view), last 2015-04-30; possible, not proven: chance 4.7 %",
  );
  const map = lines.slice(3);
  expect(map).toHaveLength(8);
  expect(map.every((line) => line.length === 80)).toBe(true);
  expect(map[0]).toMatch(/^ {5}00 01 02 .* 23 all$/);
  expect(err).toBe("1 recurring, 1 possible in 4 hosts\n");
});

test("as JSON has every name of the contract", async () => {
  const found = parsed<Record<string, unknown>[]>((await ask(history, ["recurring", "-o", "json"])).out);
  expect(Object.keys(found[0] ?? {})).toEqual(
    "id hosts group kind period_min center_min center_local spread_min processes seen watched incidents first last p level jobs drift_min_per_day".split(
      " ",
    ),
  );
  expect(found).toMatchObject([
    {
      hosts: ["web01"],
      group: null,
      kind: "daily",
      period_min: 1440,
      seen: 6,
      watched: null,
      incidents: 6,
      level: "recurring",
    },
    {
      hosts: ["xxx040", "xxx127"],
      group: "temai",
      center_local: "02:41",
      seen: 2,
      p: 0.0475,
      level: "possible",
      jobs: [],
    },
  ]);
});

test("names the job that starts before, and not one of another time or of every minute", async () => {
  const [web] = parsed<Record<string, unknown>[]>((await ask(history, ["recurring", "-o", "json"])).out);
  expect(web?.["jobs"]).toEqual([
    {
      host: "web01",
      source: "/etc/cron.d/back\u001B[2Jup:3",
      schedule: "20 2 * * *",
      command: '=cmd|"x"\u0007\nnext',
    },
  ]);
  const table = await ask(history, ["recurring", "--utc"]);
  expect(table.out).toMatch(/^web01: 02:3\d ±\d min \(18:3\d UTC\), .* starts 02:20$/m);
  expect(table.out).not.toContain("\u001B");
  const { out } = await ask(history, ["recurring", "-o", "csv", "--fields", "jobs"]);
  expect(out.split("\n").slice(0, 2)).toEqual(["jobs", "web01:/etc/cron.d/back\u001B[2Jup:3"]);
});

test("as CSV has the columns of the export", async () => {
  const exported = await ask(history, ["export", "csv", "recurring"]);
  expect(exported.out.split("\n")[0]).toBe(
    "recurring_id,kind,time_local,spread_min,period_min,weekdays,seen,watched,hosts,incidents,processes,chance_p,level,jobs,first_utc,last_utc",
  );
  expect((await ask(history, ["recurring", "-o", "csv"])).out).toBe(exported.out);
  expect(exported.code).toBe(0);
});

test("pools by what is asked for", async () => {
  const by = async (what: string): Promise<string> =>
    (await ask(history, ["recurring", "--by", what, "--field", "hosts"])).out;
  expect(await by("host")).toBe("web01\n");
  expect(await by("group")).toBe("xxx040;xxx127\n");
});

test("judges by the hosts' own clocks whatever zone is asked for, and shows the hours of the map there", async () => {
  const told = async (...words: readonly string[]): Promise<string> =>
    (await ask(history, ["recurring", ...words])).out;
  expect(await told("web01", "--utc", "-o", "csv")).toBe(await told("web01", "-o", "csv"));
  const hourOf = (map: string): number => (/^Sun (?: {2}[. ])*/m.exec(map)?.[0].length ?? 0) / 3;
  expect(hourOf(await told("web01"))).not.toBe(hourOf(await told("web01", "--utc")));
});

test("a job of a host with summer time does not creep by --utc", async () => {
  const berlin = { folder, db: join(folder, "berlin.db") };
  const store = await openStore(berlin.db);
  const run = await store.startRun({ label: null, startedMs: 0, selected: 1 });
  const nights = ["03-25", "03-26", "03-27", "03-28", "03-30", "03-31", "04-01", "04-02"];
  for (const [at, night] of nights.entries()) {
    const utcOffsetS = night > "03-29" ? 7200 : 3600;
    const atMs = Date.parse(`2026-${night}T05:30:00Z`) - utcOffsetS * 1000;
    await saveKill(store, run, at, { host: "ber01", groups: [], zone: "Europe/Berlin", utcOffsetS, atMs });
  }
  await store.close();
  const { out } = await ask(berlin, ["recurring", "--utc"]);
  expect(out).toMatch(/^ber01: 05:30 ±1 min \(03:30 UTC\), 8 nights, 8 kills/m);
  expect(out).not.toContain("creeping");
});

test("exits 1 where nothing recurs", async () => {
  expect(await ask(history, ["recurring", "db1"])).toEqual({ code: 1, out: "", err: "nothing recurs\n" });
});

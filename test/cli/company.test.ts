import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask as askStore } from "./support/ask.ts";

const nowMs = Date.parse("2026-11-23T03:00:00Z");
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "inquest-company-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const ask = (db: string, ...argv: readonly string[]) =>
  askStore({ folder, db: join(folder, db) }, argv, { nowMs, zone: "UTC", columns: 80 });

type Told = { readonly id: string; readonly episode: string | null; readonly recurring: readonly string[] };

async function listed(db: string, ...filters: readonly string[]): Promise<readonly Told[]> {
  const { out } = await ask(db, "incidents", "-o", "json", ...filters);
  return JSON.parse(out) as readonly Told[];
}

function killAt(stampS: number, pid: number, name: string): string {
  return `[${stampS.toFixed(6)}] Killed process ${pid} (${name}) total-vm:900kB, anon-rss:800kB, file-rss:40kB\n`;
}

describe("deaths near one another", () => {
  beforeAll(async () => {
    const log = killAt(9000, 501, "hog") + killAt(9500, 502, "java") + killAt(10_050, 503, "cron");
    writeFileSync(join(folder, "web01.log"), log + killAt(10_651, 504, "late"));
    writeFileSync(join(folder, "web02.log"), killAt(9001, 505, "java"));
    const boot = ["--boot-time", "2026-11-20T00:00:00Z", "--tz", "UTC"];
    for (const host of ["web01", "web02"])
      await ask("near.db", "import", "--host", host, ...boot, `${host}.log`);
  });

  test("share an episode, each no more than ten minutes after the one before on its host", async () => {
    const [hog, other, java, cron, late] = await listed("near.db");
    expect(hog?.episode).toMatch(/^e-[0-9a-f]{12}$/);
    expect([java?.episode, cron?.episode]).toEqual([hog?.episode, hog?.episode]);
    expect(new Set([hog?.episode, other?.episode, late?.episode]).size).toBe(3);
  });

  test("keep their episode when the question narrows to one of them", async () => {
    const whole = await listed("near.db");
    const [cron] = await listed("near.db", "-c", "cron");
    const [late] = await listed("near.db", "-c", "late");
    expect(cron?.episode).toBe(whole[0]?.episode);
    expect(late?.episode).toBe(whole.at(-1)?.episode);
  });

  test("have the same episode in show, why and the review's CSV", async () => {
    const [hog] = await listed("near.db");
    expect((await ask("near.db", "show", hog?.id ?? "")).out).toContain(`episode: ${hog?.episode}\n`);
    const shown = JSON.parse((await ask("near.db", "show", hog?.id ?? "", "-o", "json")).out) as Told;
    expect(shown.episode).toBe(hog?.episode);
    const why = JSON.parse((await ask("near.db", "why", "web01", "cron", "-o", "json")).out) as {
      readonly deaths: readonly Told[];
    };
    expect(why.deaths.map(({ episode }) => episode)).toEqual([hog?.episode]);
    const { out } = await ask("near.db", "incidents", "web01", "--fields", "episode_id", "-o", "csv");
    expect(out.split("\n").slice(1, 4)).toEqual([hog?.episode, hog?.episode, hog?.episode]);
  });
});

test("holds deaths without a time together by their stamps", async () => {
  writeFileSync(join(folder, "old.log"), killAt(50, 1, "a") + killAt(500, 2, "b") + killAt(1200, 3, "c"));
  await ask("undated.db", "import", "--host", "old", "old.log");
  const told = await listed("undated.db");
  expect(told).toHaveLength(3);
  const [a, b, c] = told.map(({ episode }) => episode);
  expect(a).toMatch(/^e-/);
  expect([b, c === a]).toEqual([a, false]);
});

test("names what recurs with a death as `recurring` names it, whatever narrows the question", async () => {
  const days = Array.from({ length: 8 }, (_, day) =>
    killAt(1000 + day * 86_400 + day * 7, 700 + day, "java"),
  );
  const noise = killAt(1000 + 3.4 * 86_400, 900, "once");
  const lines = [...days, noise].toSorted((a, b) => parseFloat(a.slice(1)) - parseFloat(b.slice(1)));
  writeFileSync(join(folder, "db1.log"), lines.join(""));
  await ask(
    "daily.db",
    "import",
    "--host",
    "db1",
    "--boot-time",
    "2026-11-01T02:13:20Z",
    "--tz",
    "UTC",
    "db1.log",
  );
  const found = JSON.parse((await ask("daily.db", "recurring", "-o", "json")).out) as readonly {
    readonly id: string;
  }[];
  expect(found).toHaveLength(1);
  const ids = found.map(({ id }) => id);
  const java = await listed("daily.db", "-c", "java", "-n", "2");
  expect(java.map(({ recurring }) => recurring)).toEqual([ids, ids]);
  expect((await ask("daily.db", "show", java[0]?.id ?? "")).out).toContain(`recurs: ${ids[0]}\n`);
  expect((await listed("daily.db", "-c", "once")).map(({ recurring }) => recurring)).toEqual([[]]);
  const { out } = await ask("daily.db", "export", "csv", "incidents", "-c", "java");
  expect(out.split("\n").filter((row) => row.includes(ids[0] ?? "none"))).toHaveLength(8);
});

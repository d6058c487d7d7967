import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ask as askStore } from "./support/ask.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "inquest-third-night-"));
  writeFileSync(join(folder, "hosts.ini"), "[temai]\nhost127\nxxx040\nxxx041\n\n[other]\nweb09\n");
});
afterAll(() => rmSync(folder, { recursive: true }));

const nowMs = Date.parse("2015-06-01T00:00:00Z");
const ask = (...argv: readonly string[]) =>
  askStore({ folder, db: join(folder, "i.db") }, argv, { nowMs, zone: "Asia/Shanghai", columns: 80 });

/** A night on which the kernel of a host killed something at a local time of Shanghai. */
async function killedOn(host: string, at: string): Promise<void> {
  const bootMs = Date.parse("2015-04-01T00:00:00+08:00");
  const stampS = (Date.parse(`${at}+08:00`) - bootMs) / 1000;
  writeFileSync(
    join(folder, `${host}.log`),
    `[${stampS.toFixed(6)}] Killed process 4711, UID 541, (java) total-vm:9000000kB, anon-rss:8000000kB, file-rss:40kB\n`,
  );
  const boot = ["--boot-time", new Date(bootMs).toISOString(), "--tz", "Asia/Shanghai"];
  await ask("import", "--host", host, ...boot, `${host}.log`);
}

type Finding = {
  readonly level: string;
  readonly group: string | null;
  readonly hosts: readonly string[];
  readonly center_local: string;
  readonly seen: number;
  readonly p: number;
};

async function recurring(): Promise<readonly Finding[]> {
  const { out } = await ask("recurring", "-f", "hosts.ini", "-g", "temai", "-o", "json");
  return JSON.parse(out) as readonly Finding[];
}

test("two nights of a group are a lead, and the third makes them a recurrence", async () => {
  await killedOn("host127", "2015-04-19T02:57:58");
  await killedOn("xxx040", "2015-04-30T02:23:47");
  const [lead, ...none] = await recurring();
  expect(none).toEqual([]);
  expect(lead).toMatchObject({ level: "possible", group: "temai", hosts: ["host127", "xxx040"], seen: 2 });
  expect(lead?.center_local).toMatch(/^02:4\d$/);
  expect(lead?.p).toBeCloseTo(0.047, 2);
  const { out } = await ask("recurring", "-f", "hosts.ini", "-g", "temai");
  expect(out.replaceAll(/\s+/g, " ")).toContain("2 nights");

  await killedOn("xxx041", "2015-05-11T02:40:30");
  const [found, ...others] = await recurring();
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    level: "recurring",
    group: "temai",
    hosts: ["host127", "xxx040", "xxx041"],
    seen: 3,
  });
});

test("deaths that only a stamp dates are told to be left out, however the question is narrowed", async () => {
  writeFileSync(
    join(folder, "web09.log"),
    ["[  9000.000001]", "[ 95400.000002]"]
      .map(
        (stamp) =>
          `${stamp} Killed process 77, UID 541, (java) total-vm:9000000kB, anon-rss:8000000kB, file-rss:40kB\n`,
      )
      .join(""),
  );
  await ask("import", "--host", "web09", "web09.log");
  const said = /2 deaths without a time not judged;/;
  const { code, err } = await ask("recurring", "web09");
  expect(code).toBe(1);
  expect(err).toMatch(/^nothing recurs\n/);
  expect(err).toMatch(said);
  expect((await ask("recurring", "web09", "-S", "-7d", "--at", "02:30")).err).toMatch(said);
  expect((await ask("export", "csv", "recurring", "-w", "web09")).err).toMatch(said);
  await ask("import", "--host", "web09", "--boot-time", "2015-05-20T00:00:00Z", "web09.log");
  expect((await ask("recurring", "web09")).err).not.toContain("without a time");
});

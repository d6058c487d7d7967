import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { schemaVersion } from "../../packages/store/src/migrate.ts";
import { openStore } from "../../packages/store/src/open-store.ts";
import { gather } from "./support/gather.ts";
import { startChild } from "./support/run-child.ts";
import { everything, nightMs } from "./support/sample.ts";
import { temporaryFolder, temporaryStore } from "./support/temporary-store.ts";

function pragma(path: string, name: string): unknown {
  const raw = new DatabaseSync(path);
  try {
    return raw.prepare(`PRAGMA ${name}`).get()?.[name];
  } finally {
    raw.close();
  }
}

test("makes the file and its folders for the owner alone", async () => {
  const path = join(temporaryFolder(), "state", "inquest", "inquest.db");
  const store = await openStore(path);
  expect(store.place).toBe(path);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(join(path, "..")).mode & 0o777).toBe(0o700);
  await store.close();
  expect(pragma(path, "user_version")).toBe(schemaVersion);
  expect(pragma(path, "application_id")).toBe(0x69_6e_71_73);
  expect(pragma(path, "journal_mode")).toBe("wal");
});

test("keeps what it holds when it is opened again", async () => {
  const { store, path } = await temporaryStore();
  const run = await store.startRun({ label: "first", startedMs: nightMs, selected: 1 });
  await store.close();
  const again = await openStore(path);
  expect(await again.findRun(run)).toMatchObject({ label: "first" });
  await again.close();
});

test("tells a query that there is no store yet, and makes none", async () => {
  const path = join(temporaryFolder(), "deep", "inquest.db");
  await expect(openStore(path, { readOnly: true })).rejects.toMatchObject({
    code: "no-store",
    exitCode: 2,
    message: `${path}: there is no store yet`,
    hint: "run inquest collect or inquest import first, or name a store with --db",
  });
  expect(existsSync(join(path, ".."))).toBe(false);
});

test("takes an empty file for no store when reading, and fills it when writing", async () => {
  const path = join(temporaryFolder(), "inquest.db");
  writeFileSync(path, "");
  await expect(openStore(path, { readOnly: true })).rejects.toMatchObject({ code: "no-store" });
  await (await openStore(path)).close();
  const reader = await openStore(path, { readOnly: true });
  expect(await reader.hosts()).toEqual([]);
  await reader.close();
});

test("refuses to write through a store opened for reading", async () => {
  const { path } = await temporaryStore();
  const reader = await openStore(path, { readOnly: true });
  await expect(reader.startRun({ label: null, startedMs: 0, selected: 0 })).rejects.toMatchObject({
    code: "store-not-writable",
    exitCode: 74,
  });
  await reader.close();
});

test("refuses a store of a newer version and leaves it as it is", async () => {
  const { store, path } = await temporaryStore();
  await store.close();
  const raw = new DatabaseSync(path);
  raw.exec("PRAGMA user_version = 99");
  raw.close();
  const before = readFileSync(path);
  for (const readOnly of [true, false]) {
    await expect(openStore(path, { readOnly })).rejects.toMatchObject({
      code: "store-newer",
      exitCode: 74,
      message: `${path}: store version "99" is newer than this inquest knows (${schemaVersion})`,
      hint: "use the inquest that wrote it, or a newer one; nothing was changed",
    });
  }
  expect(readFileSync(path)).toEqual(before);
});

test("refuses another program's database and leaves it as it is", async () => {
  const path = join(temporaryFolder(), "other.db");
  const raw = new DatabaseSync(path);
  raw.exec("CREATE TABLE theirs (x)");
  raw.close();
  const before = readFileSync(path);
  await expect(openStore(path)).rejects.toMatchObject({
    code: "not-a-store",
    exitCode: 74,
    message: `${path}: is a SQLite database of another program`,
  });
  expect(readFileSync(path)).toEqual(before);
});

test.each([
  ["one line", "web01\n"],
  ["a long text", "web01\n".repeat(5000)],
])("refuses a file that is no database: %s", async (_title, content) => {
  const path = join(temporaryFolder(), "hosts.txt");
  writeFileSync(path, content);
  for (const readOnly of [true, false]) {
    await expect(openStore(path, { readOnly })).rejects.toMatchObject({ code: "not-a-store", exitCode: 74 });
  }
  expect(readFileSync(path, "utf8")).toBe(content);
});

test("refuses a folder and a path through a file in clear words", async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "inquest.db"));
  writeFileSync(join(folder, "file"), "");
  await expect(openStore(join(folder, "inquest.db"))).rejects.toMatchObject({
    code: "store-is-folder",
    message: `${join(folder, "inquest.db")}: the store is a folder, not a file`,
  });
  const through = join(folder, "file", "inquest.db");
  await expect(openStore(through)).rejects.toMatchObject({ code: "store-not-opened", exitCode: 74 });
  await expect(openStore(through, { readOnly: true })).rejects.toMatchObject({ code: "no-store" });
});

test("ends at the same version when six processes start at once on an empty place, each with a run of its own", async () => {
  const path = join(temporaryFolder(), "fresh", "inquest.db");
  const children = Array.from({ length: 6 }, () => startChild("open-and-close", path));
  const runs = await Promise.all(
    children.map(async (child) => {
      const [output, [code]] = await Promise.all([text(child.stdout!), once(child, "exit")]);
      expect(code).toBe(0);
      return Number(output);
    }),
  );
  expect(runs.toSorted((one, other) => one - other)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(pragma(path, "user_version")).toBe(schemaVersion);
});

test("keeps every visit that was finished when the writer is killed", async () => {
  const path = join(temporaryFolder(), "inquest.db");
  const child = startChild("write-visits", path);
  const finished: string[] = [];
  for await (const line of createInterface({ input: child.stdout! })) {
    finished.push(line);
    if (finished.length === 25) child.kill("SIGKILL");
  }
  const store = await openStore(path);
  const hosts = (await store.visits(1)).map((visit) => visit.host);
  expect(hosts).toEqual(expect.arrayContaining(finished));
  const incidents = await gather(store.incidents(everything));
  expect(incidents.map((incident) => incident.host).toSorted()).toEqual(hosts.toSorted());
  for (const host of hosts) {
    const [log] = await store.evidence(host, 1);
    expect(new TextDecoder().decode(log?.bytes)).toBe(`kernel log of ${host}\n`.repeat(2000));
  }
  expect((await store.findRun(1))?.finishedMs).toBeNull();
  await store.close();
});

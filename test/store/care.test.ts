import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { openStore } from "../../packages/store/src/open-store.ts";
import type { Store } from "../../packages/store/src/store.ts";
import { gather } from "./support/gather.ts";
import { batchOf, evidenceOf, everything, nightMs, recordOf, sightingOf } from "./support/sample.ts";
import { temporaryFolder, temporaryStore } from "./support/temporary-store.ts";

const dayMs = 86_400_000;
const at = (atMs: number) => ({ time: { atMs, errorS: 2, method: "bracketed" as const } });
const ring = [
  { ...sightingOf("old", { ...at(nightMs - 500 * dayMs), stampUs: 1 }), words: "old words" },
  { ...sightingOf("told", { ...at(nightMs - 499 * dayMs), stampUs: 2 }), words: "told words" },
  { ...sightingOf("new", { ...at(nightMs), stampUs: 3 }), words: "new words" },
];
const ids = async (store: Store): Promise<string[]> =>
  (await gather(store.incidents(everything))).map(({ id }) => id);
const noAnnotation = { status: null, owner: null, cause: null, ticket: null, note: null };

/** A ring that tells of two deaths of long ago, one of them annotated, and one of tonight; read long ago and tonight. */
async function history(): Promise<{ store: Store; path: string; run: number }> {
  const { store, path } = await temporaryStore();
  for (const [startedMs, sightings] of [
    [nightMs - 490 * dayMs, ring.slice(0, 2)],
    [nightMs, ring],
  ] as const) {
    const run = await store.startRun({ label: null, startedMs, selected: 1 });
    const evidence = [evidenceOf("kernel-log", `ring at ${startedMs}`)];
    await store.saveVisit(
      run,
      recordOf(sightings, { visit: { startedMs, endedMs: startedMs + 1000 }, evidence }),
    );
  }
  const [, told] = await gather(store.incidents(everything));
  if (told === undefined) throw new Error("no incident");
  await store.annotate(
    [{ host: told.host, id: told.id, rev: 0, annotation: { ...noAnnotation, note: "seen" } }],
    { atMs: nightMs, author: "mia", source: null },
  );
  return { store, path, run: 2 };
}
const wish = { beforeMs: nightMs - 400 * dayMs, keepAnnotated: true, dryRun: false };

test("prunes what is old, keeps what is annotated, and tells the same in a dry run", async () => {
  const { store } = await history();
  const before = await ids(store);
  const told = await store.prune({ ...wish, dryRun: true });
  expect(told).toMatchObject({ incidents: 1, annotated: 1, evidence: 1 });
  expect(told.bytes).toBeGreaterThan(0);
  expect(await ids(store)).toEqual(before);
  expect(await store.prune(wish)).toEqual(told);
  expect(await ids(store)).toEqual(before.slice(1));
  expect((await store.hosts())[0]?.lastOkMs).toBe(nightMs);
  expect(await store.check()).toEqual({ version: expect.any(Number), damages: [], unusedBytes: 0 });
  expect(await store.prune({ ...wish, keepAnnotated: false })).toMatchObject({ incidents: 1, annotated: 0 });
});

test("what was pruned is not new when the same ring is read again, an old log imported, or evidence reparsed", async () => {
  const { store } = await history();
  await store.prune({ ...wish, keepAnnotated: false });
  const left = await ids(store);
  expect(left).toHaveLength(1);
  const run = await store.startRun({ label: null, startedMs: nightMs + 1000, selected: 1 });
  const visit = { startedMs: nightMs + 1000, endedMs: nightMs + 2000 };
  expect(await store.saveVisit(run, recordOf(ring, { visit }))).toEqual({
    newIncidents: 0,
    knownIncidents: 3,
  });
  const stampless = ring.map((sighting) => ({
    ...sighting,
    keys: [`other ${sighting.words}`],
    incident: { ...sighting.incident, id: `k-other-${sighting.words}`, stampUs: null, bootId: null },
  }));
  expect((await store.saveImport(run, batchOf(stampless))).newIncidents).toBe(0);
  const host = ring[0]?.incident.host ?? "";
  await store.replaceDerived(host, [{ run: 2, record: recordOf(ring, { visit: { startedMs: nightMs } }) }]);
  expect(await ids(store)).toEqual(left);
});

test("a death of tonight in the words of a pruned one is new", async () => {
  const { store } = await history();
  await store.prune(wish);
  const again = { ...sightingOf("again", { ...at(nightMs + 5000), stampUs: 9 }), words: "old words" };
  const run = await store.startRun({ label: null, startedMs: nightMs + 9000, selected: 1 });
  expect((await store.saveVisit(run, recordOf([again]))).newIncidents).toBe(1);
});

test("copies the store while another process writes, whole and for its owner alone", async () => {
  const { store, path } = await history();
  const writer = await openStore(path);
  const copy = join(temporaryFolder(), "copy.db");
  const [run] = await Promise.all([
    writer.startRun({ label: "meanwhile", startedMs: nightMs, selected: 1 }),
    store.backup(copy),
  ]);
  await writer.finishRun(run, nightMs);
  await writer.close();
  expect(statSync(copy).mode & 0o777).toBe(0o600);
  expect(readdirSync(dirname(copy))).toEqual(["copy.db"]);
  const copied = await openStore(copy, { readOnly: true });
  expect(await ids(copied)).toEqual(await ids(store));
  expect((await copied.check()).damages).toEqual([]);
  await copied.close();
  await expect(store.backup("/nowhere/copy.db")).rejects.toThrow("the backup cannot be written");
  expect(existsSync("/nowhere")).toBe(false);
});

test("finds rows that lost what they refer to", async () => {
  const { store, path } = await history();
  await store.close();
  const raw = new DatabaseSync(path, { enableForeignKeyConstraints: false });
  raw.exec("DELETE FROM incidents WHERE id IN (SELECT id FROM annotations)");
  raw.close();
  const damaged = await openStore(path, { readOnly: true });
  expect((await damaged.check()).damages).toContain(
    "1 rows of annotations refer to incidents that are not there",
  );
  await damaged.close();
});

test("tells what takes the room", async () => {
  const { store } = await history();
  const usage = await store.usage();
  expect(usage.tables.find(({ table }) => table === "incidents")).toMatchObject({ rows: 3 });
  expect(usage.hosts).toEqual([
    {
      host: "web01",
      bytes: expect.any(Number),
      incidents: 3,
      oldestMs: nightMs - 500 * dayMs,
      newestMs: nightMs,
    },
  ]);
  const sum = usage.tables.reduce((total, { bytes }) => total + bytes, 0);
  expect(sum + usage.freeBytes).toBeLessThanOrEqual(usage.bytes);
  expect(sum).toBeGreaterThan(usage.bytes / 2);
});

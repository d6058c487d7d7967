import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { firstTables } from "../../packages/store/src/migrations/001-first-tables.ts";
import { openStore } from "../../packages/store/src/open-store.ts";
import { gather } from "./support/gather.ts";
import { batchOf, evidenceOf, everything, nightMs, recordOf, sightingOf } from "./support/sample.ts";
import { temporaryFolder } from "./support/temporary-store.ts";

/** A store as the first version wrote it: a visit with a death, a report, an alias and a reviewer's word. */
function firstVersion(): string {
  const path = join(temporaryFolder(), "inquest.db");
  const raw = new DatabaseSync(path);
  raw.exec(firstTables);
  raw.exec(`
PRAGMA application_id = 0x696e7173;
PRAGMA user_version = 1;
INSERT INTO runs (run, label, started_ms, selected) VALUES (1, 'nightly', ${nightMs}, 1);
INSERT INTO visits (host, run, ssh_name, groups, state, started_ms, ended_ms, boot, complaints)
VALUES ('web01', 1, 'web01', '["web"]', 'ok', ${nightMs}, ${nightMs + 1500}, 'boot-1', '[]');
INSERT INTO incidents (host, id, kind, also_on, groups, at_ms, at_error_s, at_method, stamp_us, confirmed, gaps,
  victim_pid, victim_name, sources, first_seen_ms, run)
VALUES ('web01', 'k-a', 'oom-kill', '[]', '["web"]', ${nightMs}, 2, 'bracketed', 5000000, 1, '[]',
  4711, 'java', '["collect"]', ${nightMs + 1500}, 1);
INSERT INTO incident_keys (host, key, id) VALUES ('web01', 'boot-1/a', 'k-a');
INSERT INTO incident_aliases (host, alias, id) VALUES ('web01', 'k-z', 'k-a');
INSERT INTO annotations (host, id, owner) VALUES ('web01', 'k-a', 'mia');
INSERT INTO evidence_blobs (host, sha256, size_bytes, bytes_zstd)
VALUES ('web01', 'x', 3, X'28b52ffd045819000061620a3a098675');
INSERT INTO evidence (host, run, section, via, sha256) VALUES ('web01', 1, 'kernel-log', 'dmesg', 'x');
`);
  raw.close();
  return path;
}

test.each([false, true])(
  "reads what the first version stored as it was (read only: %s)",
  async (readOnly) => {
    const store = await openStore(firstVersion(), { readOnly });
    const [incident, ...others] = await gather(store.incidents(everything));
    expect(others).toEqual([]);
    expect(incident).toMatchObject({
      id: "k-a",
      time: { atMs: nightMs, errorS: 2, method: "bracketed" },
      victim: { pid: 4711, name: "java" },
      annotation: { owner: "mia" },
      pressure: null,
      detail: null,
    });
    expect(await store.findIncident("k-z")).toEqual(incident);
    expect((await store.hosts()).map(({ host, last }) => [host, last?.state])).toEqual([["web01", "ok"]]);
    expect(await store.evidence("web01", 1)).toEqual([evidenceOf("kernel-log", "ab\n")]);
    await store.close();
  },
);

test("knows the deaths of the first version again, and fills in what it did not tell", async () => {
  const store = await openStore(firstVersion());
  const run = await store.startRun({ label: null, startedMs: nightMs + 9000, selected: 1 });
  const again = { ...sightingOf("a"), words: "words" };
  expect(await store.saveVisit(run, recordOf([again]))).toEqual({ newIncidents: 0, knownIncidents: 1 });
  const imported = { ...sightingOf("b", { stampUs: null }), words: "words" };
  expect(await store.saveImport(run, batchOf([imported]))).toEqual({ newIncidents: 0, knownIncidents: 1 });
  expect(await store.findIncident("k-a")).toMatchObject({
    pressure: { class: "no-swap", evidence: "there is no swap" },
    annotation: { owner: "mia" },
    run: 1,
  });
  await store.close();
});

test("reads the evidence of the first version again, however today's parser names its records", async () => {
  const store = await openStore(firstVersion());
  const [stored] = await gather(store.storedEvidence("web01"));
  if (stored?.from !== "visit") throw new Error("the visit is gone");
  const { visit, run, sections } = stored;
  expect(sections).toEqual([evidenceOf("kernel-log", "ab\n")]);
  const today = { ...sightingOf("today", { stampUs: 5_000_000, detail: "new" }), keys: ["*/5000000.h.0"] };
  const replaced = await store.replaceDerived("web01", [{ run, record: { ...recordOf([today]), visit } }]);
  expect(replaced).toEqual({ before: 1, after: 1, changed: 1, gone: 0 });
  expect(await store.findIncident("k-z")).toMatchObject({
    id: "k-a",
    detail: "new",
    annotation: { owner: "mia" },
  });
  await store.close();
});

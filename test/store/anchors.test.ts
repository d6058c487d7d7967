import { expect, test } from "vitest";
import type { Anchor, KnownBoot } from "../../packages/core/src/index.ts";
import type { Store } from "../../packages/store/src/store.ts";
import { nightMs, recordOf, sightingOf } from "./support/sample.ts";
import { temporaryStore } from "./support/temporary-store.ts";

const boot: KnownBoot = {
  boot: "boot-1",
  bootId: "boot-1",
  bootAtMs: nightMs,
  lastStampUs: 12_000_001,
  lastSeq: 9,
  readMs: nightMs,
  drift: 1e-4,
  tail: [],
  visitedMs: null,
  lastWords: null,
  lateKills: [],
};

function anchor(kind: Anchor["kind"], stampS: number, loMs: number, hiMs: number): Anchor {
  return { kind, stampS, loMs, hiMs, bootAtMs: nightMs };
}

async function started(): Promise<{ readonly store: Store; readonly run: () => Promise<number> }> {
  const { store } = await temporaryStore();
  return { store, run: () => store.startRun({ label: null, startedMs: nightMs, selected: 1 }) };
}

const save = async (store: Store, run: number, anchors: readonly Anchor[]) =>
  store.saveVisit(run, recordOf([], { boot, anchors, visit: { endedMs: nightMs + run } }));

test("keeps of one kind and stamp the narrowest bounds, open sides open", async () => {
  const { store, run } = await started();
  await save(store, await run(), [anchor("ceiling", 12.000_001, -Infinity, 5000)]);
  await save(store, await run(), [anchor("ceiling", 12.000_001, -Infinity, 9000)]);
  await save(store, await run(), [anchor("floor", 13, 4000, Infinity), anchor("floor", 13, 3000, Infinity)]);
  expect(await store.bootClock("web01", "boot-1")).toEqual({
    anchors: [
      { ...anchor("ceiling", 12.000_001, -Infinity, 5000), run: 1 },
      { ...anchor("floor", 13, 4000, Infinity), run: 3 },
    ],
    drift: 1e-4,
    latestMs: nightMs + 3,
  });
});

test("keeps a first reading that a second one of the same instant contradicts", async () => {
  const { store, run } = await started();
  await save(store, await run(), [anchor("audit", 12, 4000, 5000)]);
  await save(store, await run(), [anchor("audit", 12, 7000, 8000)]);
  expect((await store.bootClock("web01", "boot-1"))?.anchors).toMatchObject([{ loMs: 4000, hiMs: 5000 }]);
});

test("keeps of the uptimes the oldest and the newest", async () => {
  const { store, run } = await started();
  for (const stampS of [100, 200, 300])
    await save(store, await run(), [anchor("uptime", stampS, stampS, stampS + 9)]);
  const clock = await store.bootClock("web01", "boot-1");
  expect(clock?.anchors.map(({ stampS }) => stampS)).toEqual([100, 300]);
});

test("knows no clock of a boot that nobody read", async () => {
  const { store } = await started();
  expect(await store.bootClock("web01", "boot-1")).toBeNull();
});

test("tells the deaths of a boot by their keys, and new times change nothing but the time", async () => {
  const { store, run } = await started();
  const [own, other] = [sightingOf("a"), sightingOf("b")];
  await store.saveVisit(
    await run(),
    recordOf(
      [
        { ...own, keys: [`${boot.boot}/5.x.0`, "*/5.x.0"] },
        { ...other, keys: ["boot-2/5.x.0"] },
      ],
      { boot },
    ),
  );
  const { deaths, alerts, rivals } = await store.bootDeaths("web01", "boot-1");
  expect(deaths.map(({ id }) => id)).toEqual([own.incident.id]);
  expect([alerts, rivals]).toEqual([[], []]);
  expect(await store.bootOf("web01", own.incident.id)).toBe("boot-1");
  expect(await store.bootOf("web01", other.incident.id)).toBeNull();

  const before = await store.findIncident(own.incident.id);
  const time = { atMs: nightMs + 7, errorS: 1, method: "anchored" } as const;
  await store.saveTimes("web01", [{ id: own.incident.id, time, utcOffsetS: 7200 }]);
  expect(await store.findIncident(own.incident.id)).toEqual({ ...before, time, utcOffsetS: 7200 });
});

test("tells alerts of the host, and then all other deaths that they may mean", async () => {
  const { store, run } = await started();
  const [own, other, alert] = [sightingOf("a"), sightingOf("b"), sightingOf("c")];
  await store.saveVisit(
    await run(),
    recordOf(
      [
        { ...own, keys: [`${boot.boot}/5.x.0`] },
        { ...other, keys: ["boot-2/5.x.0"] },
        { ...alert, incident: { ...alert.incident, kind: "alert", stampUs: null }, words: null },
      ],
      { boot },
    ),
  );
  const { alerts, rivals } = await store.bootDeaths("web01", "boot-1");
  expect(alerts.map(({ id }) => id)).toEqual([alert.incident.id]);
  expect(rivals.map(({ id }) => id)).toEqual([other.incident.id]);
});

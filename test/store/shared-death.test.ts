import { expect, test } from "vitest";
import type { Incident, Sighting } from "../../packages/core/src/index.ts";
import type { Store } from "../../packages/store/src/store.ts";
import { gather } from "./support/gather.ts";
import { everything, nightMs, recordOf, sightingOf } from "./support/sample.ts";
import { temporaryStore } from "./support/temporary-store.ts";

type Changes = Partial<Sighting["incident"]>;

/** What a container shows of a kill: its own ids and keys, the kernel's own stamp, pid and figures. */
const seenOn = (host: string, changes: Changes = {}): Sighting =>
  sightingOf(host, { host, groups: [host], stampUs: 86e9, reportId: `o-${host}`, ...changes }, [
    `${host}/kill`,
  ]);

async function save(store: Store, host: string, sightings: readonly Sighting[]): Promise<[number, number]> {
  const run = await store.startRun({ label: null, startedMs: nightMs, selected: 1 });
  const reports = sightings.map(({ incident }) => ({
    reportId: incident.reportId ?? "",
    pageSizeKiB: 4,
    tasks: [],
    lines: [`line of ${host}`],
  }));
  const visit = { host, endedMs: nightMs + 1000 * run };
  const saved = await store.saveVisit(run, { ...recordOf(sightings, { visit }), reports });
  return [saved.newIncidents, saved.knownIncidents];
}

const all = async (store: Store): Promise<readonly Incident[]> => gather(store.incidents(everything));

test("one death that two containers of a kernel show is one incident of the first, also on the other", async () => {
  const { store } = await temporaryStore();
  expect(await save(store, "app01", [seenOn("app01")])).toEqual([1, 0]);
  expect(await save(store, "app02", [seenOn("app02")])).toEqual([0, 1]);
  expect(await save(store, "app03", [seenOn("app03")])).toEqual([0, 1]);
  expect(await save(store, "app02", [seenOn("app02")])).toEqual([0, 1]);
  expect(await all(store)).toMatchObject([
    { id: "k-app01", host: "app01", alsoOn: ["app02", "app03"], groups: ["app01", "app02", "app03"] },
  ]);
  for (const host of ["app02", "app03"])
    expect(await gather(store.incidents({ ...everything, hosts: [host] }))).toHaveLength(1);
});

test("what was found to be one death stays one when one of its hosts learns its clock better", async () => {
  const { store } = await temporaryStore();
  await save(store, "app01", [seenOn("app01")]);
  await save(store, "app02", [seenOn("app02")]);
  const time = { atMs: nightMs + 3_600_000, errorS: 1, method: "near" } as const;
  expect(await save(store, "app02", [seenOn("app02", { time })])).toEqual([0, 1]);
});

const figures = seenOn("app02").incident.victim;
test.each<[string, Changes]>([
  ["another microsecond", { stampUs: 86e9 + 1 }],
  ["no stamp", { stampUs: null }],
  ["another pid", { victim: { ...figures, pid: 4712 } }],
  ["another name", { victim: { ...figures, name: "jav" } }],
  ["other figures on another boot", { bootId: "b", victim: { ...figures, totalVmKiB: 1, anonRssKiB: 1 } }],
  ["another kind", { kind: "segfault" }],
  ["another night", { time: { atMs: nightMs + 86_400_000, errorS: 1, method: "anchored" } }],
])("%s is another death: a boot id alone proves nothing, for clones share it", async (_title, changes) => {
  const { store } = await temporaryStore();
  await save(store, "app01", [seenOn("app01")]);
  expect(await save(store, "app02", [seenOn("app02", changes)])).toEqual([1, 0]);
  expect((await all(store)).map(({ alsoOn }) => alsoOn)).toEqual([[], []]);
});

test("a container may be given a boot id of its own", async () => {
  const { store } = await temporaryStore();
  await save(store, "app01", [seenOn("app01")]);
  expect(await save(store, "app02", [seenOn("app02", { bootId: "own" })])).toEqual([0, 1]);
});

test("a better report of the other container is shown, wherever it came from", async () => {
  const { store } = await temporaryStore();
  await save(store, "app01", [seenOn("app01", { grade: "kill-line", gaps: ["x"] })]);
  await save(store, "app02", [seenOn("app02")]);
  const [incident] = await all(store);
  expect(incident).toMatchObject({ host: "app01", grade: "complete", reportId: "o-app02" });
  expect((await store.findReport("app01", "o-app02"))?.lines).toEqual(["line of app02"]);
});

test("two that were told apart meet when a sighting shows that they are one: the older id stays, the other resolves", async () => {
  const { store } = await temporaryStore();
  const announced = { confirmed: false, stampUs: 85e9, victim: { ...figures, pid: 1, totalVmKiB: null } };
  await save(store, "app02", [seenOn("app02", { ...announced, id: "k-early" })]);
  await save(store, "app01", [seenOn("app01")]);
  expect(await all(store)).toHaveLength(2);
  await save(store, "app02", [seenOn("app02")]);
  expect(await all(store)).toMatchObject([
    { id: "k-early", host: "app02", alsoOn: ["app01"], confirmed: true },
  ]);
  expect((await store.findIncident("k-app01"))?.id).toBe("k-early");
});

test("reading evidence again leaves what is shared where it is", async () => {
  const { store } = await temporaryStore();
  await save(store, "app01", [seenOn("app01")]);
  await save(store, "app02", [seenOn("app02")]);
  const before = await all(store);
  for (const [place, host] of ["app01", "app02"].entries()) {
    const record = recordOf([seenOn(host)], { visit: { host, endedMs: nightMs + 1000 * (place + 1) } });
    expect(await store.replaceDerived(host, [{ run: place + 1, record }])).toMatchObject({ gone: 0 });
  }
  expect(await all(store)).toEqual(before);
});

test("a kill kept with another container counts for the kernel's own count", async () => {
  const { store } = await temporaryStore();
  await save(store, "app01", [seenOn("app01")]);
  await save(store, "app02", [seenOn("app02")]);
  expect((await store.hosts()).map(({ bootKills }) => bootKills)).toEqual([1, 1]);
});

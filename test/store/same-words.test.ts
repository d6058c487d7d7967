import fc from "fast-check";
import { expect, test } from "vitest";
import type { Incident, Sighting, WallTime } from "../../packages/core/src/index.ts";
import type { Store } from "../../packages/store/src/store.ts";
import { gather } from "./support/gather.ts";
import { batchOf, everything, nightMs, recordOf, sightingOf } from "./support/sample.ts";
import { temporaryStore } from "./support/temporary-store.ts";

const untimed: WallTime = { atMs: null, errorS: null, method: "ordered-only" };

/** A time so many seconds into the night. */
function at(seconds: number, errorS: number): WallTime {
  return { atMs: nightMs + seconds * 1000, errorS, method: "imported" };
}

/** A death in words, as a carrier told it. */
function told(
  name: string,
  changes: Partial<Sighting["incident"]>,
  words: string | null = "words",
): Sighting {
  return { ...sightingOf(name, changes), words };
}

async function storeOf(...sightings: readonly Sighting[]): Promise<Store> {
  const { store } = await temporaryStore();
  const run = await store.startRun({ label: null, startedMs: nightMs, selected: 1 });
  for (const sighting of sightings) await store.saveVisit(run, recordOf([sighting]));
  return store;
}

async function all(store: Store): Promise<readonly Incident[]> {
  return await gather(store.incidents(everything));
}

const stamped = told("stamped", { time: at(0, 1), stampUs: 5_000_000 });

/** What is stored after both, in either order. */
async function eitherOrder(one: Sighting, other: Sighting): Promise<readonly (readonly Incident[])[]> {
  return [await all(await storeOf(one, other)), await all(await storeOf(other, one))];
}

test.each([
  ["a daemon wrote them down 19 s later", { time: at(20.5, 1), stampUs: null }],
  ["both times are vague enough to meet", { time: at(120, 99), stampUs: null }],
  ["one carrier told no time", { time: untimed, stampUs: null }],
  ["a carrier told the stamp alone", { time: untimed, stampUs: 5_000_000 }],
] as const)("counts the same words for one death: %s", async (_title, changes) => {
  const [first, second] = await eitherOrder(stamped, told("other", changes));
  const known = { stampUs: 5_000_000, time: at(0, 1) };
  expect(first).toMatchObject([{ ...known, id: "k-stamped" }]);
  expect(second).toMatchObject([{ ...known, id: "k-other" }]);
});

test.each([
  ["the times are too far apart", told("a", { time: at(600, 1), stampUs: null })],
  ["the stamps differ", told("a", { time: at(0, 1), stampUs: 5_000_001 })],
  ["the words differ", told("a", { time: at(0, 1), stampUs: null }, "other words")],
  ["there are none to go by", told("a", { time: at(0, 1), stampUs: null }, null)],
  ["another host said them", told("a", { time: at(0, 1), stampUs: null, host: "db01" })],
] as const)("counts the same words for two deaths: %s", async (_title, other) => {
  for (const incidents of await eitherOrder(stamped, other)) {
    expect(incidents.map(({ id }) => id).toSorted()).toEqual(["k-a", "k-stamped"]);
  }
});

test("takes the nearest in time of several deaths in the same words, and the earliest where no time tells", async () => {
  const early = told("early", { time: at(0, 1), stampUs: null });
  const late = told("late", { time: at(60, 1), stampUs: null });
  const near = told("near", { time: at(40, 25), stampUs: null, sources: ["import"] });
  const anywhere = told("anywhere", { time: untimed, stampUs: null, sources: ["journal"] });
  for (const deaths of [
    [early, late],
    [late, early],
  ]) {
    const [first, second, ...others] = await all(await storeOf(...deaths, near, anywhere));
    expect(others).toEqual([]);
    expect(first).toMatchObject({ id: "k-early", sources: ["collect", "journal"] });
    expect(second).toMatchObject({ id: "k-late", sources: ["collect", "import"] });
  }
});

test("joins what a sighting leads to by a key and what it leads to by words", async () => {
  const announced = {
    ...told("announced", { confirmed: false, grade: "selection-only", stampUs: 4_999_900 }, null),
    keys: ["selection"],
  };
  const syslog = told("syslog", { grade: "kill-line", stampUs: null, sources: ["import"] });
  const whole = { ...told("whole", { stampUs: 5_000_000 }), keys: ["kill", "selection"] };
  const store = await storeOf(announced, syslog, whole);
  expect(await all(store)).toMatchObject([
    { id: "k-announced", confirmed: true, stampUs: 5_000_000, sources: ["collect", "import"] },
  ]);
  expect((await store.findIncident("k-syslog"))?.id).toBe("k-announced");
  // The words moved with the incident.
  const again = told("again", { time: untimed, stampUs: null });
  await store.saveVisit(1, recordOf([again]));
  expect(await all(store)).toHaveLength(1);
});

test("adds nothing when a file is imported again, after it was collected, or before", async () => {
  const collected = told("c", { stampUs: 5_000_000 });
  const imported = { ...told("i", { time: at(3, 1), stampUs: null, sources: ["import"] }), keys: ["@1/h"] };
  const one = await storeOf(collected);
  expect(await one.saveImport(1, batchOf([imported]))).toEqual({ newIncidents: 0, knownIncidents: 1 });
  expect(await one.saveImport(1, batchOf([imported]))).toEqual({ newIncidents: 0, knownIncidents: 1 });
  const other = await storeOf();
  expect(await other.saveImport(1, batchOf([imported]))).toEqual({ newIncidents: 1, knownIncidents: 0 });
  expect(await other.saveVisit(1, recordOf([collected]))).toEqual({ newIncidents: 0, knownIncidents: 1 });
  for (const store of [one, other]) {
    expect(await all(store)).toMatchObject([{ sources: ["collect", "import"], stampUs: 5_000_000 }]);
  }
});

interface Death {
  readonly name: string;
  readonly atS: number;
  readonly stampUs: number;
}

/** How four carriers tell of one death: the syslog ones late, `dmesg -T` off by what its error admits. */
function tellings({ name, atS, stampUs }: Death, lateS: number, offS: number): readonly Sighting[] {
  const kill = `*/${stampUs}.w.0`;
  return [
    {
      ...told(`${name}1`, { time: at(atS, 1), stampUs, sources: ["collect"] }),
      keys: [`boot/${kill}`, kill],
    },
    { ...told(`${name}2`, { time: at(atS + lateS, 0.5), stampUs, sources: ["syslog"] }), keys: [kill] },
    {
      ...told(`${name}3`, { time: at(atS + lateS, 0.5), stampUs: null, sources: ["import"] }),
      keys: [`@${atS + lateS}/w`],
    },
    {
      ...told(`${name}4`, { time: at(atS + offS, 30), stampUs: null, sources: ["dmesg-T"] }),
      keys: [`@${atS + offS}/w`],
    },
  ];
}

const deaths: readonly Death[] = [
  { name: "one", atS: 0, stampUs: 5_000_000 },
  { name: "two", atS: 600, stampUs: 605_000_000 },
];

test("ends with the same deaths whatever the order of the carriers that told of them in the same words", async () => {
  const arrivals = fc
    .tuple(fc.integer({ min: 0, max: 19 }), fc.integer({ min: -29, max: 29 }), fc.boolean())
    .chain(([lateS, offS, areTwo]) => {
      const list = deaths.slice(0, areTwo ? 2 : 1).flatMap((death) => tellings(death, lateS, offS));
      return fc.tuple(
        fc.constant(list),
        fc.shuffledSubarray([...list, ...list], { minLength: 2 * list.length }),
      );
    });
  await fc.assert(
    fc.asyncProperty(arrivals, async ([list, shuffled]) => {
      const contents = [];
      for (const order of [list, shuffled]) {
        const incidents = await all(await storeOf(...order));
        contents.push(incidents.map(({ id: _id, ...incident }) => incident));
        expect(incidents.map(({ stampUs }) => stampUs)).toEqual(
          deaths.slice(0, list.length / 4).map((death) => death.stampUs),
        );
        for (const { sources } of incidents) {
          expect(sources).toEqual(["collect", "dmesg-T", "import", "syslog"]);
        }
      }
      expect(contents[0]).toEqual(contents[1]);
    }),
    { numRuns: 60 },
  );
});

import fc from "fast-check";
import type { Incident, Sighting } from "../../../packages/core/src/index.ts";
import { incidentKinds, oomScopes, reportGrades, timeMethods } from "../../../packages/core/src/index.ts";
import { pressureClasses } from "../../../packages/core/src/model/oom-report.ts";

/** Any text a host can send: NUL, quotes, emoji, no lone surrogates (TextDecoder makes none). */
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom("'; DROP TABLE incidents; --", "a\0b", "", "\u{1F480}", "%", "*", "\uFEFFbom", "\u001B[2J"),
);
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null });
const count = fc.nat();
/** Whole, fractional and large, as KiB of a big machine or µs of a long uptime are. No -0: a log cannot say it. */
const measure = fc.oneof(
  fc.nat(),
  fc.maxSafeNat(),
  fc.double({ min: 0, max: 1e12, noNaN: true }).map((value) => value + 0),
);
const names = fc.uniqueArray(text, { maxLength: 3 }).map((list) => list.toSorted());

const time = fc.oneof(
  fc.record({
    atMs: measure,
    errorS: measure,
    method: fc.constantFrom(...timeMethods.filter((method) => method !== "ordered-only")),
  }),
  fc.constant({ atMs: null, errorS: null, method: "ordered-only" } as const),
);

/** An object whose fields are all null says the same as no object: the store keeps null. */
function someKnown<T extends object>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return maybe(value.filter((object) => Object.values(object).some((field) => field !== null)));
}

/** Any incident as a visit can bring it, every field known or not. */
export const arbitraryIncident: fc.Arbitrary<Sighting["incident"]> = fc.record({
  id: fc.stringMatching(/^k-[0-9a-f]{12}$/),
  kind: fc.constantFrom(...incidentKinds),
  host: fc.constant("web01"),
  groups: names,
  time,
  zone: maybe(text),
  utcOffsetS: maybe(fc.integer()),
  stampUs: maybe(measure),
  bootId: maybe(text),
  kernel: maybe(text),
  reportId: maybe(text),
  grade: maybe(fc.constantFrom(...reportGrades)),
  confirmed: fc.boolean(),
  gaps: fc.array(text, { maxLength: 3 }),
  scope: maybe(fc.constantFrom(...oomScopes)),
  victim: fc.record({
    pid: maybe(count),
    name: maybe(text),
    uid: maybe(fc.nat(4_294_967_295)),
    user: maybe(text),
    args: maybe(text),
    totalVmKiB: maybe(measure),
    anonRssKiB: maybe(measure),
    fileRssKiB: maybe(measure),
    shmemRssKiB: maybe(measure),
    pgtablesKiB: maybe(measure),
    oomScore: maybe(fc.maxSafeInteger()),
    oomScoreAdj: maybe(fc.integer({ min: -1000, max: 1000 })),
    cgroup: maybe(text),
  }),
  selected: maybe(fc.record({ pid: count, name: text })),
  trigger: maybe(
    fc.record({
      name: text,
      pid: maybe(count),
      gfpMask: maybe(text),
      gfpFlags: maybe(text),
      order: maybe(fc.integer({ min: -1, max: 11 })),
      oomScoreAdj: maybe(fc.integer({ min: -1000, max: 1000 })),
    }),
  ),
  memcg: someKnown(fc.record({ path: maybe(text), usageKiB: maybe(measure), limitKiB: maybe(measure) })),
  memory: someKnown(
    fc.record({
      ramTotalKiB: maybe(measure),
      ramFreeKiB: maybe(measure),
      swapTotalKiB: maybe(measure),
      swapFreeKiB: maybe(measure),
    }),
  ),
  pressure: someKnown(
    fc.record({ class: maybe(fc.constantFrom(...pressureClasses)), evidence: maybe(text) }),
  ),
  detail: maybe(text),
  taskCount: maybe(count),
  suspects: maybe(
    fc.array(
      fc.record({
        name: text,
        uid: maybe(count),
        count,
        rssKiB: measure,
        swapKiB: fc.option(measure),
        share: fc.double({ min: 0.001, max: 1, noNaN: true }),
      }),
      { maxLength: 3 },
    ),
  ),
  sources: names,
});

/** The same incident as the store gives it back when one visit brought it. */
export function asStored(
  incident: Sighting["incident"],
  first: { readonly run: number; readonly seenMs: number },
): Incident {
  return {
    ...incident,
    alsoOn: [],
    firstSeenMs: first.seenMs,
    run: first.run,
    annotation: { status: null, owner: null, cause: null, ticket: null, note: null },
  };
}

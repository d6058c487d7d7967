import fc from "fast-check";
import { expect, test } from "vitest";
import type { ProbeSectionName, ReportDetail } from "../../packages/core/src/index.ts";
import { visitRecordOf } from "../../packages/core/src/index.ts";
import type { Store } from "../../packages/store/src/store.ts";
import { gather } from "./support/gather.ts";
import { everything, nightMs } from "./support/sample.ts";
import { temporaryStore } from "./support/temporary-store.ts";

const bootId = "6f1c2b7e-5a0d-4c9e-9b3e-2d7f00c1a5e4";
const target = {
  host: "web01",
  name: "web01",
  address: null,
  jump: null,
  identityFile: null,
  user: null,
  port: null,
  groups: [],
  origin: "-w",
};

/** All that the kernel ever printed: chatter, and a kill with its whole report now and then. */
const texts = Array.from({ length: 8 }, (_, nth) => [
  ...Array.from({ length: 20 }, (_row, place) => `eth${nth}: link is up, attempt ${place}`),
  `java invoked oom-killer: gfp_mask=0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP), order=0, oom_score_adj=0`,
  "Mem-Info:",
  "Free swap  = 0kB",
  "Total swap = 0kB",
  "20000 pages RAM",
  "Tasks state (memory values in pages):",
  "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name",
  `[   ${4700 + nth}]  1000  ${4700 + nth}    10000     9000    81920        0             0 java`,
  `[   ${5700 + nth}]  1000  ${5700 + nth}    10000       10    81920        0             0 worker`,
  `oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/,task=java,pid=${4700 + nth},uid=1000`,
  `Out of memory: Killed process ${4700 + nth} (java) total-vm:40000kB, anon-rss:${36_000 + nth}kB, file-rss:4kB, shmem-rss:0kB, UID:1000 pgtables:80kB oom_score_adj:0`,
]).flat();
const stampUs = (at: number): number => 600e6 + Math.floor(at / 31) * 300e6 + at * 50_000;
const lineOf = {
  kmsg: (at: number) => `6,${1000 + at},${stampUs(at)},-;${texts[at]}\n`,
  dmesg: (at: number) => `<6>[${(stampUs(at) / 1e6).toFixed(6).padStart(12)}] ${texts[at]}\n`,
};

/** One reading of the ring: the records that it held, and how they were shown. */
interface Dump {
  readonly from: number;
  readonly to: number;
  readonly via: "kmsg" | "dmesg";
}

function recordOf({ from, to, via }: Dump, known: Parameters<typeof visitRecordOf>[1]) {
  // It was read before the record behind its newest one was written.
  const uptimeS = stampUs(to - 1) / 1e6 + 0.02;
  const sentMs = nightMs + uptimeS * 1000;
  const log = Array.from({ length: to - from }, (_, place) => lineOf[via](from + place)).join("");
  const sections: Readonly<Partial<Record<ProbeSectionName, string>>> = {
    clock: `date ${(sentMs / 1000).toFixed(9)} +0000\nuptime ${uptimeS.toFixed(2)} 9.00\n`,
    "kernel-log": log,
    "clock-after": `uptime ${uptimeS.toFixed(2)} 9.00\n`,
    proc: `proc/stat:btime ${nightMs / 1000}\nproc/sys/kernel/random/boot_id:${bootId}\nproc/sys/kernel/osrelease:6.1.0\n`,
    zone: "timezone UTC\n",
  };
  const output = {
    sections: new Map(
      Object.entries(sections).map(([name, text]) => [
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the names above
        name as ProbeSectionName,
        {
          via: name === "kernel-log" ? via : name,
          status: 0,
          bytes: new TextEncoder().encode(text),
          complaint: "",
        },
      ]),
    ),
    complete: true,
    noiseBytes: 0,
  };
  const value = { output, refusal: null, complaints: [], sentMs, receivedMs: sentMs + 200 };
  const reading = { target, address: null, tookMs: 300, ok: true as const, value, kept: null };
  return visitRecordOf(reading, known, sentMs + 250);
}

/**
 * What the store holds of deaths; when and by which run they came is another story in another order. So is how close their
 * time is known: a record that the reading before did not have is younger than that one, whichever it was.
 */
async function contentOf(store: Store): Promise<unknown> {
  const incidents = await gather(store.incidents(everything));
  return Promise.all(
    incidents.map(async (incident) => {
      const { host, reportId, time, stampUs: stamp } = incident;
      const report = reportId === null ? null : await store.findReport(host, reportId);
      const trueMs = nightMs + (stamp ?? Number.NaN) / 1000;
      expect(Math.abs((time.atMs ?? Number.NaN) - trueMs)).toBeLessThanOrEqual((time.errorS ?? 0) * 1000);
      return Object.assign(incident, {
        id: null,
        time: null,
        firstSeenMs: null,
        run: null,
        report: withoutPrefix(report),
      });
    }),
  );
}

/** Of two equally full readings the first stays: its lines stand as that carrier printed them. */
function withoutPrefix(report: ReportDetail | null): unknown {
  const lines = report?.lines.map((line) => line.replace(/^(?:\d+,\d+,\d+,-;|<\d>\[ *[\d.]+\] )/, ""));
  return { ...report, lines };
}

async function collect(dumps: readonly Dump[]): Promise<unknown> {
  const { store } = await temporaryStore();
  for (const dump of dumps) {
    const run = await store.startRun({ label: null, startedMs: nightMs, selected: 1 });
    await store.saveVisit(run, recordOf(dump, await store.knownBoots("web01")));
  }
  return contentOf(store);
}

test("fifty overlapping readings of one ring give the same history in any order", async () => {
  const ring = 110;
  const dump = fc.record({ end: fc.integer({ min: 5, max: texts.length }), kmsg: fc.boolean() });
  const dumps = fc.array(dump, { minLength: 50, maxLength: 50 });
  const orders = fc.array(fc.nat(), { minLength: 50, maxLength: 50 });
  await fc.assert(
    fc.asyncProperty(dumps, orders, async (drawn, order) => {
      // Wherever else they end, some readings show each report whole.
      const ends = [
        ...drawn.map(({ end }) => end).slice(0, 42),
        60,
        100,
        140,
        180,
        200,
        220,
        240,
        texts.length,
      ];
      const all = ends.map((to, at): Dump => ({
        from: Math.max(0, to - ring),
        to,
        via: drawn[at]?.kmsg ? "kmsg" : "dmesg",
      }));
      const shuffled = all
        .map((one, place) => [one, order[place] ?? 0] as const)
        .toSorted(([, one], [, other]) => one - other)
        .map(([one]) => one);
      const content = await collect(all);
      expect(content).toHaveLength(8);
      expect(await collect(shuffled)).toEqual(content);
    }),
    { seed: 20_261_123, numRuns: 4 },
  );
}, 120_000);

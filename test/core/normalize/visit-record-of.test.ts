import { describe, expect, test } from "vitest";
import type { KnownBoot, ProbeSectionName } from "@inquest/core";
import type { HostFailure } from "../../../packages/core/src/model/host-result.ts";
import type { HostReading } from "../../../packages/core/src/model/host-reading.ts";
import type { ProbeAnswer } from "../../../packages/core/src/model/probe-output.ts";
import { visitRecordOf } from "../../../packages/core/src/normalize/visit-record-of.ts";

const sentMs = Date.parse("2026-11-23T03:00:00.000Z");
const receivedMs = sentMs + 400;
const endedMs = receivedMs + 100;
const bootId = "6f1c2b7e-5a0d-4c9e-9b3e-2d7f00c1a5e4";

const target = {
  host: "web01",
  name: "web01.example.net",
  address: null,
  jump: null,
  identityFile: null,
  user: "ops",
  port: 2222,
  groups: ["web"],
  origin: "-w",
};

const kill = (pid: number): string =>
  `Out of memory: Killed process ${pid} (java) total-vm:800kB, anon-rss:600kB, file-rss:4kB, shmem-rss:0kB, UID:1000 pgtables:8kB oom_score_adj:0`;

/** A host 10,000 s after its boot whose clock is right, but for `aheadS`. */
function healthy(aheadS = 0): Readonly<Record<string, string>> {
  const dateS = (sentMs + 200) / 1000 + aheadS;
  const bootS = Math.floor(dateS - 10_000);
  return {
    clock: `self-stat 41 (sh) R 1 41 41 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 1000000 0 0\ndate ${dateS.toFixed(9)} +0800\nuptime 10000.00 9.00\n`,
    "clock-after": "uptime 10000.10 9.00\n",
    "kernel-log": `6,0,0,-;Linux version 6.1.0\n3,1,9000000000,-;${kill(4711)}\n`,
    uptime: " 11:00:00 up  2:46,  1 user,  load average: 0.20, 0.10, 0.05\n",
    proc: `proc/stat:btime ${bootS}\nproc/vmstat:oom_kill 3\nproc/meminfo:MemTotal: 16330996 kB\nproc/sys/kernel/random/boot_id:${bootId}\nproc/sys/kernel/osrelease:6.1.0-44-amd64\nsys/devices/system/cpu/online:0-3\n`,
    zone: "localtime /usr/share/zoneinfo/Asia/Shanghai\n",
    ps: "    PID    PPID   UID USER        RSS    VSZ                  STARTED COMMAND         COMMAND\n   4711       1  1000 alice     15288  45396 Mon Nov 23 02:00:00 2026 java            java -jar a.jar\n",
  };
}

/** The answer of a host; a section that is null did not come. */
function answerOf(
  changes: Readonly<Partial<Record<ProbeSectionName, string | null>>> = {},
  about: Partial<Omit<ProbeAnswer, "output">> & {
    readonly complete?: boolean;
    readonly aheadS?: number;
  } = {},
): ProbeAnswer {
  const { complete = true, aheadS = 0, ...others } = about;
  const texts = Object.entries({ ...healthy(aheadS), ...changes }) as [ProbeSectionName, string | null][];
  const sections = texts.flatMap(([name, text]) =>
    text === null
      ? []
      : ([
          [
            name,
            {
              via: name === "kernel-log" ? "kmsg" : name,
              status: 0,
              bytes: new TextEncoder().encode(text),
              complaint: "",
            },
          ],
        ] as const),
  );
  return {
    output: { sections: new Map(sections), complete, noiseBytes: 0 },
    refusal: null,
    complaints: [],
    sentMs,
    receivedMs,
    ...others,
  };
}

const whole = { target, address: "192.0.2.1:22", tookMs: 900 } as const;
const readingOf = (answer: ProbeAnswer): HostReading => ({ ...whole, ok: true, value: answer, kept: null });
const failed = (failure: HostFailure, kept: ProbeAnswer | null = null): HostReading => ({
  ...whole,
  ok: false,
  failure,
  kept,
});
const visitTo = (reading: HostReading, known: readonly KnownBoot[] = []) =>
  visitRecordOf(reading, known, endedMs);

describe("a host that was read", () => {
  const record = visitTo(readingOf(answerOf()));

  test("is placed in time by the collector's clock", () => {
    expect(record.visit).toMatchObject({ startedMs: endedMs - 900, endedMs, address: "192.0.2.1:22" });
  });

  test("tells its figures, and null where it tells none", () => {
    expect(record.visit).toMatchObject({
      state: "ok",
      reason: null,
      uptimeS: 10_000,
      load1: 0.2,
      kernel: "6.1.0-44-amd64",
      cpus: 4,
      ramTotalKiB: 16_330_996,
      swapTotalKiB: null,
      oomKillCount: 3,
      zone: "Asia/Shanghai",
      utcOffsetS: 28_800,
      clockDiffS: null,
      bootId,
    });
  });

  test("covers its log from the first record on", () => {
    expect(record.visit.coverage).toMatchObject({
      via: "kmsg",
      records: 2,
      firstSeq: 0,
      lastSeq: 1,
      fromBoot: true,
      continuity: "first-contact",
    });
    const fromMs = record.visit.coverage?.fromMs ?? 0;
    expect(Math.abs(fromMs - (sentMs + 200 - 10_000_000))).toBeLessThan(5000);
  });

  test("keeps the processes, the raw sections and the death", () => {
    expect(record.snapshot?.processes).toMatchObject([{ pid: 4711, user: "alice" }]);
    expect(record.evidence.map(({ section }) => section).toSorted()).toEqual(
      ["clock", "clock-after", "kernel-log", "proc", "ps", "uptime", "zone"].toSorted(),
    );
    expect(record.sightings).toMatchObject([
      { incident: { victim: { pid: 4711, user: "alice" }, confirmed: true } },
    ]);
    expect(record.reports[0]?.lines).toEqual([`3,1,9000000000,-;${kill(4711)}`]);
  });
});

describe("a host that was not read", () => {
  test("has its reason and no figure at all when nothing came", () => {
    const { visit, ...rest } = visitTo(failed({ state: "auth", reason: "Permission denied (publickey)" }));
    expect(visit).toMatchObject({ state: "auth", reason: "Permission denied (publickey)", load1: null });
    expect(rest).toEqual({
      boot: null,
      anchors: [],
      sightings: [],
      schedules: null,
      reports: [],
      snapshot: null,
      evidence: [],
    });
  });

  test("keeps its uptime and processes where only the kernel log is refused", () => {
    const refusal = { state: "no-permission", reason: "dmesg: Operation not permitted" } as const;
    const record = visitTo(readingOf(answerOf({ "kernel-log": "" }, { refusal })));
    expect(record.visit).toMatchObject({ ...refusal, uptimeS: 10_000, coverage: null, boot: null });
    expect(record.snapshot?.processes).toHaveLength(1);
    expect(record.sightings).toEqual([]);
  });

  test("tells of kills that user space wrote in the kernel's words, and counts none", () => {
    const spoof =
      "11,9,5000000,-;Out of memory: Killed process 6 (x) total-vm:1kB, anon-rss:1kB, file-rss:0kB\n";
    const { visit, sightings } = visitTo(readingOf(answerOf({ "kernel-log": spoof })));
    expect(sightings).toEqual([]);
    expect(visit.complaints).toEqual(["kernel-log: kills told by user space and refused: 1"]);
  });

  test("is unparsed where its log has a form that is not known", () => {
    const text = "\u001F\u0000\u0001\u0000\u0002Killed process 3\u0000\u0000\n";
    const { visit } = visitTo(readingOf(answerOf({ "kernel-log": text })));
    expect(visit.state).toBe("unparsed");
    expect(visit.coverage).toBeNull();
  });

  test("is not a good visit when the answer ends before its end", () => {
    const { visit, sightings } = visitTo(readingOf(answerOf({ ps: null }, { complete: false })));
    expect([visit.state, visit.coverage]).toEqual(["command-failed", null]);
    expect(sightings).toHaveLength(1);
  });

  test("tells no death by a line that was cut off on its way: its numbers may be half of a number", () => {
    const text = `6,0,0,-;Linux version 6.1.0\n3,1,9000000000,-;${kill(1)}\n3,2,9000000001,-;Killed process 47`;
    const cut = answerOf({ "kernel-log": text }, { complete: false });
    const section = cut.output.sections.get("kernel-log");
    const sections = new Map(cut.output.sections);
    if (section !== undefined) sections.set("kernel-log", { ...section, status: null });
    const failure = { state: "output-limit", reason: "more than 512 bytes of output" } as const;
    const record = visitTo(failed(failure, { ...cut, output: { ...cut.output, sections } }));
    expect(record.sightings.map(({ incident }) => incident.victim.pid)).toEqual([1]);
    expect(record.boot).toMatchObject({ lastSeq: 1 });
  });

  test("keeps the deaths it had told of before it failed, and claims no coverage", () => {
    const failure = { state: "timeout-command", reason: "Timed out after 60 s" } as const;
    const record = visitTo(failed(failure, answerOf({ ps: null, zone: null }, { complete: false })));
    expect(record.visit).toMatchObject({ ...failure, coverage: null, uptimeS: 10_000 });
    expect(record.sightings).toHaveLength(1);
    expect(record.snapshot).toBeNull();
    expect(record.evidence.map(({ section }) => section)).toContain("kernel-log");
  });
});

describe("how one visit joins the one before", () => {
  const ring = (from: number, to: number): string =>
    Array.from(
      { length: to - from + 1 },
      (_, at) => `6,${from + at},${(from + at) * 1_000_000},-;line\n`,
    ).join("");
  const first = visitTo(readingOf(answerOf({ "kernel-log": ring(100, 200) })));
  const known = first.boot === null ? [] : [first.boot];

  test("a ring that does not reach back to the boot is truncated at first contact", () => {
    expect(first.visit.state).toBe("ok-truncated");
  });

  test("and whole once it joins", () => {
    const second = visitTo(readingOf(answerOf({ "kernel-log": ring(150, 250) })), known);
    expect(second.visit).toMatchObject({ state: "ok", coverage: { continuity: "complete", lostRecords: 0 } });
  });

  test("and truncated again when it has run over, with the number of the lost", () => {
    const second = visitTo(readingOf(answerOf({ "kernel-log": ring(211, 250) })), known);
    expect(second.visit).toMatchObject({
      state: "ok-truncated",
      coverage: { continuity: "lost", lostRecords: 10 },
    });
  });

  test("a reading that was cut short does not make forget how far the log was known", () => {
    const failure = { state: "output-limit", reason: "more than 512 KiB" } as const;
    const cut = visitTo(
      failed(failure, answerOf({ "kernel-log": ring(100, 150) }, { complete: false })),
      known,
    );
    expect(cut.boot).toMatchObject({ lastSeq: 200, lastStampUs: 200_000_000 });
    const after = visitTo(
      readingOf(answerOf({ "kernel-log": ring(180, 300) })),
      cut.boot === null ? [] : [cut.boot],
    );
    expect(after.visit).toMatchObject({ state: "ok", coverage: { lostRecords: 0 } });
  });

  describe("when the answer was cut off before the host named its boot", () => {
    const failure = { state: "interrupted", reason: "interrupted" } as const;
    const cutAfter = (log: string): HostReading =>
      failed(failure, answerOf({ "kernel-log": log, proc: null, zone: null, ps: null }, { complete: false }));

    test("a log that holds what is known keeps its boot, and adds its deaths to it", () => {
      const { boot, sightings } = visitTo(cutAfter(`${ring(190, 210)}3,211,211000000,-;${kill(2)}\n`), known);
      expect(boot).toMatchObject({ boot: bootId, bootId, lastSeq: 211 });
      expect(sightings).toMatchObject([{ incident: { victim: { pid: 2 }, bootId } }]);
    });

    test("an older part of it tells no death a second time, under another boot", () => {
      const { visit, boot, sightings, evidence } = visitTo(
        cutAfter(`3,90,90000000,-;${kill(2)}\n${ring(100, 150)}`),
        known,
      );
      expect([visit.state, boot, sightings]).toEqual(["interrupted", null, []]);
      expect(evidence.map(({ section }) => section)).toContain("kernel-log");
    });

    test("a first contact is kept, and joined by the whole log later", () => {
      const cut = visitTo(cutAfter(`3,90,90000000,-;${kill(2)}\n${ring(100, 150)}`));
      const joined = visitTo(
        readingOf(answerOf({ "kernel-log": `3,90,90000000,-;${kill(2)}\n${ring(100, 300)}` })),
        cut.boot === null ? [] : [cut.boot],
      );
      expect(joined.sightings[0]?.incident.id).toBe(cut.sightings[0]?.incident.id);
      expect(joined.boot).toMatchObject({ boot: cut.boot?.boot, bootId });
    });
  });

  test("a death that was told before has the key it had", () => {
    const both = `${ring(100, 200)}3,201,201000000,-;${kill(1)}\n`;
    const before = visitTo(readingOf(answerOf({ "kernel-log": both })));
    const later = visitTo(
      readingOf(answerOf({ "kernel-log": `3,201,201000000,-;${kill(1)}\n${ring(202, 400)}` })),
      before.boot === null ? [] : [before.boot],
    );
    expect(later.sightings[0]?.keys[0]).toBe(before.sightings[0]?.keys[0]);
    expect(later.sightings[0]?.incident.id).toBe(before.sightings[0]?.incident.id);
  });
});

describe("a host whose clock is wrong", () => {
  test.each([
    ["an hour ahead", 3600],
    ["an hour behind", -3600],
  ])("by %s: the difference is told, and no death is in the future", (_, aheadS) => {
    const record = visitTo(readingOf(answerOf({}, { aheadS })));
    expect(Math.abs((record.visit.clockDiffS ?? 0) - aheadS)).toBeLessThan(2);
    const atMs = record.sightings[0]?.incident.time.atMs ?? Infinity;
    expect(atMs).toBeLessThan(receivedMs);
  });

  test("by years: a death of a moment ago is still not in the future", () => {
    const log = `6,0,0,-;Linux version 6.1.0\n3,1,9999900000,-;${kill(1)}\n`;
    const record = visitTo(readingOf(answerOf({ "kernel-log": log }, { aheadS: 4e8 })));
    expect(record.sightings[0]?.incident.time.atMs ?? Infinity).toBeLessThanOrEqual(receivedMs);
  });

  test("by stamps beyond every uptime: only the order is known", () => {
    const log = `6,0,0,-;Linux version 6.1.0\n3,1,28039610565138,-;${kill(1)}\n`;
    const record = visitTo(readingOf(answerOf({ "kernel-log": log })));
    expect(record.sightings[0]?.incident).toMatchObject({
      time: { atMs: null, errorS: null, method: "ordered-only" },
      stampUs: 28_039_610_565_138,
    });
  });
});

describe("login names", () => {
  const psWith = (uid: number, user: string): string =>
    `    PID    PPID   UID USER        RSS    VSZ                  STARTED COMMAND         COMMAND\n      9       1  ${uid} ${user}     15288  45396 Mon Nov 23 02:00:00 2026 java            java\n`;

  test.each([
    ["is cut by ps", "verylon+"],
    ["is only the number again", "1000"],
  ])("a name that %s is no name", (_, user) => {
    const record = visitTo(readingOf(answerOf({ ps: psWith(1000, user) })));
    expect(record.sightings[0]?.incident.victim).toMatchObject({ uid: 1000, user: null });
  });
});

describe("the clock of a boot", () => {
  const later = (log: string): ReturnType<typeof visitTo> => {
    const first = visitTo(readingOf(answerOf()));
    return visitTo(readingOf(answerOf({ "kernel-log": log })), first.boot === null ? [] : [first.boot]);
  };
  const first = `6,0,0,-;Linux version 6.1.0\n3,1,9000000000,-;${kill(4711)}\n`;

  test("is anchored by the uptime and the end of the log", () => {
    const { anchors, boot } = visitTo(readingOf(answerOf()));
    expect(anchors.map(({ kind, stampS }) => [kind, stampS])).toEqual([
      ["ceiling", 9000],
      ["uptime", 10_000],
    ]);
    expect(boot).toMatchObject({ readMs: sentMs + 200, drift: 1e-4 });
  });

  test("has a floor under the first record that the reading before did not have", () => {
    const floors = (log: string) => later(log).anchors.filter(({ kind }) => kind === "floor");
    expect(floors(`${first}6,2,9500000000,-;eth0: up\n`)).toMatchObject([
      { stampS: 9500, loMs: sentMs + 200, hiMs: Infinity },
    ]);
    // What the ring has lost since was younger, too.
    expect(floors("6,9,9600000000,-;eth0: up\n")).toMatchObject([{ stampS: 9600, loMs: sentMs + 200 }]);
    expect(floors(first)).toEqual([]);
  });

  test("has no floor after a reading that was cut off", () => {
    const cut = visitTo(failed({ state: "output-limit", reason: "too much" }, answerOf()));
    expect(cut.boot).toMatchObject({ lastStampUs: 9_000_000_000, readMs: null });
  });

  test("is set by audit, and by what the journal says of the same record", () => {
    const epochS = (sentMs + 200) / 1000 - 1000.05;
    const audit = `5,2,9000000500,-;audit: type=1326 audit(${epochS.toFixed(3)}:7): auid=0\n`;
    const entry = {
      __REALTIME_TIMESTAMP: String(Math.round((epochS + 0.4) * 1e6)),
      _SOURCE_MONOTONIC_TIMESTAMP: "9000000000",
      _BOOT_ID: bootId.replaceAll("-", ""),
      _TRANSPORT: "kernel",
      PRIORITY: "3",
      SYSLOG_IDENTIFIER: "kernel",
      MESSAGE: kill(4711),
    };
    const { anchors, sightings } = visitTo(
      readingOf(answerOf({ "kernel-log": first + audit, journal: `${JSON.stringify(entry)}\n` })),
    );
    expect(anchors.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["audit", "journal"]));
    expect(sightings.map(({ incident }) => incident.time.method)).toEqual(["exact", "exact"]);
  });
});

describe("what starts by the clock", () => {
  const crontab = "./etc/crontab:3:20 2 * * * root /opt/backup\n./etc/crontab:4:nonsense\n";

  test("is read from the crontabs, and a line that is not understood is told", () => {
    const { schedules, visit, evidence } = visitTo(readingOf(answerOf({ schedules: crontab })));
    expect(schedules).toMatchObject([{ source: "/etc/crontab:3", user: "root", command: "/opt/backup" }]);
    expect(visit.complaints).toEqual(["schedules: not understood: /etc/crontab:4"]);
    expect(evidence.map(({ section }) => section)).toContain("schedules");
  });

  test("is not known where it was not read, and nothing where there is none", () => {
    const refused = { complaints: ["schedules: awk: not found"] };
    expect(visitTo(readingOf(answerOf({}))).schedules).toBeNull();
    expect(visitTo(readingOf(answerOf({ schedules: "" }, refused))).schedules).toBeNull();
    expect(visitTo(readingOf(answerOf({ schedules: "" }))).schedules).toEqual([]);
  });
});

import { describe, expect, test } from "vitest";
import type { KnownBoot, Visit } from "@inquest/core";
import { rebootSightingOf } from "../../../packages/core/src/normalize/reboot-sighting.ts";
import { visitRecordOf } from "../../../packages/core/src/normalize/visit-record-of.ts";

const hourMs = 3_600_000;
/** The visit that finds the new boot. */
const visitMs = Date.parse("2026-11-23T03:00:00Z");
const oldId = "11111111-5a0d-4c9e-9b3e-2d7f00c1a5e4";
const newId = "22222222-5a0d-4c9e-9b3e-2d7f00c1a5e4";
const target = {
  host: "web01",
  name: "web01",
  address: null,
  jump: null,
  identityFile: null,
  user: null,
  port: null,
  groups: ["web"],
  origin: "-w",
};

/** The boot that was last seen two hours before. */
const old: KnownBoot = {
  boot: oldId,
  bootId: oldId,
  bootAtMs: visitMs - 900 * hourMs,
  lastStampUs: 5e12,
  lastSeq: 7000,
  readMs: null,
  drift: null,
  tail: [],
  visitedMs: visitMs - 2 * hourMs,
  lastWords: null,
  lateKills: [],
};
const fresh: KnownBoot = { ...old, boot: newId, bootId: newId, visitedMs: null };
const visit: Pick<
  Visit,
  "bootAtMs" | "uptimeS" | "startedMs" | "zone" | "utcOffsetS" | "clockDiffS" | "kernel"
> = {
  bootAtMs: visitMs - hourMs,
  uptimeS: 3600,
  startedMs: visitMs,
  zone: "Asia/Shanghai",
  utcOffsetS: 28_800,
  clockDiffS: null,
  kernel: "6.1.0",
};
const nothing = { words: null, lastMs: null };
const reboot = (changes: Partial<Parameters<typeof rebootSightingOf>[0]> = {}) =>
  rebootSightingOf({ target, boot: fresh, known: [old], visit, end: nothing, sightings: [], ...changes });

describe("a boot that was not seen before", () => {
  test("is a reboot between the last visit and its beginning", () => {
    expect(reboot()?.incident).toMatchObject({
      kind: "reboot",
      host: "web01",
      groups: ["web"],
      bootId: oldId,
      time: { atMs: visitMs - 1.5 * hourMs + 500, errorS: 1800.5, method: "bracketed" },
      detail: "no word of a shutdown in what is known of its log",
      confirmed: true,
    });
  });

  test("has the same id whenever it is found", () => {
    expect(reboot()?.incident.id).toBe(reboot({ known: [{ ...old, lastWords: "panic: x" }] })?.incident.id);
  });

  test("is told with the last words that are known, those on the disk first", () => {
    const known = [{ ...old, lastWords: "panic: Kernel panic - not syncing: x" }];
    expect(reboot({ known })?.incident.detail).toBe("panic: Kernel panic - not syncing: x");
    const end = { words: "clean shutdown: reboot: Restarting system", lastMs: visitMs - 1.25 * hourMs };
    expect(reboot({ known, end })?.incident).toMatchObject({
      detail: "clean shutdown: reboot: Restarting system",
      time: { errorS: 450.5 },
    });
  });

  test("is linked to the kills in the 10 minutes before", () => {
    const before = visitMs - 2 * hourMs;
    const lateKills = [1, 4, 11].map((minutes) => ({ stampUs: minutes, atMs: before - minutes * 60_000 }));
    expect(reboot({ known: [{ ...old, lateKills }] })?.incident.detail).toMatch(
      /; 2 kills in the 10 min before$/,
    );
  });
});

describe("no reboot is", () => {
  test.each([
    ["a first contact", { known: [] }],
    ["a boot that was seen", { known: [{ ...fresh, visitedMs: visitMs - 9 * hourMs }, old] }],
    ["a snapshot that was put back", { boot: { ...fresh, boot: `${oldId}#2`, bootId: oldId } }],
    ["a container on a kernel that was up already", { visit: { ...visit, bootAtMs: visitMs - 3 * hourMs } }],
    ["a container that went on itself", { visit: { ...visit, uptimeS: 9 * 3600 } }],
    [
      "a log of which nothing tells what boot it is of",
      { boot: { ...fresh, bootId: null }, visit: { ...visit, bootAtMs: null, uptimeS: null } },
    ],
  ])("%s", (_title, changes) => {
    expect(reboot(changes)).toBeNull();
  });
});

test("a clock that is ahead dates no reboot after now, one that is behind none before the last visit", () => {
  const ahead = reboot({ visit: { ...visit, bootAtMs: visitMs + 9 * hourMs, clockDiffS: 36_000 } });
  expect(ahead?.incident.time.atMs).toBe(visitMs - 1.5 * hourMs + 500);
  const behind = reboot({ visit: { ...visit, bootAtMs: visitMs - 11 * hourMs, clockDiffS: -36_000 } });
  expect(behind?.incident.time.atMs).toBe(visitMs - 11.5 * hourMs + 500);
});

/** A visit to a host that booted one hour before, with these lines of syslog. */
function visitWith(files: string, known: readonly KnownBoot[]) {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const section = (via: string, text: string) => ({ via, status: 0, bytes: bytes(text), complaint: "" });
  const sections = new Map([
    ["clock", section("date", `date ${visitMs / 1000}.000000000 +0000\nuptime 3600.00 9.00\n`)],
    ["kernel-log", section("kmsg", "6,0,0,-;Linux version 6.1.0\n6,1,9000000,-;eth0: link up\n")],
    ["clock-after", section("uptime", "uptime 3600.10 9.00\n")],
    [
      "proc",
      section("grep", `proc/stat:btime ${visitMs / 1000 - 3600}\nproc/sys/kernel/random/boot_id:${newId}\n`),
    ],
    ["zone", section("files", "timezone UTC\n")],
    ["log-files", section("files", files)],
  ] as const);
  const value = {
    output: { sections, complete: true, noiseBytes: 0 },
    refusal: null,
    complaints: [],
    sentMs: visitMs - 100,
    receivedMs: visitMs + 100,
  };
  const reading = { target, address: null, tookMs: 200, ok: true as const, value, kept: null };
  return visitRecordOf(reading, known, visitMs + 100);
}

test("the files on the host's disk tell how the boot before ended, and of its storm", () => {
  const kill =
    "Out of memory: Killed process 9 (java) total-vm:8kB, anon-rss:6kB, file-rss:4kB, shmem-rss:0kB, UID:0 pgtables:8kB oom_score_adj:0";
  const files = [
    "Nov 23 01:31:00 web01 kernel: eth0: link down",
    `Nov 23 01:39:10 web01 kernel: ${kill}`,
    `Nov 23 01:39:40 web01 kernel: ${kill.replace("process 9", "process 10")}`,
    "Nov 23 01:40:00 web01 kernel: Kernel panic - not syncing: Out of memory and no killable processes...",
    "Nov 23 02:00:05 web01 kernel: Linux version 6.1.0",
    "Nov 23 02:00:06 web01 kernel: eth0: link up",
  ];
  const { sightings, boot } = visitWith(files.map((line) => `${line}\n`).join(""), [old]);
  const found = sightings.find(({ incident }) => incident.kind === "reboot")?.incident;
  expect(found?.detail).toBe(
    "panic: Kernel panic - not syncing: Out of memory and no killable processes...; 2 kills in the 10 min before",
  );
  expect(found?.time).toMatchObject({ method: "bracketed" });
  expect(found?.time.errorS).toBeLessThan(610);
  expect(boot).toMatchObject({ boot: newId, visitedMs: visitMs + 100, lastWords: null, lateKills: [] });
});

test("a reboot is found again when the evidence is read again", () => {
  const again = { ...fresh, lastStampUs: null, lastSeq: null };
  const kinds = visitWith("", [old, again]).sightings.map(({ incident }) => incident.kind);
  expect(kinds).toEqual(["reboot"]);
});

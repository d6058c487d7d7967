import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { collectFleet, visitRecordOf } from "@inquest/core";
import type { HostReading } from "@inquest/core";
import { notFound } from "../../support/file-root.ts";
import { fleetOptionsOf, targetOf } from "../../support/sshd/fleet-options-of.ts";
import type { HostFleet } from "../../support/test-fleet.ts";
import { hang, startFleet } from "../../support/test-fleet.ts";

const boot = "6,0,0,-;Linux version 5.14.0-503.el9.x86_64\n";
const kill =
  "Out of memory: Killed process 4711 (java) total-vm:800kB, anon-rss:600kB, file-rss:4kB, shmem-rss:0kB, UID:1000 pgtables:8kB oom_score_adj:0";
const forged = "@inquest:0123456789abcdef0123456789abcdef";

let fleet: HostFleet;
const readings: HostReading[] = [];

beforeAll(async () => {
  fleet = await startFleet({
    good01: { files: { "dev/kmsg": `${boot}3,1,9000000000,-;${kill}\n` } },
    forges01: {
      files: {
        "dev/kmsg": `${boot}6,1,2000000,-;a line\n${forged} close kernel-log kmsg 1\n${forged} end\n3,2,9000000000,-;${kill}\n`,
      },
    },
    stalls01: {
      files: { "dev/kmsg": `${boot}3,1,9000000000,-;${kill}\n` },
      commands: { ps: `echo half a table; ${hang}` },
    },
    nops01: { commands: { ps: notFound("ps") } },
    refuses01: { sshdConfig: ["AuthorizedKeysFile /nonexistent"] },
  });
  const targets = fleet.sshds.map(targetOf);
  const options = fleetOptionsOf(fleet, { commandMs: 4000 });
  for await (const reading of collectFleet(targets, { root: "", sudo: "auto" }, options))
    readings.push(reading);
});
afterAll(async () => fleet?.stop());

function readingOf(host: string): HostReading {
  const found = readings.filter((reading) => reading.target.host === host);
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} readings of ${host}`);
  return found[0];
}
const deathsOf = (host: string): readonly (number | null)[] =>
  visitRecordOf(readingOf(host), [], Date.now()).sightings.map(({ incident }) => incident.victim.pid);

describe("a fleet that is collected", () => {
  test("gives exactly one reading a host", () => {
    expect(readings.map(({ target }) => target.host).toSorted()).toEqual(
      fleet.sshds.map(({ name }) => name).toSorted(),
    );
  });

  test("brings a host's answer whole, between the times of our clock", () => {
    const reading = readingOf("good01");
    if (!reading.ok) throw new Error(reading.failure.reason);
    expect(reading.value).toMatchObject({ refusal: null, complaints: [], output: { complete: true } });
    expect(reading.value.sentMs).toBeLessThanOrEqual(reading.value.receivedMs);
    expect(deathsOf("good01")).toEqual([4711]);
  });

  test("believes no sentinel that a log made up", () => {
    expect(readingOf("forges01")).toMatchObject({ ok: true, value: { refusal: null } });
    expect(deathsOf("forges01")).toEqual([4711]);
  });

  test("keeps what a host had sent before its time was up", () => {
    const reading = readingOf("stalls01");
    expect(reading).toMatchObject({
      ok: false,
      failure: { state: "timeout-command" },
      kept: { refusal: null, output: { complete: false } },
    });
    const { visit, snapshot } = visitRecordOf(reading, [], Date.now());
    expect(visit).toMatchObject({ state: "timeout-command", coverage: null, load1: 0.2 });
    expect(snapshot).toBeNull();
    expect(deathsOf("stalls01")).toEqual([4711]);
  });

  test("names the section that a host cannot give, in the host's words", () => {
    const reading = readingOf("nops01");
    expect(reading.ok && reading.value.complaints).toEqual([expect.stringMatching(/^ps: .*not found/)]);
  });

  test("keeps nothing of a host that let nobody in", () => {
    expect(readingOf("refuses01")).toMatchObject({ ok: false, failure: { state: "auth" }, kept: null });
  });
});

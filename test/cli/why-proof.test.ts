import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../../packages/cli/src/run.ts";
import { memoryIo } from "../support/memory-io.ts";
import { kernelReport } from "./support/kernel-report.ts";
import type { TaskRow } from "./support/kernel-report.ts";

/** What `why` must not say: a tired reader believes every sentence. */

const nowMs = Date.parse("2026-11-23T03:00:00Z");
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "inquest-why-proof-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function ask(db: string, ...argv: readonly string[]) {
  const io = memoryIo({ env: { HOME: folder, PATH: "" }, cwd: folder, nowMs, zone: "UTC", columns: 80 });
  await run([...argv, "--db", join(folder, db)], io);
  return io.out().replaceAll(/\s+/g, " ");
}

/** What `why` says of web01 after this log. */
async function whyAfter(db: string, log: string, process: string[] = []) {
  writeFileSync(join(folder, `${db}.log`), log);
  const boot = ["--boot-time", "2026-11-20T00:00:00Z", "--tz", "UTC"];
  await ask(db, "import", "--host", "web01", ...boot, `${db}.log`);
  return ask(db, "why", "web01", ...process);
}

const java = (pages: number, pid = 502): TaskRow => [pid, 541, pages, "java"];
const sshd: TaskRow = [77, 0, 300, "sshd"];
const shopPod = "/kubepods/burstable/pod0a1b2c3d-1111-2222-3333-444455556666/" + "a".repeat(64);
const mailPod = "/kubepods/burstable/pod9f8e7d6c-1111-2222-3333-444455556666/" + "b".repeat(64);

describe("growth", () => {
  test("is not told between the tables of two cgroups: one container's java is not another's", async () => {
    const words = await whyAfter(
      "cgroups",
      kernelReport({ stampS: 9000, rows: [java(200_000), sshd], dead: java(200_000), limited: shopPod }) +
        kernelReport({
          stampS: 9030,
          rows: [java(900_000, 700), sshd],
          dead: java(900_000, 700),
          limited: mailPod,
        }),
    );
    expect(words).not.toContain("grew");
    expect(words).toContain("java (uid 541) held the most: up to 3.4 GiB");
  });

  test("is not told against a table that has lost rows", async () => {
    const pool = (count: number): readonly TaskRow[] =>
      Array.from({ length: count }, (_, at): TaskRow => [3000 + at, 48, 20_000, "php-fpm"]);
    const whole = kernelReport({ stampS: 9000, rows: [java(2500), ...pool(60)], dead: java(2500) });
    const headless = whole.split("\n").slice(40).join("\n");
    const words = await whyAfter(
      "cut",
      headless +
        kernelReport({ stampS: 9040, rows: [sshd, ...pool(60)], dead: [3000, 48, 20_000, "php-fpm"] }),
    );
    expect(words).toMatch(/^2 processes died/);
    expect(words).not.toContain("grew");
  });

  test("of a small one is told beside who held the most, and ate nothing", async () => {
    const pool = Array.from({ length: 458 }, (_, at): TaskRow => [3000 + at, 48, 22_000, "php-fpm"]);
    const rows = (pages: number): readonly TaskRow[] => [...pool, [900, 0, pages, "rsync"], java(2500)];
    const words = await whyAfter(
      "small",
      kernelReport({ stampS: 9000, rows: rows(10_000), dead: java(2500) }) +
        kernelReport({ stampS: 9020, rows: rows(60_000), dead: [3000, 48, 22_000, "php-fpm"] }),
    );
    expect(words).toContain("php-fpm (uid 48) (458 tasks) held the most: up to 38.4 GiB, 100 %");
    expect(words).toContain("rsync (uid 0) grew from 39.1 MiB to 234 MiB in 20 s.");
    expect(words).not.toContain("ate the memory");
  });
});

describe("who asked for the page", () => {
  test("is not acquitted where it bears the name of who held the memory, or of who died", async () => {
    const rows = [java(900_000), sshd, [501, 1000, 500, "view"] as const];
    const victimsName = await whyAfter(
      "thread",
      kernelReport({ stampS: 9000, rows, dead: java(900_000), trigger: "java" }),
    );
    expect(victimsName).toContain(
      "It was java that asked for the page: a thread of the victim, or another of its name.",
    );
    const holdersName = await whyAfter(
      "holder",
      kernelReport({ stampS: 9000, rows, dead: [501, 1000, 500, "view"], trigger: "java" }),
    );
    expect(holdersName).toContain("It was java that asked for the page.");
    for (const words of [victimsName, holdersName]) expect(words).not.toContain("neither victim");
  });
});

describe("deaths", () => {
  const rows = [java(900_000), sshd];
  const announced = kernelReport({ stampS: 9020, rows, dead: java(800_000, 600), isTold: false });

  test("that are only announced are not counted among those who died", async () => {
    const words = await whyAfter(
      "announced",
      kernelReport({ stampS: 9000, rows, dead: java(900_000) }) + announced,
    );
    expect(words).toMatch(/^java \[502\] was killed for memory by the kernel on web01/);
    expect(words).toContain("1 more kill is announced, and the line that says who died is missing.");
  });

  test("of which all are only announced are said to be", async () => {
    const second = kernelReport({ stampS: 9050, rows, dead: java(800_000, 601), isTold: false });
    expect(await whyAfter("none", announced + second)).toMatch(
      /^2 processes were to be killed on web01 within 30 s: 2 java\./,
    );
  });
});

test("a log that has only the head of a report does not tell whom it killed", async () => {
  const report = kernelReport({ stampS: 9000, rows: [], dead: java(900_000), isTold: false });
  const words = await whyAfter("head", report.split("\n")[0] ?? "");
  expect(words).toMatch(/^The OOM killer ran on web01, .*: the log does not tell whom it killed\./);
});

test("a table without the victim is said to have lost rows", async () => {
  const words = await whyAfter("rows", kernelReport({ stampS: 9000, rows: [sshd], dead: java(900_000) }));
  expect(words).toContain("100 % of what the one listed task held");
  expect(words).toContain("But rows of that table are lost: java [502] is not among them.");
});

test("a task that hung is not called dead, and a panic is told beside the kills", async () => {
  const hung = "[ 9000.000000] INFO: task jbd2/vda1-8:404 blocked for more than 120 seconds.\n";
  expect(await whyAfter("hung", hung)).toMatch(/^jbd2\/vda1-8 \[404\] hung on web01/);
  const kill = kernelReport({ stampS: 9050, rows: [java(900_000)], dead: java(900_000) });
  const words = await whyAfter("both", hung + kill);
  expect(words).toMatch(/^java \[502\] was killed for memory by the kernel on web01/);
  expect(words).toContain("The log also tells of 1 hung-task.");
});

describe("what had run out", () => {
  const saved = (name: string): string =>
    readFileSync(new URL(`../fixtures/oom/${name}.log`, import.meta.url), "utf8");
  test.each([
    ["a hand", "4.1--by-hand-before-order", "Somebody asked the kernel for this kill by hand (sysrq f)"],
    [
      "pieces",
      "2.6.31-x86--fragmentation",
      "Memory was free, but in pieces too small for what was asked: order",
    ],
    ["a zone", "2.6.19-x86--low-zone", "Not the whole machine had run out but one zone of its memory:"],
    [
      "a cpuset",
      "4.19-el8--cpuset",
      "Not the whole machine had run out but the memory nodes that a cpuset allows.",
    ],
  ])("is told by its report: %s", async (_, name, sentence) => {
    const words = await whyAfter(name, saved(name));
    expect(words).toContain(sentence);
    expect(words).not.toMatch(/(?<!Not )[Tt]he whole machine had run out|ate the memory/);
  });

  test("the cgroup is told with the pod and the container that its path names", async () => {
    const words = await whyAfter(
      "pod",
      kernelReport({ stampS: 9000, rows: [java(900_000)], dead: java(900_000), limited: shopPod }),
    );
    expect(words).toContain("Kubernetes pod 0a1b2c3d-1111-2222-3333-444455556666, QoS burstable");
  });
});

describe("a crowd", () => {
  const crowd = Array.from({ length: 40 }, (_, at): TaskRow => [3000 + at, at % 3, 200, "crond"]);
  const crowded = kernelReport({ stampS: 9000, rows: [java(2500), sshd, ...crowd], dead: java(2500) });
  const importPs = async (db: string, lines: string, takenAt: string) => {
    writeFileSync(join(folder, `${db}.ps`), `  PID USER     COMMAND\n${lines}`);
    await ask(
      db,
      "import",
      "--host",
      "web01",
      "--format",
      "ps",
      "--captured-at",
      takenAt,
      "--tz",
      "UTC",
      `${db}.ps`,
    );
  };

  test("of a host whose table has the pids of its ps is its own, whenever that ps was", async () => {
    await importPs(
      "own",
      "    1 root     /sbin/init\n   77 root     sshd\n  502 app      java\n",
      "2026-11-20T01:00:00Z",
    );
    const words = await whyAfter("own", crowded);
    expect(words).toContain(
      "the ps of web01 90 min before shows 0, and 2 tasks of the table under the same pid: the crowd is this host's own.",
    );
    expect(words).not.toContain("guest");
  });

  test("is no guest's where the ps, of another boot, shows all the others by name", async () => {
    await importPs(
      "boot",
      "    1 root     /sbin/init\n   90 root     sshd\n  666 app      java\n",
      "2026-11-19T01:00:00Z",
    );
    const words = await whyAfter("boot", crowded);
    expect(words).toContain("the ps of web01 26 h before shows 0.");
    expect(words).not.toContain("guest");
  });
});

test("what comes back is said of a death only where it is one of those", async () => {
  const night = (day: number, hour: number, pid: number) =>
    kernelReport({
      stampS: day * 86_400 + hour * 3600,
      rows: [java(900_000, pid)],
      dead: java(900_000, pid),
    });
  const log = [0, 1, 2].map((day) => night(day, 2.5, 500 + day)).join("");
  writeFileSync(join(folder, "nights.log"), log + night(2, 14, 900));
  await ask(
    "nights",
    "import",
    "--host",
    "web01",
    "--boot-time",
    "2026-11-20T00:00:00Z",
    "--tz",
    "UTC",
    "nights.log",
  );
  const noon = await ask("nights", "why", "web01");
  expect(noon).toContain("Other deaths on web01 come back: ");
  expect(noon).not.toContain("It comes back");
  expect(await ask("nights", "why", "web01", "--at", "02:30")).toContain("It comes back: ");
});

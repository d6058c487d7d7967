import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../../packages/cli/src/run.ts";
import type { MemoryWorld } from "../support/memory-io.ts";
import { memoryIo } from "../support/memory-io.ts";
import type { HostFleet } from "../support/test-fleet.ts";
import { startFleet } from "../support/test-fleet.ts";

let folder: string;
let stores = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inquest-import-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const nowMs = Date.parse("2026-11-23T03:00:00Z");

interface Row {
  readonly id: string;
  readonly kind: string;
  readonly host: string;
  readonly at: string | null;
  readonly at_error_s: number | null;
  readonly at_method: string;
  readonly at_local: string | null;
  readonly utc_offset: string | null;
  readonly detail: string | null;
  readonly sources: readonly string[];
  readonly report_grade: string | null;
  readonly task_count: number | null;
  readonly trigger: { readonly name: string } | null;
  readonly victim: { readonly pid: number | null; readonly name: string | null; readonly uid: number | null };
}

interface FileRow {
  readonly file: string;
  readonly format: string | null;
  readonly host: string | null;
  readonly lines: number | null;
  readonly new_incidents: number;
  readonly known_incidents: number;
  readonly gaps: readonly string[];
}

/** A store of its own, and commands that ask it. */
function newStore() {
  stores += 1;
  const db = join(folder, `store-${stores}.db`);
  const ask = async (words: readonly string[], world: MemoryWorld = {}) => {
    const io = memoryIo({ cwd: folder, nowMs, zone: "UTC", ...world });
    const code = await run([...words, "--db", db], io);
    return { code, out: io.out(), err: io.err() };
  };
  return {
    ask,
    import: async (...words: readonly string[]) => {
      const { code, out, err } = await ask(["import", ...words, "-o", "json"]);
      const json =
        out === ""
          ? null
          : (JSON.parse(out) as {
              files: readonly FileRow[];
              new_incidents: number;
              known_incidents: number;
            });
      return {
        code,
        err,
        files: json?.files ?? [],
        fresh: json?.new_incidents,
        known: json?.known_incidents,
      };
    },
    incidents: async (...words: readonly string[]) =>
      JSON.parse((await ask(["incidents", "-o", "json", ...words])).out || "[]") as readonly Row[],
  };
}

const save = async (name: string, content: string | Uint8Array, modified?: string): Promise<string> => {
  const path = join(folder, name);
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(path, content);
  const at = Date.parse(modified ?? "2026-11-23T02:00:00Z") / 1000;
  await utimes(path, at, at);
  return name;
};

const kill = (pid: number, name = "java"): string =>
  `Out of memory: Killed process ${pid} (${name}) total-vm:800${pid}kB, anon-rss:600kB, file-rss:4kB, shmem-rss:0kB, UID:1000 pgtables:8kB oom_score_adj:0`;

describe("a saved dmesg", () => {
  test("has no times of its own: --boot-time gives them, with an error that grows with the stamp", async () => {
    const file = await save(
      "web01.dmesg.log",
      `[    1.000000] Linux version 6.1.0\n[86400.500000] ${kill(4711)}\n`,
    );
    const plain = newStore();
    const undated = await plain.import("--host", "web01", file);
    expect([undated.code, undated.fresh]).toEqual([0, 1]);
    expect(undated.files[0]?.gaps.join()).toContain("--boot-time");
    expect((await plain.incidents())[0]).toMatchObject({
      at: null,
      at_method: "ordered-only",
      host: "web01",
    });

    const dated = newStore();
    await dated.import("--host", "web01", "--boot-time", "2026-11-20T02:30:00Z", file);
    expect((await dated.incidents())[0]).toMatchObject({
      at: "2026-11-21T02:30:00.500Z",
      at_method: "imported",
      sources: ["import"],
      victim: { pid: 4711, name: "java", uid: 1000 },
    });
  });

  test("is known again, as a file and as another carrier of the same records", async () => {
    const stamped = [`[  500.000001] ${kill(1)}`, `[  900.000001] ${kill(2)}`];
    const dmesg = await save("again/db01.txt", `${stamped.join("\n")}\n`);
    const syslog = await save(
      "again/messages",
      stamped.map((line, at) => `Nov 22 02:3${at}:00 db01 kernel: ${line}\n`).join(""),
    );
    const store = newStore();
    expect((await store.import(dmesg)).fresh).toBe(2);
    expect(await store.import(dmesg)).toMatchObject({ fresh: 0, known: 2 });
    expect(await store.import(syslog)).toMatchObject({ fresh: 0, known: 2 });
    const rows = await store.incidents();
    expect(rows.map(({ at }) => at?.slice(0, 16))).toEqual(["2026-11-22T02:29", "2026-11-22T02:30"]);
  });

  test("keeps a death of the same pid ten minutes later apart, on a carrier without stamps", async () => {
    const lines = ["02:30:00", "02:40:30"].map((time) => `Nov 22 ${time} db01 kernel: ${kill(7)}\n`);
    const store = newStore();
    expect((await store.import(await save("twice/messages", lines.join("")))).fresh).toBe(2);
  });
});

describe("a syslog", () => {
  const lines = [
    `Dec 31 23:59:58 web01 kernel: ${kill(11)}`,
    `Jan  1 00:00:02 web02 kernel: ${kill(12)}`,
    `Jan  1 00:00:03 web02 dockerd[812]: kernel said: ${kill(99)}`,
  ];

  test("names its hosts, and gets its years right over New Year", async () => {
    const file = await save("messages-20260104", `${lines.join("\n")}\n`, "2026-01-04T00:00:00Z");
    const store = newStore();
    const imported = await store.import("--tz", "Asia/Shanghai", file);
    expect(imported.files.map(({ host, format }) => [host, format])).toEqual([
      ["web01", "syslog"],
      ["web02", "syslog"],
    ]);
    const rows = await store.incidents();
    expect(rows.map(({ host, at_local, victim }) => [host, at_local?.slice(0, 15), victim.pid])).toEqual([
      ["web01", "2025-12-31 23:5", 11],
      ["web02", "2026-01-01 00:0", 12],
    ]);
    expect(rows[0]?.utc_offset).toBe("+08:00");
  });

  test("gets its years right over two New Years, of hosts that begin later too, and keeps them when read again", async () => {
    const quiet = Array.from({ length: 36 }, (_, month) => {
      const name = new Date(Date.UTC(2013, month, 1)).toUTCString().slice(8, 11);
      return `${name}  5 04:00:00 web01 kernel: eth0: link is up`;
    });
    const at = (month: number, line: string): void => void (quiet[month] += `\n${line}`);
    at(10, `Nov  9 02:00:00 web01 kernel: ${kill(21)}`);
    at(13, `Feb  9 02:00:00 web02 kernel: ${kill(22)}`);
    at(13, `Feb 10 02:00:00 web01 kernel: ${kill(23)}`);
    at(35, `Dec 30 02:00:00 web01 kernel: ${kill(24)}`);
    const file = await save("years/messages", `${quiet.join("\n")}\n`, "2016-01-04T00:00:00Z");
    const store = newStore();
    expect(await store.import("--tz", "UTC", file)).toMatchObject({ fresh: 4 });
    const dates = async () =>
      (await store.incidents()).map(({ victim, at_local }) => [victim.pid, at_local?.slice(0, 10)]);
    const right = [
      [21, "2013-11-09"],
      [22, "2014-02-09"],
      [23, "2014-02-10"],
      [24, "2015-12-30"],
    ];
    expect(await dates()).toEqual(right);
    expect(await store.import("--tz", "UTC", file)).toMatchObject({ fresh: 0, known: 4 });
    expect((await store.ask(["db", "reparse"])).code).toBe(0);
    // Of more than a year without a death nothing is kept that would tell it.
    expect((await dates()).slice(0, 3)).toEqual(right.slice(0, 3));
  });

  test("says what it refused: a daemon's quote of a kill is none", async () => {
    const file = await save("quotes/messages", `${lines[2]}\n${lines[1]}\n`, "2026-01-04T00:00:00Z");
    const { fresh, files } = await newStore().import(file);
    expect(fresh).toBe(1);
    expect(files[0]?.gaps.join()).toContain("refused");
  });

  test("is read through gzip and zstd, and as far as a cut file goes", async () => {
    const text = `${lines[0]}\n`;
    const store = newStore();
    const first = await store.import(
      await save("packed/messages.1.gz", gzipSync(text), "2026-01-04T00:00:00Z"),
      await save("packed/messages.2.zst", zstdCompressSync(text), "2026-01-04T00:00:00Z"),
    );
    expect(first).toMatchObject({ code: 0, fresh: 1, known: 1 });
    const long = Array.from(
      { length: 4000 },
      (_, at) => `Jan  2 00:00:00 web01 kernel: noise ${at * 7919}\n`,
    ).join("");
    const cut = gzipSync(text + long);
    const { code, files, known } = await store.import(
      await save("packed/messages.3.gz", cut.subarray(0, cut.length - 500), "2026-01-04T00:00:00Z"),
    );
    expect([code, known]).toEqual([0, 1]);
    expect(files[0]?.gaps.join()).toContain("ends early");
  });
});

test("xz is read through, too", async () => {
  // One kill of pid 31, as xz 5.4 packs it.
  const packed =
    "/Td6WFoAAAFpIt42AgAhARwAAAAQz1jM4ACqAJNdACIZSGIBJS+hXqFOUNonv3pw/aKvsRvkvF6FG00eKTdZHtI5dhUry1c8cxhzJYe79zU8DjFIse7ctZaHbESJJTvpCU3V9Skwm6l+j1RtKg2CFUAfJTUxsn4YMwA46wvHqDtSxZDhejlhkZjurvtpxjo0DCDMLgMkPukp1VPRxaR6K1YkuRURLNMmOsH36cvXGx9qAAAAR3iCywABqwGrAQAAc+hGFj4wDYsCAAAAAAFZWg==";
  const file = await save("packed/messages.4.xz", Buffer.from(packed, "base64"), "2026-01-04T00:00:00Z");
  const store = newStore();
  expect(await store.import(file)).toMatchObject({ code: 0, fresh: 1 });
  expect((await store.incidents())[0]).toMatchObject({ host: "web01", victim: { pid: 31 } });
});

test("a report cut at a file's end is completed by the next file, whatever their order on the command line", async () => {
  const head = (second: number, text: string): string =>
    `Nov 22 02:30:0${second} app01 kernel: [ 100.00000${second}] ${text}`;
  const first = [
    head(1, "java invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0"),
    head(2, "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name"),
    head(3, "[   4711]  1000  4711   100000    50000   450560        0             0 java"),
  ];
  const second = [
    head(
      4,
      "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/,task=java,pid=4711,uid=1000",
    ),
    head(5, kill(4711)),
  ];
  const store = newStore();
  const older = await save("rotated/messages-20261122", `${first.join("\n")}\n`);
  const newer = await save("rotated/messages", `${second.join("\n")}\n`);
  expect(await store.import(newer, older)).toMatchObject({ fresh: 1, known: 0 });
  expect((await store.incidents())[0]).toMatchObject({
    task_count: 1,
    trigger: { name: "java" },
    victim: { pid: 4711 },
  });
});

test("an oomkiller.log of pgm gives what survived the grep and says what the grep threw away", async () => {
  const lines = ["web01", "web02"].flatMap((host, at) => [
    `${host}: [28039563.69557${at}] Out of memory: Kill process 40${at} (agent) score 1 or sacrifice child`,
    `${host}: [28039563.70655${at}] Killed process 17${at}, UID 12, (busvolt) total-vm:90kB, anon-rss:80kB, file-rss:7kB`,
  ]);
  const { files, fresh } = await newStore().import(await save("oomkiller.log", `${lines.join("\n")}\n`));
  expect(fresh).toBe(2);
  expect(files.map(({ host, lines: count }) => [host, count])).toEqual([
    ["web01", 2],
    ["web02", 2],
  ]);
  expect(files[0]?.gaps.join()).toContain("a grep threw Mem-Info and task tables away");
});

test("alert lines become alerts; one without a date waits for --captured-at", async () => {
  const file = await save(
    "alerts.txt",
    "2026-11-21 02:23:47 [C] shop[Z1] web040.example.net check_http (state:2)refused\n02:57:58 [C] shop[Z1] web041.example.net system (load1:240.2)\n",
  );
  const store = newStore();
  expect(await store.import("--tz", "+08:00", file)).toMatchObject({ code: 0, fresh: 2 });
  const rows = await store.incidents("--kind", "alert");
  expect(rows.map(({ host, at }) => [host, at === null])).toEqual([
    ["web040.example.net", false],
    ["web041.example.net", true],
  ]);
  expect(rows[0]?.detail).toContain("check_http");
  const dated = newStore();
  await dated.import("--tz", "+08:00", "--captured-at", "2026-11-22 03:00", file);
  const last = (await dated.incidents("--kind", "alert")).find(({ host }) => host.startsWith("web041"));
  expect(last?.at_local?.slice(0, 16)).toMatch(/^2026-11-22 02:57$/);
});

test("uptime saved near a death gives the load of the review's CSV", async () => {
  const store = newStore();
  await store.import(
    "--host",
    "web01",
    "--captured-at",
    "2026-11-21T02:31:00Z",
    await save(
      "web01.uptime.txt",
      " 02:31:00 up 12 days,  2:46,  1 user,  load average: 240.20, 10.10, 3.05\n",
    ),
  );
  await store.import(
    "--host",
    "web01",
    "--boot-time",
    "2026-11-20T02:30:00Z",
    await save("w/web01.dmesg", `[86400.500000] ${kill(4711)}\n`),
  );
  const { out } = await store.ask(["export", "csv", "incidents"]);
  expect(out).toContain(",240.2,10.1,3.05,");
});

describe("what cannot be imported", () => {
  test("a log of nobody is an error that names --host, and nothing was stored", async () => {
    const store = newStore();
    const { code, err } = await store.import(await save("dmesg.log", `[ 5.000001] ${kill(1)}\n`));
    expect([code, err]).toEqual([
      2,
      "dmesg.log: neither its lines nor its name tell a host\nhint: name the host with --host NAME\n",
    ]);
    expect(await store.incidents()).toEqual([]);
  });

  test("a file that is no log is told, and the others are read", async () => {
    const store = newStore();
    const prose = await save("odd/web09.txt", "Dear all,\nthe meeting is at ten.\n");
    const good = await save("odd/web01.txt", `[ 500.000001] ${kill(1)}\n`);
    const { code, files, fresh } = await store.import(prose, good);
    expect([code, fresh]).toEqual([5, 1]);
    expect(files.find(({ file }) => file === prose)?.gaps.join()).toContain("no kernel log");
  });

  test("a missing file, a bad pattern and a bad time are usage errors", async () => {
    const store = newStore();
    expect((await store.import("nowhere.log")).err).toContain("nowhere.log: cannot be read");
    expect((await store.import("--alert-pattern", "(?<time>x)", "x")).err).toContain('no group "host"');
    expect((await store.import("--boot-time", "soon", "x")).err).toContain('--boot-time: time "soon"');
  });
});

test("stdin is a file like others", async () => {
  const store = newStore();
  const { code } = await store.ask(["import", "--host", "web01", "-"], {
    stdin: `[ 500.000001] ${kill(1)}\n`,
  });
  expect(code).toBe(0);
  expect(await store.incidents()).toHaveLength(1);
});

test("db reparse finds the same again and changes no id", async () => {
  const store = newStore();
  await store.import(await save("re/messages", `Nov 22 02:30:00 web01 kernel: ${kill(3)}\n`));
  const before = await store.incidents();
  const { code, out } = await store.ask(["db", "reparse"]);
  expect([code, out]).toEqual([0, "1 host read again: 1 incident, 1 before, 0 changed, 0 gone\n"]);
  expect(await store.incidents()).toEqual(before);
});

describe("with a fleet", () => {
  let fleet: HostFleet;
  const ring = [
    `[    0.000000] Linux version 6.1.0`,
    `[  500.000001] ${kill(21)}`,
    `[  600.000001] ${kill(22)}`,
  ];
  const older = "Nov 21 02:30:00 live01 kernel: [  100.000001] ";

  beforeAll(async () => {
    fleet = await startFleet({
      live01: {
        files: {
          "dev/kmsg": null,
          "var/log/kern.log": `${older}${kill(20)}\nNov 21 02:36:40 live01 kernel: ${ring[1]}\n`,
        },
        commands: { dmesg: { stdout: `${ring.slice(1).join("\n")}\n` } },
      },
    });
  });
  afterAll(() => fleet.stop());

  const collect = (store: ReturnType<typeof newStore>, ...words: readonly string[]) =>
    store.ask(["collect", "-b", "-F", fleet.configFile, "-w", "live01", "-o", "json", ...words], {
      env: { HOME: folder, PATH: process.env["PATH"] ?? "" },
      nowMs: Date.now(),
    });
  const counts = (out: string) => {
    const { new_incidents, known_incidents } = JSON.parse(out) as Record<string, number>;
    return [new_incidents, known_incidents];
  };

  test("importing what collect has adds nothing, and the other way round", async () => {
    const saved = await save("live/live01.txt", `${ring.join("\n")}\n`);
    const one = newStore();
    expect(counts((await collect(one)).out)).toEqual([2, 0]);
    expect(await one.import(saved)).toMatchObject({ fresh: 0, known: 2 });
    const other = newStore();
    expect(await other.import(saved)).toMatchObject({ fresh: 2, known: 0 });
    expect(counts((await collect(other)).out)).toEqual([0, 2]);
    expect((await other.incidents()).map(({ sources }) => sources)).toEqual([
      ["collect", "import"],
      ["collect", "import"],
    ]);
  });

  test("db reparse of what was collected finds the same, with the same ids", async () => {
    const store = newStore();
    await collect(store, "--sources", "ring,files");
    const before = await store.incidents();
    const { code, out } = await store.ask(["db", "reparse"]);
    expect([code, out]).toEqual([0, "1 host read again: 3 incidents, 3 before, 0 changed, 0 gone\n"]);
    expect(await store.incidents()).toEqual(before);
  });

  test("collect --sources files closes what the ring has lost, and tells its source", async () => {
    const store = newStore();
    expect(counts((await collect(store, "--sources", "ring,files")).out)).toEqual([3, 0]);
    const rows = await store.incidents();
    expect(new Map(rows.map(({ victim, sources }) => [victim.pid, sources.join()]))).toEqual(
      new Map([
        [20, "syslog"],
        [21, "collect,syslog"],
        [22, "collect"],
      ]),
    );
  });
});

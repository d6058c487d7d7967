import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../../packages/cli/src/run.ts";
import { memoryIo } from "../support/memory-io.ts";
import { hasSharedData, readShared } from "../support/shared-data.ts";
import { oldKernelReport } from "./support/kernel-report.ts";
import type { TaskRow } from "./support/kernel-report.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "inquest-findings-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function ask(db: string, ...argv: readonly string[]) {
  const nowMs = Date.parse("2026-11-23T03:00:00Z");
  const io = memoryIo({ env: { HOME: folder, PATH: "" }, cwd: folder, nowMs, zone: "UTC", columns: 200 });
  const code = await run([...argv, "--db", join(folder, db)], io);
  return { code, out: io.out(), err: io.err() };
}

const jvm: TaskRow = [502, 541, 2500, "java"];
const hog = (pages: number): TaskRow => [501, 1000, pages, "hog"];
const boot = ["--boot-time", "2026-11-20T00:00:00Z", "--tz", "UTC"];

interface Told {
  readonly id: string;
  readonly victim: { readonly name: string; readonly user: string | null; readonly args: string | null };
  readonly suspects: readonly Readonly<Record<string, unknown>>[];
  readonly foreign_tasks: number | null;
}

async function listed(db: string, ...argv: readonly string[]): Promise<readonly Told[]> {
  return JSON.parse((await ask(db, "incidents", "-o", "json", ...argv)).out) as readonly Told[];
}

describe("two reports of one storm", () => {
  const before = oldKernelReport({ stampS: 9000, rows: [hog(300_000), jvm], dead: jvm });
  const after = oldKernelReport({ stampS: 9020, rows: [hog(900_000)], dead: hog(900_000) });
  beforeAll(() => {
    writeFileSync(join(folder, "web01.log"), before + after);
    writeFileSync(join(folder, "later.log"), after);
    writeFileSync(join(folder, "earlier.log"), before);
  });

  test("tell how much and how fast the suspect grew, in the list and in the whole", async () => {
    await ask("storm.db", "import", "--host", "web01", ...boot, "web01.log");
    const [first, second] = await listed("storm.db");
    expect(first?.suspects[0]).toMatchObject({ name: "hog", growth: null, growth_s: null });
    expect(second?.suspects[0]).toMatchObject({
      name: "hog",
      growth: 3,
      growth_from_kib: 1_200_000,
      growth_s: expect.closeTo(20, 3),
      why: expect.stringMatching(/^grew from 1\.1 GiB to 3\.4 GiB in 20 s; /),
    });
    const { out } = await ask("storm.db", "show", second?.id ?? "");
    expect(out).toContain(
      "hog (uid 1000): grew from 1.1 GiB to 3.4 GiB in 20 s; one task held up to 3.4 GiB",
    );
  });

  test("tell the same growth in whatever order they came, and after reading them again", async () => {
    await ask("turned.db", "import", "--host", "web01", ...boot, "later.log");
    expect((await listed("turned.db"))[0]?.suspects[0]).toMatchObject({ growth: null });
    await ask("turned.db", "import", "--host", "web01", ...boot, "earlier.log");
    const growths = async () => (await listed("turned.db")).map(({ suspects }) => suspects[0]?.["growth"]);
    expect(await growths()).toEqual([null, 3]);
    await ask("turned.db", "db", "reparse");
    expect(await growths()).toEqual([null, 3]);
  });

  test("say in the whole whether the victim was the one that held most", async () => {
    const [first, second] = await listed("storm.db");
    expect((await ask("storm.db", "show", first?.id ?? "")).out).toContain(
      "the victim, java, held 9.8 MiB beside 1.1 GiB of hog",
    );
    expect((await ask("storm.db", "show", second?.id ?? "")).out).toContain("the victim was the largest");
  });

  test("tell it of one death, too, when nothing else of the storm is asked for", async () => {
    const only = await listed("storm.db", "-c", "hog");
    expect(only.map(({ suspects }) => suspects[0]?.["growth"])).toEqual([3]);
  });
});

test("a table that many starters crowd says so in show, and no kernel's word of memory is needed", async () => {
  const crowd = Array.from({ length: 40 }, (_, at): TaskRow => [1000 + at, at % 3, 100, "crond"]);
  writeFileSync(
    join(folder, "crowd.log"),
    oldKernelReport({ stampS: 9000, rows: [jvm, ...crowd], dead: jvm }),
  );
  await ask("crowd.db", "import", "--host", "web02", ...boot, "crowd.log");
  const [death] = await listed("crowd.db");
  expect((await ask("crowd.db", "show", death?.id ?? "")).out).toContain(
    "40 crond of 3 users among 41 tasks: a herd of starters",
  );
  const whole = JSON.parse((await ask("crowd.db", "show", death?.id ?? "", "-o", "json")).out) as unknown;
  expect(whole).toMatchObject({ herd: { name: "crond", count: 40, uids: 3, of: 41 } });
});

test("a memory cgroup is told by whose it is", async () => {
  const id = "0123456789abcdef".repeat(4);
  const pod = "0a1b2c3d-1111-2222-3333-0a1b2c3d4e5f";
  const path = `/kubepods/burstable/pod${pod}/${id}`;
  const lines = [
    "java invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=999",
    `oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=${id},mems_allowed=0,oom_memcg=/kubepods/burstable/pod${pod},task_memcg=${path},task=java,pid=502,uid=541`,
    "Memory cgroup out of memory: Killed process 502 (java) total-vm:20000kB, anon-rss:9960kB, file-rss:40kB, shmem-rss:0kB, UID:541 pgtables:60kB oom_score_adj:999",
  ];
  writeFileSync(
    join(folder, "pod.log"),
    lines.map((line, at) => `[${(9000 + at / 1e6).toFixed(6)}] ${line}\n`).join(""),
  );
  await ask("pod.db", "import", "--host", "node1", ...boot, "pod.log");
  const [death] = await listed("pod.db");
  expect(death).toMatchObject({
    victim: { cgroup: path, cgroup_owner: { runtime: "kubernetes", container: id, pod, qos: "burstable" } },
    memcg: { path_owner: { pod, container: null } },
  });
  const { out } = await ask("pod.db", "show", death?.id ?? "");
  expect(out.replaceAll(/\n {14}/g, " ")).toContain(
    `which is: Kubernetes pod ${pod}, QoS burstable, container 0123456789ab\n`,
  );
});

describe("a ps near the death", () => {
  const rows = [
    "  PID  PPID   UID USER         RSS    VSZ                  STARTED COMMAND         COMMAND",
    "  501     1  1000 alice    1200000 2400000 Fri Nov 20 01:00:00 2026 hog             /opt/hog --all",
    "  502     1   541 app        10000  20000 Thu Nov 19 01:00:00 2026 java            /usr/bin/java -Xmx1g -cp /lib/a.jar com.example.Shop --port 1",
  ];
  const restarted = rows.with(
    2,
    "  502     1   541 app        10000  20000 Fri Nov 20 02:31:00 2026 java            /usr/bin/java -jar /srv/other.jar",
  );
  const log = oldKernelReport({
    stampS: 9000,
    rows: [hog(300_000), jvm, [900, 0, 50, "crond"], [901, 0, 50, "crond"]],
    dead: jvm,
  });
  const brought = async (db: string, ps: readonly string[], capturedAt: string) => {
    writeFileSync(join(folder, `${db}.log`), log);
    writeFileSync(join(folder, `${db}.ps`), `${ps.join("\n")}\n`);
    await ask(db, "import", "--host", "web01", ...boot, `${db}.log`);
    const taken = ["--format", "ps", "--captured-at", capturedAt, "--tz", "UTC", `${db}.ps`];
    await ask(db, "import", "--host", "web01", ...taken);
  };

  test("tells whose the victim was, what it ran, and how old that is", async () => {
    await brought("before.db", rows, "2026-11-20T02:29:00Z");
    const [death] = await listed("before.db");
    expect(death?.victim).toMatchObject({ user: "app", args: expect.stringContaining("com.example.Shop") });
    expect(death?.suspects[0]).toMatchObject({ name: "hog", user: "alice" });
    const { out } = await ask("before.db", "show", death?.id ?? "");
    expect(out).toMatch(/ user: app\n/);
    expect(out).toMatch(/ runs: com\.example\.Shop\n/);
    expect(out).toMatch(/ seen: by a ps 60 s before\n/);
    expect(out).toContain("hog (uid 1000, alice): ");
    expect((await ask("before.db", "incidents", "--field", "user")).out).toBe("app\n");
  });

  test("never gives the victim the arguments of a later process of its pid", async () => {
    await brought("after.db", restarted, "2026-11-20T02:40:00Z");
    expect((await listed("after.db"))[0]?.victim).toMatchObject({ user: "app", args: null });
  });

  test("gives it those of a later ps that shows it still dying", async () => {
    await brought("dying.db", rows, "2026-11-20T02:30:20Z");
    expect((await listed("dying.db"))[0]?.victim.args).toContain("com.example.Shop");
  });

  test("says whether it runs again, by the ps on both sides", async () => {
    const told = async (db: string, after: readonly string[]) => {
      await brought(db, rows, "2026-11-20T02:29:00Z");
      writeFileSync(join(folder, `${db}-after.ps`), `${after.join("\n")}\n`);
      const taken = ["--format", "ps", "--captured-at", "2026-11-20T02:40:00Z", "--tz", "UTC"];
      await ask(db, "import", "--host", "web01", ...taken, `${db}-after.ps`);
      const [death] = await listed(db);
      const json = JSON.parse((await ask(db, "show", death?.id ?? "", "-o", "json")).out) as Told & {
        readonly fate: unknown;
      };
      return { text: (await ask(db, "show", death?.id ?? "")).out, fate: json.fate };
    };
    const again = rows.with(
      2,
      (rows[2] ?? "").replace("  502 ", "  812 ").replace("Thu Nov 19 01:00", "Fri Nov 20 02:34"),
    );
    const back = await told("back.db", again);
    expect(back.text).toContain("since: runs again as [812] after 4 min, by a ps 10 min after\n");
    expect(back.fate).toEqual({
      kind: "restarted",
      pid: 812,
      started_at: "2026-11-20T02:34:00.000Z",
      seen_at: "2026-11-20T02:40:00.000Z",
    });
    const gone = await told("gone.db", rows.slice(0, 2));
    expect(gone.text).toContain("since: not back, by a ps 10 min after\n");
    const there = await told("there.db", rows);
    expect(there.text).toContain("since: still there, by a ps 10 min after: it was dying, or never killed\n");
    expect((await ask("before.db", "show", (await listed("before.db"))[0]?.id ?? "")).out).not.toContain(
      "since:",
    );
  });

  test("counts the tasks that it does not show; none where there is no ps", async () => {
    expect((await listed("before.db"))[0]?.foreign_tasks).toBe(2);
    expect((await listed("storm.db"))[0]?.foreign_tasks).toBeNull();
  });

  test("tells how a suspect grew since the ps before", async () => {
    writeFileSync(
      join(folder, "since.log"),
      oldKernelReport({ stampS: 9000, rows: [hog(900_000), jvm], dead: jvm }),
    );
    writeFileSync(join(folder, "since.ps"), `${rows.join("\n")}\n`);
    await ask("since.db", "import", "--host", "web01", ...boot, "since.log");
    const taken = ["--format", "ps", "--captured-at", "2026-11-20T02:24:00Z", "--tz", "UTC", "since.ps"];
    await ask("since.db", "import", "--host", "web01", ...taken);
    expect((await listed("since.db"))[0]?.suspects).toMatchObject([
      {
        name: "hog",
        growth: 3,
        growth_from_kib: 1_200_000,
        growth_s: expect.closeTo(360, 0),
        growth_since: "ps",
        why: expect.stringMatching(
          /^grew from 1\.1 GiB to 3\.4 GiB in 6 min, by the ps before; one task held/,
        ),
      },
      { name: "java", growth: 1, growth_since: "ps", why: expect.stringMatching(/^one task held/) },
    ]);
    const { out } = await ask("since.db", "why", "web01");
    expect(out.replaceAll(/\s+/g, " ")).toContain("It had grown: the ps 6 min before showed 1.1 GiB.");
  });

  test("names nobody in files that are to name nobody", async () => {
    const { out } = await ask("before.db", "export", "jsonl", "incidents", "--anonymize");
    expect(out).toContain('"name":"hog"');
    expect(out).not.toMatch(/alice|com\.example|"user":"app"/);
  });
});

describe.skipIf(!hasSharedData)("the recorded nights", () => {
  beforeAll(async () => {
    const files = ["dmesg-20150422-before.log", "dmesg-20150422-after.log"];
    for (const name of files) writeFileSync(join(folder, name), readShared(`story/${name}`));
    await ask("story.db", "import", "--host", "xxx041", ...files);
  });

  test("xxx040 has its herd of starters, though nothing tells its page size", async () => {
    writeFileSync(join(folder, "dmesg-20150430.log"), readShared("story/dmesg-20150430.log"));
    await ask("night.db", "import", "--host", "xxx040", "dmesg-20150430.log");
    const rows = JSON.parse((await ask("night.db", "incidents", "-o", "json")).out) as readonly {
      readonly id: string;
      readonly task_count: number | null;
    }[];
    const { id } = rows.find(({ task_count }) => task_count === 277) ?? { id: "" };
    expect((await ask("night.db", "show", id)).out).toContain(
      "129 crond of 8 users among 277 tasks: a herd of starters",
    );
  });

  test("view grew 3.32 times in 26 seconds, by its stamps alone", async () => {
    const [view] = await listed("story.db", "-c", "view");
    expect(view?.suspects[0]).toMatchObject({
      name: "view",
      uid: 52_539,
      growth: 3.32,
      growth_from_kib: 603_903 * 4,
      rss_kib: 2_005_803 * 4,
      growth_s: expect.closeTo(25.7, 1),
      why: expect.stringMatching(/^grew from 2\.3 GiB to 7\.7 GiB in 26 s; /),
    });
  });
});

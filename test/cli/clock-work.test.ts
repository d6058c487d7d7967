import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStore } from "@inquest/store";
import { run } from "../../packages/cli/src/run.ts";
import { memoryIo } from "../support/memory-io.ts";
import type { HostFleet } from "../support/test-fleet.ts";
import { startFleet } from "../support/test-fleet.ts";

/** One host behind a real sshd: its crontabs are files below its root, its ps is a file of the test. */
let fleet: HostFleet;
let folder: string;

const header =
  "    PID    PPID   UID USER        RSS    VSZ                  STARTED COMMAND         COMMAND\n";
const line = (pid: number, name: string, args: string, started = "Sun Nov  1 03:12:44 2015"): string =>
  `${String(pid).padStart(7)}       1  1000 app       15288  45396 ${started} ${name.padEnd(15)} ${args}\n`;
const daemons =
  line(1, "systemd", "/sbin/init") + line(80, "crond", "crond") + line(81, "rsyslogd", "rsyslogd");
const app = line(4711, "java", "java -jar /opt/app.jar");
const agent = line(4712, "agentd", "/opt/agentd");
const setPs = (rows: string): Promise<void> => writeFile(join(folder, "ps"), header + daemons + rows);

interface Row {
  readonly id: string;
  readonly kind: string;
  readonly host: string;
  readonly detail: string | null;
  readonly victim: { readonly pid: number | null; readonly name: string };
}

async function ask(db: string, ...words: readonly string[]) {
  const io = memoryIo({
    env: { HOME: folder, PATH: process.env["PATH"] ?? "" },
    cwd: folder,
    nowMs: Date.now(),
  });
  const code = await run([...words, "--db", join(folder, db)], io);
  return { code, out: io.out(), err: io.err() };
}

const collect = (db: string, ...words: readonly string[]) =>
  ask(db, "collect", "-b", "-F", fleet.configFile, "-w", "web01", ...words);
const incidents = async (db: string): Promise<readonly Row[]> =>
  JSON.parse((await ask(db, "incidents", "-o", "json")).out || "[]") as Row[];

async function schedulesOf(db: string): Promise<readonly (readonly [string, string])[] | null> {
  const store = await openStore(join(folder, db), { readOnly: true });
  const jobs = await store.schedules("web01");
  await store.close();
  return jobs?.map(({ source, command }) => [source, command] as const) ?? null;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inquest-clock-work-"));
  fleet = await startFleet({
    web01: {
      files: {
        "etc/crontab": "17 * * * * root poll\nnot a line\n",
        "etc/cron.d/backup": "# nightly\n\n20 2 * * * root /opt/backup '$(touch /tmp/x)'\n",
        "run/systemd/system/x": "",
      },
      commands: {
        date: "exec /bin/date '+%s.%N +0800'",
        ps: `cat '${join(folder, "ps")}'`,
        systemctl:
          "echo 'Id=logrotate.timer'; echo 'Unit=logrotate.service'; echo 'TimersCalendar={ OnCalendar=*-*-* 00:00:00 ; next_elapse=n/a }'",
      },
    },
  });
}, 60_000);
afterAll(async () => {
  await fleet?.stop();
  await rm(folder, { recursive: true, force: true });
});

test("reads crontabs and timers over ssh, and leaves them alone with --no-schedules", async () => {
  await setPs("");
  expect((await collect("unread.db", "--no-schedules")).code).toBe(0);
  expect(await schedulesOf("unread.db")).toBeNull();
  expect((await collect("read.db")).code).toBe(0);
  const read = [
    ["/etc/crontab:1", "poll"],
    ["/etc/cron.d/backup:3", "/opt/backup '$(touch /tmp/x)'"],
    ["logrotate.timer", "logrotate.service"],
  ];
  expect(await schedulesOf("read.db")).toEqual(read);
  await ask("read.db", "db", "reparse");
  expect(await schedulesOf("read.db")).toEqual(read);
});

test("prints in a dry run what will be read, and what will not", async () => {
  const plan = async (...words: readonly string[]): Promise<string> =>
    (await ask("read.db", "collect", "-n", "-w", "web01", ...words)).out;
  const all = await plan();
  expect(all).toContain(" auto all ");
  expect(all).toContain("set -- ./etc/crontab ./etc/anacrontab ./etc/cron.d/*");
  const without = await plan("--no-schedules");
  expect(without).toMatch(/ auto clock,mark,kernel-log\S*,ps\S* /);
  expect(without.split("\n").find((words) => words.includes("exec sh"))).not.toContain("schedules");
});

test("tells once of a process that vanished, and what is watched at its first absence", async () => {
  await setPs(app + agent);
  const first = await collect("gone.db", "--watch", "agentd", "--watch", "nginx");
  expect(first.err).toMatch(/^web01: nginx is missing$/m);
  expect((await incidents("gone.db")).map(({ kind, victim }) => [kind, victim.name])).toEqual([
    ["vanished", "nginx"],
  ]);

  await setPs("");
  const second = await collect("gone.db", "--watch", "agentd", "--watch", "nginx", "-o", "json");
  expect(JSON.parse(second.out)).toMatchObject({
    new_incidents: 2,
    missing: [
      { host: "web01", process: "agentd" },
      { host: "web01", process: "nginx" },
    ],
  });
  const found = await incidents("gone.db");
  const summary = (rows: readonly Row[]) =>
    rows.map(({ kind, victim }) => `${kind} ${victim.name} ${victim.pid}`).toSorted();
  const told = ["vanished agentd 4712", "vanished java 4711", "vanished nginx null"];
  expect(summary(found)).toEqual(told);
  expect(found.find(({ victim }) => victim.name === "java")?.detail).toMatch(
    /^ran for \d{4} days; no kill in/,
  );

  const third = await collect("gone.db", "--watch", "agentd", "--watch", "nginx", "-o", "json");
  expect(JSON.parse(third.out)).toMatchObject({ new_incidents: 0, known_incidents: 0 });
  expect((await ask("gone.db", "show", found[0]?.id ?? "")).out).toContain("vanished");
  const why = (await ask("gone.db", "why", "web01", "java")).out.replaceAll(/\s+/g, " ");
  expect(why).toMatch(/vanished .*What is known of it: ran for \d{4} days; no kill in/);

  const reparsed = await ask("gone.db", "db", "reparse");
  expect(reparsed.code).toBe(0);
  expect(await incidents("gone.db")).toEqual(found);
});

test("tells of no process that was started again", async () => {
  await setPs(app);
  await collect("again.db");
  await setPs(line(5000, "java", "java -jar /opt/app.jar", "Mon Nov 23 03:12:44 2015"));
  await collect("again.db");
  expect(await incidents("again.db")).toEqual([]);
});

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hostStates } from "../../packages/core/src/model/host-result.ts";
import type { HostState } from "../../packages/core/src/model/host-result.ts";
import { run } from "../../packages/cli/src/run.ts";
import { notFound } from "../support/file-root.ts";
import { memoryIo } from "../support/memory-io.ts";
import type { HostFleet, TestHostSpec } from "../support/test-fleet.ts";
import { hang, startFleet } from "../support/test-fleet.ts";

const boot = "6,0,0,-;Linux version 5.14.0-503.el9.x86_64\n";
const kill = (pid: number, name: string): string =>
  `Out of memory: Killed process ${pid} (${name}) total-vm:800kB, anon-rss:600kB, file-rss:4kB, shmem-rss:0kB, UID:1000 pgtables:8kB oom_score_adj:0`;
const noKmsg = { "dev/kmsg": null };
const denial = { stderr: "dmesg: read kernel buffer failed: Operation not permitted\n", status: 1 };
/** A ring that no longer reaches back to the boot. */
const ring = (...lines: readonly string[]): TestHostSpec => ({
  files: noKmsg,
  commands: { dmesg: { stdout: lines.map((line) => `${line}\n`).join("") } },
});

const hosts: Readonly<Record<string, TestHostSpec>> = {
  kmsg01: { files: { "dev/kmsg": `${boot}3,1,9000000000,-;${kill(4711, "java")}\n` } },
  kmsg02: {},
  old01: ring(
    "[ 9000.100000] Killed process 40738, UID 27, (mysqld) total-vm:6424316kB, anon-rss:13128kB, file-rss:4kB",
  ),
  wrapped01: ring(`[ 9000.000001] ${kill(1, "first")}`, `[ 9100.000001] ${kill(2, "second")}`),
  empty01: ring(),
  denied01: { files: noKmsg, commands: { dmesg: denial } },
  sudo01: {
    files: noKmsg,
    commands: { dmesg: denial, sudo: `shift; echo '[ 8000.000001] ${kill(77, "sudoed")}'` },
  },
  journal01: {
    files: noKmsg,
    commands: {
      dmesg: denial,
      journalctl: {
        stdout: `[ 8000.000001] journal01 kernel: ${kill(88, "journaled")}\n[ 8001.000001] journal01 dockerd: ${kill(89, "quoted")}\n`,
      },
    },
  },
  spoofed01: { files: { "dev/kmsg": `${boot}11,1,5000000,-;${kill(666, "spoof")}\n` } },
  escaped01: { files: { "dev/kmsg": `${boot}3,1,9000000000,-;${kill(99, "a\\x1b[31mb")}\n` } },
  nops01: { commands: { ps: notFound("ps") } },
  noproc01: { files: { "proc/uptime": null, "proc/stat": null, "proc/meminfo": null } },
  container01: {
    files: { "proc/uptime": "500.00 900.00\n", "dev/kmsg": `${boot}3,1,9000000000,-;${kill(5, "guest")}\n` },
  },
  foreign01: {
    files: { "dev/kmsg": `${boot}3,1,28039610565138,-;${kill(6, "elsewhere")}\n` },
  },
  noisy01: {
    instead:
      'echo "Welcome to noisy01"; echo "a .bashrc complaint" >&2; eval "set -- $SSH_ORIGINAL_COMMAND"; shift 5; exec sh -s -- "$root" "$@"',
  },
  unread01: { instead: "printf 'nobody asked for this\\n'" },
  noshell01: { instead: "echo 'sh: not found' >&2; exit 127" },
  // A console of another kind: nothing in it has the form of a log.
  unparsed01: ring("\u001f\u0001\u0002Killed process 3\u0003"),
  hangs01: { instead: hang },
  endless01: { instead: "yes" },
  calendar01: ring(
    "[Sun Apr 19 02:57:58 2015] Killed process 3 (late) total-vm:1kB, anon-rss:1kB, file-rss:0kB",
  ),
  refuses01: { sshdConfig: ["AuthorizedKeysFile /nonexistent"] },
  unknown01: {},
  changed01: {},
};

/** What must become of each host; the reason only where it has one. */
const outcomes: readonly (readonly [host: string, state: string, reason: RegExp | null])[] = [
  ["kmsg01", "ok", null],
  ["kmsg02", "ok", null],
  ["old01", "ok-truncated", null],
  ["wrapped01", "ok-truncated", null],
  ["empty01", "ok-truncated", null],
  ["denied01", "no-permission", /Operation not permitted/],
  ["sudo01", "ok-truncated", null],
  ["journal01", "ok-truncated", null],
  ["spoofed01", "ok", null],
  ["escaped01", "ok", null],
  ["nops01", "ok", null],
  ["noproc01", "ok", null],
  ["container01", "ok", null],
  ["foreign01", "ok", null],
  ["noisy01", "ok", null],
  ["unread01", "command-failed", /probe did not run/],
  ["noshell01", "command-failed", /probe did not run/],
  ["unparsed01", "unparsed", /form that is not known/],
  ["hangs01", "timeout-command", /^Timed out/],
  ["endless01", "output-limit", /./],
  ["calendar01", "ok-truncated", null],
  ["refuses01", "auth", /^Permission denied/],
  ["unknown01", "hostkey-unknown", /ssh -F \S+ -p \d+ \S+@unknown01 true/],
  ["changed01", "hostkey-changed", /ssh-keygen -R/],
  ["closed01", "refused", /^Connection refused/],
  ["silent01", "timeout-connect", /^Timed out after 3 s/],
  ["web01", "unreachable", /^Connection closed|^not an SSH-2 server/],
  ["behind01", "jump-failed", /closed01.*Connection refused/],
  ["local01", "local-error", /^name of the key file/],
  ["nowhere.invalid", "dns", /^Could not resolve hostname/],
];

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  return typeof bound === "object" && bound !== null ? bound.port : 0;
}

/** Type and blob of a known_hosts line. */
const keyOf = (line: string): string => line.slice(line.indexOf(" "));

let fleet: HostFleet;
let silent: Server;
let web: Server;
let folder: string;
let db: string;
let config: string;
let list: string;

async function ask(...words: readonly string[]) {
  const io = memoryIo({
    env: { HOME: folder, PATH: process.env["PATH"] ?? "" },
    cwd: folder,
    nowMs: Date.now(),
  });
  const code = await run([...words, "--db", db], io);
  return { code, out: io.out(), err: io.err() };
}

const collect = (...more: readonly string[]) =>
  ask("collect", "-b", "-F", config, "-t", "3", "-u", "5", "--max-output", "512K", ...more);

interface Summary {
  readonly hosts: Readonly<Record<string, number>>;
  readonly new_incidents: number;
  readonly known_incidents: number;
  readonly failed: readonly { readonly host: string; readonly state: string; readonly reason: string }[];
}
let first: { code: number; out: string; err: string };
let summary: Summary;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inquest-fleet-"));
  db = join(folder, "inquest.db");
  fleet = await startFleet(hosts);
  silent = createServer(() => {});
  web = createServer((socket) => void socket.on("error", () => {}).end("HTTP/1.1 400 Bad Request\r\n\r\n"));
  const [silentPort, webPort] = await Promise.all([portOf(silent), portOf(web)]);
  const known = await readFile(fleet.knownHostsFile, "utf8");
  const lineOf = (name: string): string =>
    fleet.sshds.find((sshd) => sshd.name === name)?.knownHostsLine ?? "";
  await writeFile(
    fleet.knownHostsFile,
    known
      .replace(`${lineOf("unknown01")}\n`, "")
      .replace(
        lineOf("changed01"),
        lineOf("changed01").replace(keyOf(lineOf("changed01")), keyOf(lineOf("kmsg01"))),
      ),
  );
  config = join(folder, "ssh_config");
  const more = `Host closed01\n  HostName 127.0.0.1\n  Port 1\nHost silent01\n  HostName 127.0.0.1\n  Port ${silentPort}\nHost web01\n  HostName 127.0.0.1\n  Port ${webPort}\nHost behind01\n  ProxyJump closed01\n`;
  await writeFile(config, more + (await readFile(fleet.configFile, "utf8")));
  list = join(folder, "hosts.txt");
  await writeFile(
    list,
    `${outcomes
      .map(([host]) => host)
      .filter((host) => host !== "local01")
      .join("\n")}\n`,
  );
  // Only a list in JSON gives one host a key file of its own.
  const ownKey = join(folder, "hosts.json");
  await writeFile(ownKey, '[{"host":"local01","identity_file":"key|of nobody"}]');
  first = await collect("-f", list, "-f", ownKey, "-o", "json");
  summary = JSON.parse(first.out) as Summary;
}, 180_000);

afterAll(async () => {
  silent?.close();
  web?.close();
  await fleet?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe("a fleet of hosts that answer in every way", () => {
  test.each(outcomes)("%s ends as %s", async (host, state, reason) => {
    const { out } = await ask("hosts", "-w", host, "-o", "json");
    const [row] = JSON.parse(out) as { state: string; reason: string | null; kills_24h: number | null }[];
    expect(row?.state).toBe(state);
    expect(row?.reason ?? "").toMatch(reason ?? /^$/);
    // A host that could not be read is never shown as quiet.
    expect(state.startsWith("ok") || row?.kills_24h === null).toBe(true);
  });

  test("every host has exactly one state, all states are counted, and the lowest code applies", () => {
    const { selected, ...states } = summary.hosts;
    expect(selected).toBe(outcomes.length);
    expect(Object.values(states).reduce((sum, count) => sum + count, 0)).toBe(outcomes.length);
    expect(Object.keys(states)).toHaveLength(18);
    expect(summary.failed).toHaveLength(outcomes.filter(([, state]) => !state.startsWith("ok")).length);
    expect(first.code).toBe(3);
  });

  test("every state has its host, but those that only the end of a run makes", () => {
    const ends: readonly HostState[] = ["skipped-deadline", "interrupted"];
    const seen = new Set(outcomes.map(([, state]) => state));
    expect(hostStates.filter((state) => !seen.has(state) && !ends.includes(state))).toEqual([]);
    expect(hostStates.filter((state) => (summary.hosts[state] ?? 0) > 0)).toEqual(
      hostStates.filter((state) => seen.has(state)),
    );
  });

  test("a deadline cuts off who is in flight and skips who has not begun", async () => {
    const { out, code } = await collect("-p", "1", "--deadline", "4", "-w", "hangs01,kmsg01", "-o", "json");
    const { failed } = JSON.parse(out) as Summary;
    expect([code, failed.map(({ host, state }) => [host, state])]).toEqual([
      3,
      [
        ["hangs01", "timeout-command"],
        ["kmsg01", "skipped-deadline"],
      ],
    ]);
  });

  test("finds the deaths, refuses what user space wrote, and prints nothing of a host raw", async () => {
    const { out } = await ask("incidents", "-o", "json");
    const incidents = JSON.parse(out) as {
      victim: { name: string };
      at: string | null;
      at_method: string;
      host: string;
    }[];
    expect(incidents.map(({ victim }) => victim.name).toSorted()).toEqual(
      [
        "a\u001b[31mb",
        "elsewhere",
        "first",
        "guest",
        "java",
        "journaled",
        "late",
        "mysqld",
        "second",
        "sudoed",
      ].toSorted(),
    );
    expect(summary.new_incidents).toBe(10);
    expect(incidents.filter(({ at }) => at !== null && Date.parse(at) > Date.now())).toEqual([]);
    const methodOf = new Map(incidents.map(({ host, at_method }) => [host, at_method]));
    expect(methodOf.get("container01")).toBe("foreign-uptime");
    expect(methodOf.get("foreign01")).toBe("ordered-only");
    const table = await ask("incidents");
    // eslint-disable-next-line no-control-regex -- this is what must not be there
    const escape = /\u001b/;
    expect(table.out).not.toMatch(escape);
    expect(table.out).toMatch(/28039610\.565138/);
  });

  test("counts no kills on a host whose kills have no time: they may be of today", async () => {
    const { out } = await ask("hosts", "-w", "foreign01,kmsg01,kmsg02", "-o", "json");
    const rows = JSON.parse(out) as { host: string; kills_24h: number | null; kills_30d: number | null }[];
    expect(rows.map(({ host, kills_24h, kills_30d }) => [host, kills_24h, kills_30d])).toEqual([
      ["foreign01", null, null],
      ["kmsg01", expect.any(Number), 1],
      ["kmsg02", 0, 0],
    ]);
  });

  test("says in one line what failed alike, and on stdout nothing but what was asked for", async () => {
    const again = await collect("-w", "unread01,noshell01,denied01,kmsg01");
    expect(again.out).toBe("");
    expect(again.code).toBe(5);
    expect(again.err).toMatch(/^denied01: no-permission: .*Operation not permitted/m);
    expect(again.err).toMatch(/1 ok.*1 no-permission.*2 command-failed/);
  });

  test("adds nothing the second time, and joins a log that it knows", async () => {
    const read = outcomes.filter(([, state]) => state.startsWith("ok")).map(([host]) => host);
    const again = await collect("-w", read.join(","), "-o", "json");
    const second = JSON.parse(again.out) as Summary;
    expect([again.code, second.new_incidents, second.known_incidents]).toEqual([0, 0, 10]);
    // Only the empty log cannot prove that nothing was lost.
    expect([second.hosts["ok"], second.hosts["ok-truncated"]]).toEqual([read.length - 1, 1]);
  });

  test("goes on with --retry-failed where the last run failed", async () => {
    await collect("-w", "denied01,kmsg01");
    const retried = await collect("--retry-failed", "-o", "json");
    const { hosts: counted, failed } = JSON.parse(retried.out) as Summary;
    expect([counted["selected"], failed.map(({ host }) => host)]).toEqual([1, ["denied01"]]);
  });

  test("adds an unknown key with accept-new, and never a changed one", async () => {
    const { err, code } = await collect("-w", "unknown01,changed01", "--host-key", "accept-new");
    expect(code).toBe(4);
    expect(err).toMatch(/^changed01: hostkey-changed/m);
    expect(err).toMatch(/1 ok.*1 hostkey-changed/);
    expect((await collect("-w", "unknown01")).code).toBe(0);
  });
});

test("a dry run prints hosts, limits, command and script, and connects to nothing", async () => {
  const { code, out } = await ask("collect", "-n", "-w", "nobody[1-2].invalid", "-p", "7");
  expect(code).toBe(0);
  expect(out).toMatch(/^2 hosts:\n {2}nobody1\.invalid /);
  expect(out).toMatch(
    /7 in flight, 10 s to log in, 60 s for the probe \(in it 30 s to its first byte and 30 s of silence\)/,
  );
  expect(out).toMatch(/exec sh -s -- '' NONCE/);
  expect(out).toMatch(/raw=-r/);
});

test("-b wins over -A and says so", async () => {
  const { err, code } = await collect("-A", "-p", "5", "-w", "kmsg02");
  expect(code).toBe(0);
  expect(err).toMatch(/^-b wins over -A/);
});

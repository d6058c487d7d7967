import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "../../packages/cli/src/run.ts";
import { notFound } from "../support/file-root.ts";
import { memoryIo } from "../support/memory-io.ts";
import type { HostFleet } from "../support/test-fleet.ts";
import { hang, startFleet } from "../support/test-fleet.ts";

const noKmsg = { "dev/kmsg": null };
const denial = { stderr: "dmesg: read kernel buffer failed: Operation not permitted\n", status: 1 };
const dmesgOf = { dmesg: denial };

interface Check {
  readonly id: string;
  readonly ok: boolean | null;
  readonly detail: string | null;
  readonly fix: string | null;
}

const ids = ["resolve", "connect", "host-key", "login", "shell", "kernel-log", "sudo", "ps"];

/** Each host, its checks in order (+ passed, - failed, . not tried), the first failure and what is to be done. */
const failing: readonly (readonly [host: string, way: string, detail: RegExp, fix: RegExp])[] = [
  ["nowhere.invalid", "-.......", /^Could not resolve/, /^getent hosts nowhere\.invalid; named in -w/],
  ["closed01", "+-......", /^Connection refused/, /^ssh -v -F \S+ -p 1 \S+@closed01 true$/],
  ["silent01", "+-......", /^Timed out after 1 s during banner exchange/, /^ssh -v /],
  ["unknown01", "++-.....", /is not known/, /^ssh -F \S+ -p \d+ \S+@unknown01 true$/],
  ["changed01", "++-.....", /is not the one in/, /^ssh-keygen -R '\S+' -f \S+known_hosts$/],
  ["refuses01", "+++-....", /^Permission denied/, /^ssh-copy-id -F \S+ -p \d+ \S+@refuses01$/],
  ["noshell01", "++++-...", /did not run the script/, /^ssh -F \S+ -p \d+ \S+@noshell01 'exec sh -c true'$/],
  ["hangs01", "++++-...", /^Timed out after 3 s during command/, /^ssh -F \S+ -p /],
  ["denied01", "+++++--+", /Operation not permitted/, /sysctl -w kernel\.dmesg_restrict=0$/],
  ["nops01", "++++++.-", /not found/, /procps/],
];
const hosts = ["well01", "sudo01", ...failing.map(([host]) => host)];

let fleet: HostFleet;
let silent: Server;
let folder: string;
let config: string;
let whole: { code: number; out: string; err: string };

async function check(nodes: string, ...more: readonly string[]) {
  const io = memoryIo({ cwd: folder, env: { HOME: folder, PATH: process.env["PATH"] ?? "" } });
  const code = await run(["check", "-b", "-F", config, "-t", "1", "-u", "3", "-w", nodes, ...more], io);
  return { code, out: io.out(), err: io.err() };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inquest-check-"));
  fleet = await startFleet({
    well01: {},
    sudo01: { files: noKmsg, commands: { ...dmesgOf, sudo: "shift; echo '[ 8000.000001] a line'" } },
    unknown01: {},
    changed01: {},
    refuses01: { sshdConfig: ["AuthorizedKeysFile /nonexistent"] },
    noshell01: { instead: "echo 'no shell for you' >&2; exit 1" },
    hangs01: { instead: hang },
    denied01: { files: noKmsg, commands: dmesgOf },
    nops01: { commands: { ps: notFound("ps") } },
  });
  silent = createServer(() => {});
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const bound = silent.address();
  const port = typeof bound === "object" && bound !== null ? bound.port : 0;
  const lineOf = (name: string): string =>
    fleet.sshds.find((sshd) => sshd.name === name)?.knownHostsLine ?? "";
  const keyOf = (line: string): string => line.slice(line.indexOf(" "));
  const changed = lineOf("changed01").replace(keyOf(lineOf("changed01")), keyOf(lineOf("well01")));
  const known = await readFile(fleet.knownHostsFile, "utf8");
  await writeFile(
    fleet.knownHostsFile,
    known.replace(`${lineOf("unknown01")}\n`, "").replace(lineOf("changed01"), changed),
  );
  config = join(folder, "ssh_config");
  const more = `Host closed01\n  HostName 127.0.0.1\n  Port 1\nHost silent01\n  HostName 127.0.0.1\n  Port ${port}\n`;
  await writeFile(config, more + (await readFile(fleet.configFile, "utf8")));
  whole = await check(hosts.join(","), "-o", "json");
});
afterAll(async () => {
  silent?.close();
  await fleet?.stop();
  await rm(folder, { recursive: true, force: true });
});

function checksOf(host: string): readonly Check[] {
  const rows = JSON.parse(whole.out) as { host: string; checks: readonly Check[] }[];
  return rows.find((row) => row.host === host)?.checks ?? [];
}

test.each(failing)("%s goes as far as %s, with what to do", (host, way, detail, fix) => {
  const checks = checksOf(host);
  expect(checks.map(({ id }) => id)).toEqual(ids);
  expect(checks.map(({ ok }) => (ok === null ? "." : ok ? "+" : "-")).join("")).toBe(way);
  const first = checks.find(({ ok }) => ok === false);
  expect(first?.detail).toMatch(detail);
  expect(first?.fix).toMatch(fix);
  expect(checks.filter((one) => one.ok !== false && one.fix !== null)).toEqual([]);
});

test("tells how the kernel log is read, and whether sudo is needed for it", () => {
  const found = (host: string): unknown =>
    checksOf(host)
      .slice(5)
      .map(({ ok, detail }) => [ok, detail]);
  expect(found("well01")).toEqual([
    [true, "by kmsg"],
    [null, "not needed"],
    [true, "by ps"],
  ]);
  expect(found("sudo01")).toEqual([
    [true, "by sudo-dmesg"],
    [true, "needed for the kernel log"],
    [true, "by ps"],
  ]);
  expect(found("denied01")).toEqual([
    [false, expect.stringMatching(/not permitted/)],
    [false, "sudo: a password is required"],
    [true, "by ps"],
  ]);
});

test("has the exit codes of collect, and stores nothing", async () => {
  expect(whole.code).toBe(3);
  expect((await check("well01,sudo01")).code).toBe(0);
  expect((await check("well01,refuses01")).code).toBe(4);
  expect((await check("well01,denied01")).code).toBe(5);
  expect((await check("nops01")).code).toBe(5);
  expect((await check("denied01", "--sudo", "never", "-o", "json")).out).toContain("not tried: --sudo never");
  expect(await readdir(folder)).toEqual(["ssh_config"]);
});

test("prints a line for a host that is well, and the fix under each failed check", async () => {
  const { out, err } = await check("well01,refuses01,denied01");
  expect(out).toMatch(
    /^well01: ok, kernel log by kmsg\nrefuses01: login: Permission denied .*\n {2}fix: ssh-copy-id -F \S+ -p .*\ndenied01: kernel-log: .*\n {2}fix: as root .*\ndenied01: sudo: .*\n {2}fix: .*NOPASSWD: \/usr\/bin\/dmesg.*\n$/,
  );
  expect(err).toBe("3 hosts: 1 ok; login failed on refuses01; kernel-log failed on denied01\n");
});

import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../../packages/cli/src/run.ts";
import { memoryIo } from "../support/memory-io.ts";
import type { MemoryIo, MemoryWorld } from "../support/memory-io.ts";
import type { TestFleet } from "../support/sshd/start-sshd.ts";
import { startSshds } from "../support/sshd/start-sshd.ts";

const well = ["web01", "web02", "web03"];
let fleet: TestFleet;
let folder: string;
let config: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inquest-run-command-"));
  fleet = await startSshds([
    ...well.map((name) => ({ name, config: [`SetEnv WHO=${name}`] })),
    { name: "refuses01", config: ["AuthorizedKeysFile /nonexistent"] },
    { name: "unknown01" },
  ]);
  const line = fleet.sshds.find(({ name }) => name === "unknown01")?.knownHostsLine ?? "";
  const known = await readFile(fleet.knownHostsFile, "utf8");
  await writeFile(fleet.knownHostsFile, known.replace(`${line}\n`, ""));
  config = join(folder, "ssh_config");
  const closed = "Host closed01\n  HostName 127.0.0.1\n  Port 1\n";
  await writeFile(config, closed + (await readFile(fleet.configFile, "utf8")));
});
afterAll(async () => {
  await fleet?.stop();
  await rm(folder, { recursive: true, force: true });
});

const world = (more: MemoryWorld): MemoryWorld => ({
  cwd: folder,
  env: { HOME: folder, PATH: process.env["PATH"] ?? "" },
  ...more,
});

async function type(words: readonly string[], more: MemoryWorld = {}) {
  const io: MemoryIo = memoryIo(world(more));
  const code = await run(words, io);
  return { code, out: io.out(), bytes: io.outBytes(), err: io.err() };
}
const onHosts = (nodes: string, ...words: readonly string[]) =>
  type(["run", "-F", config, "-b", "-w", nodes, ...words]);
const sorted = (text: string): readonly string[] => text.split("\n").toSorted().slice(1);

describe("what hosts say", () => {
  test("comes with the host before every line, no two hosts in one", async () => {
    const { code, out, err } = await onHosts(
      "web[01-02]",
      'for i in 1 2 3; do printf "$WHO "; sleep 0.1; printf "says\\n"; done',
    );
    expect(code).toBe(0);
    expect(sorted(out)).toEqual([
      "web01: web01 says",
      "web01: web01 says",
      "web01: web01 says",
      "web02: web02 says",
      "web02: web02 says",
      "web02: web02 says",
    ]);
    expect(err).toMatch(/^2 hosts in \S+ s: 2 ok$/m);
  });

  test("comes while the command still runs", async () => {
    const io = memoryIo(world({}));
    const words = ["-F", config, "-b", "-w", "web01", "echo first; read never; sleep 1; echo last"];
    const ended = run(["run", ...words], io);
    await expect.poll(() => io.out(), { timeout: 5_000, interval: 20 }).toBe("web01: first\n");
    await ended;
    expect(io.out()).toBe("web01: first\nweb01: last\n");
  });

  test("goes from stderr to stderr, and a last line without its end gets one", async () => {
    const { out, err } = await onHosts("web[01-03]", 'printf ab; printf "oops" >&2');
    expect(sorted(out)).toEqual(["web01: ab", "web02: ab", "web03: ab"]);
    expect(err).toMatch(/^web02: oops$/m);
  });

  test("is whole where a line has 300,000 bytes, and byte for byte where it is no text", async () => {
    const long = await onHosts("web01", "head -c 300000 /dev/zero | tr '\\0' x; echo");
    expect(long.out).toBe(`web01: ${"x".repeat(300_000)}\n`);
    const raw = await onHosts("web01", "printf 'a\\377\\351\\000b\\n'");
    expect(raw.bytes).toEqual(Buffer.concat([Buffer.from("web01: a"), Buffer.from([255, 233, 0, 98, 10])]));
  });

  test("does nothing to a terminal", async () => {
    const words = ["run", "-F", config, "-b", "-w", "web01", "printf '\\033]0;owned\\007\\tx\\377\\r\\n'"];
    expect((await type(words, { columns: 80 })).out).toBe("web01: \\x1b]0;owned\\x07\tx\ufffd\n");
  });

  test("is the answer to the very string that was typed, with nothing on its standard input", async () => {
    const { out } = await onHosts("web01", "--", "printf", "'%s|'", '"$WHO"', "'a  b'", "$(echo c)", "; cat");
    expect(out).toBe("web01: web01|a  b|c|\n");
    const options = await onHosts("web01", "echo", "-n", "--help", "--", "-w", "web02");
    expect(options.out).toMatch(/^web01: (?:-n )?--help -- -w web02\n$/);
  });
});

describe("hosts that fail cost the others nothing", () => {
  test("and are folded by reason, after the exit statuses", async () => {
    const { code, out, err } = await onHosts(
      "web[01-03],refuses01,unknown01,closed01,nowhere.invalid",
      'echo "$WHO"; [ "$WHO" = web01 ] || exit 3',
    );
    expect(sorted(out)).toEqual(["web01: web01", "web02: web02", "web03: web03"]);
    expect(code).toBe(4);
    const lines = err.trimEnd().split("\n");
    expect(lines[0]).toBe("web[02-03]: exit status 3");
    expect(lines[1]).toMatch(/^nowhere\.invalid: dns: /);
    expect(lines[2]).toMatch(/^closed01: refused: Connection refused/);
    expect(lines[3]).toMatch(/^unknown01: hostkey-unknown: .*ssh -F \S+ -p \d+ \S+@unknown01 true/);
    expect(lines[4]).toMatch(/^refuses01: auth: Permission denied/);
    expect(lines[5]).toMatch(
      /^7 hosts in .*: 3 ok, 1 dns, 1 refused, 1 hostkey-unknown, 1 auth; 2 exited non-zero$/,
    );
  });

  test("when a command hangs: what it said is shown, and it is left", async () => {
    const { code, out, err } = await onHosts(
      "web[01-02]",
      "-u",
      "1",
      'echo hi; [ "$WHO" = web01 ] || sleep 5',
    );
    expect([code, sorted(out)]).toEqual([3, ["web01: hi", "web02: hi"]]);
    expect(err).toMatch(/^web02: timeout-command: Timed out after 1 s during command$/m);
  });

  test("when output never ends: its head is shown", async () => {
    const { code, out, err } = await onHosts(
      "web[01-02]",
      "--max-output",
      "64K",
      '[ "$WHO" = web01 ] || yes',
    );
    expect(code).toBe(5);
    expect(out.replaceAll("web02: ", "")).toBe("y\n".repeat(32_768));
    expect(err).toMatch(/^web02: output-limit: /m);
  });
});

describe("the exit code", () => {
  const answering = "case $WHO in web01) exit 0;; web02) exit 7;; *) kill -9 $$;; esac";

  test("says that all hosts were reached, whatever they answered", async () => {
    const { code, err } = await onHosts("web[01-03]", answering);
    expect(code).toBe(0);
    expect(err).toMatch(/^web02: exit status 7\nweb03: killed by SIGKILL\n.*2 exited non-zero$/m);
  });

  test.each([
    ["web[01-02]", 7],
    ["web[01-03]", 137],
    ["web01", 0],
    ["web02,closed01", 4],
  ])("with -S on %s is %i", async (nodes, expected) => {
    expect((await onHosts(nodes, "-S", answering)).code).toBe(expected);
  });

  test("is 130 when interrupted", async () => {
    const io = memoryIo(world({}));
    const ended = run(["run", "-F", config, "-b", "-p", "1", "-w", "web[01-02]", "echo up; sleep 20"], io);
    await expect.poll(() => io.out(), { timeout: 5_000, interval: 20 }).toMatch(/up/);
    io.interrupt("SIGINT");
    expect(await ended).toBe(130);
    expect(io.err()).toMatch(/^web\[01-02\]: interrupted/m);
  });
});

describe("other forms", () => {
  test("--gather prints equal output once, most hosts first, and names who said nothing", async () => {
    const { code, out, err } = await onHosts(
      "web[01-03],closed01",
      "--gather",
      'case $WHO in web02) printf "other\\377";; *) echo same; echo odd >&2;; esac',
    );
    expect(code).toBe(4);
    expect(out).toBe("web[01,03] (2):\nsame\nweb02 (1):\nother\ufffd\n");
    expect(err).toMatch(/^web\[01,03\] \(2\):\nodd\n/);
    expect((await onHosts("web[01-02]", "--gather", "true")).err).toMatch(/^web\[01-02\]: no output$/m);
  });

  test("--gather keeps what was cut off apart", async () => {
    const command = 'echo same; [ "$WHO" = web01 ] || sleep 5';
    const { out } = await onHosts("web[01-02]", "--gather", "-u", "1", command);
    expect(out).toBe("web01 (1):\nsame\nweb02 (1, cut off: timeout-command):\nsame\n");
  });

  test("--outdir writes one file a host, marks what is not whole, and follows no link", async () => {
    const kept = join(folder, "kept");
    await writeFile(kept, "mine\n");
    const first = await onHosts("web[01-03],closed01", "--outdir", "out", 'printf "$WHO\\377"; echo no >&2');
    expect([first.code, first.out]).toEqual([4, ""]);
    expect(first.err).toMatch(/^web03: no$/m);
    const out = join(folder, "out");
    expect((await readdir(out)).toSorted()).toEqual(well);
    expect(await readFile(join(out, "web01"))).toEqual(Buffer.from("web01\xff", "latin1"));

    await rm(join(out, "web01"));
    await symlink(kept, join(out, "web01"));
    const command = 'echo again; [ "$WHO" = web01 ] || sleep 5';
    await onHosts("web[01-02],closed01", "-u", "1", "--outdir", "out", command);
    expect((await readdir(out)).toSorted()).toEqual(["web01", "web02+partial", "web03"]);
    expect(await readFile(join(out, "web01"), "utf8")).toBe("again\n");
    expect(await readFile(kept, "utf8")).toBe("mine\n");
  });

  test("--outdir that cannot be is a failure of ours, before any host is visited", async () => {
    const { code, err } = await onHosts("web01", "--outdir", "kept/below", "echo hi");
    expect(code).toBe(74);
    expect(err).toMatch(/kept\/below: cannot be written .*\nhint: /);
  });

  test("-o jsonl is one object a host, with bytes that are no text beside it", async () => {
    const command = 'case $WHO in web01) printf "\\377"; echo e >&2; exit 2;; *) echo hi; sleep 5;; esac';
    const { out } = await onHosts("web[01-02],closed01", "-o", "jsonl", "-u", "1", command);
    const rows = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { host: string });
    expect(rows.toSorted((a, b) => (a.host < b.host ? -1 : 1))).toEqual([
      row("closed01", { state: "refused", reason: "Connection refused" }),
      row("web01", { code: 2, stdout: "\ufffd", stdout_base64: "/w==", stderr: "e\n" }),
      row("web02", {
        state: "timeout-command",
        reason: "Timed out after 1 s during command",
        stdout: "hi\n",
        stderr: "",
        truncated: true,
      }),
    ]);
  });

  test("are not to be mixed", async () => {
    expect((await onHosts("web01", "--gather", "-o", "jsonl", "true")).code).toBe(2);
  });
});

const row = (host: string, more: object): object => ({
  host,
  state: "ok",
  reason: null,
  code: null,
  signal: null,
  stdout: null,
  stderr: null,
  stdout_base64: null,
  stderr_base64: null,
  truncated: false,
  ms: expect.any(Number),
  ...more,
});

describe("the command line", () => {
  test("of pgm works as it was typed", async () => {
    await writeFile(join(folder, "temaihost"), "web01\nweb02\n");
    const words = ["run", "-F", config, "-A", "-b", "-p", "5", "-f", "temaihost", "echo oom | grep -i OOM"];
    const { code, out, err } = await type(words);
    expect([code, sorted(out)]).toEqual([0, ["web01: oom", "web02: oom"]]);
    expect(err).toMatch(/^-b wins over -A/);
  });

  test("may name hosts before -- or on standard input", async () => {
    const named = await type(["run", "-F", config, "-b", "web01", "--", "echo", "-l"]);
    expect(named.out).toBe("web01: -l\n");
    const piped = await type(["run", "-F", config, "-bf", "-", "cat", "-"], { stdin: "web02\n" });
    expect([piped.code, piped.out]).toEqual([0, ""]);
  });

  test.each([
    [["-w", "web01"], "no command to run on the hosts"],
    [["-w", "web01", "--", " "], "no command to run on the hosts"],
    [["uptime"], "no hosts selected"],
    [["uptime", "-w", "web01"], "no hosts selected"],
    [["--", "uptime"], "no hosts selected"],
  ])("%j is a usage error", async (words, message) => {
    const { code, out, err } = await type(["run", ...words]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(new RegExp(`^${message}\nhint: `));
  });

  test("with -n shows hosts, limits and the command, and connects to nothing", async () => {
    const { code, out } = await onHosts("nobody[1-2].invalid", "-n", "-p", "7", "dmesg | grep -i 'kill'");
    expect(code).toBe(0);
    expect(out).toMatch(/^2 hosts:\n {2}nobody1\.invalid .*\n {2}nobody2\.invalid /);
    expect(out).toMatch(/7 in flight.* 60 s for the command/);
    expect(out).toMatch(/\n {2}dmesg \| grep -i 'kill'\n$/);
  });
});

test("ends quietly, and soon, when nobody reads any more", async () => {
  const bin = join(import.meta.dirname, "../../packages/cli/src/bin.ts");
  const words = ["run", "-q", "-b", "-F", config, "-w", "web01", "while :; do echo y; sleep 0.05; done"];
  const child = spawn(process.execPath, ["--conditions=inquest-source", bin, ...words], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, HOME: folder },
  });
  let err = "";
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  child.stdout.once("data", () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.once("close", resolve));
  expect([code, err]).toEqual([0, ""]);
});

import { execFileSync, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import type { Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { HostTarget } from "../../../../packages/core/src/model/host.ts";
import type { FleetOptions } from "../../../../packages/core/src/ssh/fleet-options.ts";
import type { FleetResult } from "../../../../packages/core/src/ssh/visit-host.ts";
import { makeKeyPair, ssh2 } from "../../../support/ssh-keys.ts";
import { fleetOptionsOf, sshdOf, targetOf, toTarget } from "../../../support/sshd/fleet-options-of.ts";
import { failureOf, runScript } from "../../../support/sshd/run-script.ts";
import { startSshds } from "../../../support/sshd/start-sshd.ts";
import type { TestFleet, TestSshd } from "../../../support/sshd/start-sshd.ts";

let fleet: TestFleet;
const folder = mkdtempSync(join(tmpdir(), "inquest-openssh-"));
const packages = join(import.meta.dirname, "../../../../packages/core/src");
const support = join(import.meta.dirname, "../../../support/sshd/fleet-options-of.ts");
const authority = join(folder, "authority");
const hostIdentity = join(folder, "host");

beforeAll(async () => {
  execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", authority]);
  execFileSync("ssh-keygen", ["-q", "-t", "ecdsa", "-N", "", "-f", hostIdentity]);
  execFileSync("ssh-keygen", ["-q", "-h", "-s", authority, "-I", "host", `${hostIdentity}.pub`]);
  fleet = await startSshds([
    { name: "web1" },
    { name: "web2" },
    { name: "strict", config: ["AuthenticationMethods publickey", "PasswordAuthentication no"] },
    { name: "certified", config: ["AuthorizedKeysFile none", `TrustedUserCAKeys ${authority}.pub`] },
    {
      name: "host-certified",
      config: [`HostKey ${hostIdentity}`, `HostCertificate ${hostIdentity}-cert.pub`],
    },
    { name: "no-sessions", config: ["MaxSessions 0"] },
    { name: "bastion", config: ["MaxStartups 10:30:100", "LogLevel VERBOSE"] },
    { name: "closed-bastion", config: ["AllowTcpForwarding no"] },
  ]);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await fleet.stop();
});

const sshd = (name: string): TestSshd => sshdOf(fleet, name);
const host = (name: string): HostTarget => targetOf(sshd(name));
const alias = (name: string, as: string): HostTarget => ({ ...host(name), host: as });

const transports = ["ssh2", "openssh"] as const;

const run = (
  targets: readonly HostTarget[],
  script: string,
  changes: Partial<FleetOptions> = {},
  command?: string,
): Promise<readonly FleetResult[]> =>
  runScript(targets, script, fleetOptionsOf(fleet, { transport: "openssh", ...changes }), command);
const runOn = async (
  name: string,
  script: string,
  changes: Partial<FleetOptions> = {},
): Promise<FleetResult> => {
  const [result] = await run([host(name)], script, changes);
  if (result === undefined) throw new Error("no result");
  return result;
};
const outcomesOf = (results: readonly FleetResult[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(results.map((one) => [one.target.host, failureOf(one)]));

/** What either transport gives, side by side. */
async function both(
  targets: readonly HostTarget[],
  script: string,
  changes: Partial<FleetOptions> = {},
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const outcomes: Readonly<Record<string, unknown>>[] = [];
  for (const transport of transports)
    outcomes.push(outcomesOf(await run(targets, script, { ...changes, transport })));
  return outcomes;
}

const knownHosts = (text: string): Partial<FleetOptions> => {
  const file = join(folder, "known_hosts");
  writeFileSync(file, text);
  return { knownHostsFiles: [file] };
};
const keyFile = (identityFile: string): Partial<FleetOptions> => ({
  overrides: { configFile: null, user: null, identityFile, jump: null },
});
const wrongKey = (): string => makeKeyPair().public.split(" ").slice(0, 2).join(" ");

/** A port of this machine on which this server listens while `use` runs. */
async function withServer<T>(server: Server, use: (port: number) => Promise<T>): Promise<T> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  try {
    return await use(typeof address === "object" && address !== null ? address.port : 0);
  } finally {
    server.close();
  }
}
/** Command lines of the ssh processes that hold a connection to this fleet. */
function runningSsh(): readonly string[] {
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return processes
    .map(commandLineOf)
    .filter((line) => line.startsWith("ssh\0") && line.includes(fleet.folder));
}
function commandLineOf(pid: string): string {
  try {
    return readFileSync(join("/proc", pid, "cmdline"), "utf8");
  } catch {
    return "gone in between";
  }
}
const hasProc = existsSync("/proc/self/cmdline");
const closedPort = async (): Promise<number> => withServer(createServer(), async (port) => port);

describe("a command by the system's ssh", () => {
  test("answers as by ssh2: streams, bytes, exit status, address", async () => {
    const script = "printf 'a\\0\\377\\342\\202\\254'; echo err >&2; exit 3\n";
    const answers: unknown[] = [];
    for (const transport of transports) {
      const result = await runOn("web1", script, { transport });
      if (!result.ok) throw new Error(result.failure.reason);
      const { stdout, stderr, code, signal } = result.value;
      answers.push({ stdout, stderr, code, signal, address: result.address, reached: result.reached });
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[1]).toMatchObject({ code: 3, reached: "command" });
  });

  test("has its times in order", async () => {
    const before = Date.now();
    const result = await runOn("web1", "echo out\n");
    if (!result.ok) throw new Error(result.failure.reason);
    const { sentMs, firstByteMs, receivedMs } = result.value;
    const times = [before, sentMs, firstByteMs ?? 0, receivedMs, Date.now()];
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  test("that itself exits 255 is an answer", async () => {
    const result = await runOn("web1", "echo last words; exit 255\n");
    expect(result.ok && [result.value.stdout.toString(), result.value.code]).toEqual(["last words\n", 255]);
  });

  test("ended by a signal is an answer without a status", async () => {
    const result = await runOn("web1", "echo begun; kill -KILL $$\n");
    expect(result.ok && [result.value.stdout.toString(), result.value.code]).toEqual(["begun\n", null]);
  });

  test("goes to the login shell to the letter, with nothing to read", async () => {
    const [result] = await run([host("web1")], "", {}, `cat; printf '%s' "a  'b' \\$c" "$(echo d)"`);
    expect(result?.ok && result.value.stdout.toString()).toBe("a  'b' $cd");
  });

  test("ends with its exit though a background child holds the pipe", async () => {
    const result = await runOn("web1", "sleep 30 & echo done; exit 4\n");
    expect(result.ok && [result.value.stdout.toString(), result.value.code]).toEqual(["done\n", 4]);
  });

  test("floods stderr without stalling stdout", async () => {
    const result = await runOn("web1", "head -c 5000000 /dev/zero >&2; echo done\n", {
      maxOutputBytes: 8_000_000,
    });
    expect(result.ok && [result.value.stderr.length, result.value.stdout.toString()]).toEqual([
      5_000_000,
      "done\n",
    ]);
  });

  test("that does not end in time is left, and what it said is kept", async () => {
    const [expected, openssh] = await both([host("web1")], "echo begun; sleep 30\n", { commandMs: 1_500 });
    expect(openssh).toEqual(expected);
    const result = await runOn("web1", "echo begun; sleep 30\n", { commandMs: 1_500 });
    expect(failureOf(result)).toMatchObject({ state: "timeout-command" });
    expect(result.kept?.stdout.toString()).toBe("begun\n");
  });

  test("that says nothing for too long is left", async () => {
    const [expected, openssh] = await both([host("web1")], "echo begun; sleep 30\n", { silenceMs: 700 });
    expect(openssh).toEqual(expected);
  });

  test("that never stops talking is cut at the limit, its head is kept", async () => {
    const result = await runOn("web1", "yes\n", { maxOutputBytes: 100_001 });
    expect(failureOf(result)).toEqual({ state: "output-limit", reason: "more than 100001 bytes of output" });
    expect(result.kept?.stdout.length).toBe(100_001);
  });

  test("that the host does not take is its failure", async () => {
    expect(failureOf(await runOn("no-sessions", "true\n"))).toEqual({
      state: "command-failed",
      reason: "the host does not run the command: open failed",
    });
  });

  test("that a host refuses and leaves at that is its failure", async () => {
    const server = new ssh2.Server({ hostKeys: [makeKeyPair().private] }, (client) => {
      client.on("error", () => {});
      client.on("authentication", (login) => login.accept());
      client.on("session", (accept) => accept().on("exec", (_accept, reject) => reject()));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const bound = server.address();
    const port = typeof bound === "object" && bound !== null ? bound.port : 0;
    const targets = [toTarget({ name: "127.0.0.1", host: "refuses", port })];
    const changes = { ...knownHosts(""), hostKey: "accept-new" } as const;
    expect(outcomesOf(await run(targets, "true\n", changes))).toMatchObject({
      refuses: {
        state: "command-failed",
        reason: expect.stringMatching(/^the host does not run the command: /),
      },
    });
    server.close();
  });

  test("whose connection breaks is not an answer", async () => {
    const result = await runOn("web1", "echo begun; sleep 0.3; kill -KILL $PPID; sleep 5\n");
    expect(failureOf(result)).toEqual({
      state: "unreachable",
      reason: "Connection closed by remote host during command",
    });
    expect(result.kept?.stdout.toString()).toBe("begun\n");
  });
});

describe("host keys by the system's ssh", () => {
  test("that nobody knows, that changed and that are revoked fail as by ssh2", async () => {
    const { address, port, knownHostsLine, hostKey } = sshd("web1");
    for (const [text, state] of [
      ["", "hostkey-unknown"],
      [`[${address}]:${port} ${wrongKey()}\n`, "hostkey-changed"],
    ] as const) {
      const [expected, openssh] = await both([host("web1")], "true\n", knownHosts(text));
      expect(openssh).toEqual(expected);
      expect(openssh).toMatchObject({ web1: { state } });
    }
    const revoked = knownHosts(`${knownHostsLine}\n@revoked * ${hostKey}\n`);
    expect(failureOf(await runOn("web1", "true\n", revoked))).toMatchObject({
      state: "hostkey-changed",
      reason: expect.stringContaining("marked revoked"),
    });
  });

  test("that are new are written down by accept-new, those that changed fail", async () => {
    const changes = { ...knownHosts(""), hostKey: "accept-new" } as const;
    expect(failureOf(await runOn("web1", "true\n", changes))).toBe("ok");
    const [file = ""] = changes.knownHostsFiles ?? [];
    expect(readFileSync(file, "utf8").trimEnd()).toBe(sshd("web1").knownHostsLine);
    const { address, port } = sshd("web1");
    const changed = { ...knownHosts(`[${address}]:${port} ${wrongKey()}\n`), hostKey: "accept-new" } as const;
    expect(failureOf(await runOn("web1", "true\n", changed))).toMatchObject({ state: "hostkey-changed" });
  });

  test("known in another type only are not accepted by accept-new", async () => {
    const { address, port } = sshd("web1");
    const rsa = makeKeyPair("rsa").public.split(" ").slice(0, 2).join(" ");
    const changes = { ...knownHosts(`[${address}]:${port} ${rsa}\n`), hostKey: "accept-new" } as const;
    expect(failureOf(await runOn("web1", "true\n", changes))).toMatchObject({ state: "hostkey-unknown" });
  });
});

describe("a fleet by the system's ssh", () => {
  test("keeps the other hosts when one refuses, each with the state that ssh2 gives it", async () => {
    const garbage = createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    await withServer(garbage, async (noSsh) => {
      const targets = [
        host("web1"),
        toTarget({ name: "127.0.0.1", host: "closed", port: await closedPort() }),
        toTarget({ name: "no-such-host.invalid", host: "nowhere" }),
        toTarget({ name: "-oProxyCommand=id", host: "hostile" }),
        toTarget({ name: "127.0.0.1", host: "web server", port: noSsh }),
        host("web2"),
      ];
      const [expected, openssh] = await both(targets, "true\n");
      expect(openssh).toEqual({
        ...expected,
        "web server": expect.objectContaining({ state: "unreachable" }),
      });
      expect(openssh).toMatchObject({ closed: { state: "refused" }, nowhere: { state: "dns" }, web2: "ok" });
    });
  });

  test("names a refused login in ssh's words", async () => {
    const stranger = join(folder, "stranger");
    writeFileSync(stranger, makeKeyPair().private, { mode: 0o600 });
    const [expected, openssh] = await both([host("strict")], "true\n", keyFile(stranger));
    expect(openssh).toEqual(expected);
    expect(openssh).toEqual({ strict: { state: "auth", reason: "Permission denied (publickey)." } });
  });

  test("gives up a host that never says that it speaks SSH", async () => {
    await withServer(createServer(), async (port) => {
      const targets = [toTarget({ name: "127.0.0.1", host: "hole", port })];
      const [expected, openssh] = await both(targets, "true\n", { connectMs: 800 });
      expect(openssh).toEqual(expected);
      expect(openssh).toMatchObject({ hole: { state: "timeout-connect" } });
    });
  });

  test("stays below what one sshd takes at once", async () => {
    const targets = Array.from({ length: 24 }, (_, at) => alias("bastion", `name${at}`));
    const results = await run(targets, "true\n", { parallel: 24, retries: 0 });
    expect(results.map(failureOf)).toEqual(targets.map(() => "ok"));
  });

  test.runIf(hasProc)("leaves no socket and no process behind", async () => {
    const temporary = join(folder, "tmp");
    mkdirSync(temporary);
    vi.stubEnv("TMPDIR", temporary);
    await run([host("web1"), host("web2")], "sleep 30\n", { commandMs: 500 });
    vi.unstubAllEnvs();
    expect(readdirSync(temporary)).toEqual([]);
    expect(runningSsh()).toEqual([]);
  });
});

describe("a way that only the system's ssh knows", () => {
  test("a host's certificate is enough, and one of another authority is not", async () => {
    const { address } = sshd("host-certified");
    const trusting = (key: string): Partial<FleetOptions> =>
      knownHosts(`@cert-authority [${address}]:* ${key}\n`);
    const ours = readFileSync(`${authority}.pub`, "utf8").trim();
    expect(failureOf(await runOn("host-certified", "true\n", trusting(ours)))).toBe("ok");
    expect(failureOf(await runOn("host-certified", "true\n", trusting(wrongKey())))).toMatchObject({
      state: "hostkey-unknown",
      reason: expect.stringMatching(/ key SHA256:\S{43} is not known/),
    });
  });

  test("a certificate lets in where the key alone does not", async () => {
    const identity = join(folder, "certified");
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", identity]);
    const sign = ["-q", "-s", authority, "-I", "tester", "-n", fleet.user, `${identity}.pub`];
    expect(failureOf(await runOn("certified", "true\n", keyFile(identity)))).toMatchObject({ state: "auth" });
    execFileSync("ssh-keygen", sign);
    expect(failureOf(await runOn("certified", "true\n", keyFile(identity)))).toBe("ok");
    expect(
      failureOf(await runOn("certified", "true\n", { ...keyFile(identity), transport: "ssh2" })),
    ).toMatchObject({
      state: "auth",
    });
  });
});

test.runIf(hasProc)("what is left of a run that is killed ends by itself", async () => {
  const script = `
    const { runOnFleet } = await import(${JSON.stringify(join(packages, "ssh/run-on-fleet.ts"))});
    const { fleetOptionsOf, targetOf } = await import(${JSON.stringify(support)});
    const fleet = ${JSON.stringify(fleet)};
    const onOutput = () => console.log("begun");
    const request = () => ({ command: "echo begun; sleep 30", stdin: Buffer.alloc(0), onOutput });
    const options = fleetOptionsOf(fleet, { transport: "openssh" });
    for await (const _ of runOnFleet([targetOf(fleet.sshds[0])], request, options));`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, TMPDIR: folder },
  });
  await new Promise((resolve) => child.stdout.once("data", resolve));
  expect(runningSsh()).toHaveLength(1);
  child.kill("SIGKILL");
  await expect.poll(runningSsh, { timeout: 10_000 }).toEqual([]);
});

describe("jump hosts by the system's ssh", () => {
  const through = (lines: string): Partial<FleetOptions> => {
    const configFile = join(folder, "config");
    writeFileSync(configFile, `${lines}\nHost *\n  Include ${fleet.configFile}\n`);
    const overrides = { configFile, user: null, identityFile: null, jump: null };
    return { useSshConfig: true, knownHostsFiles: null, overrides };
  };
  const named = (name: string): HostTarget => toTarget({ name });

  test("are logged in to once for all hosts behind them", async () => {
    const before = (await sshd("bastion").log()).length;
    const targets = Array.from({ length: 12 }, (_, at) => ({
      ...named(at % 2 === 0 ? "web1" : "web2"),
      host: `name${at}`,
    }));
    const results = await run(targets, "true\n", through("Host web*\n  ProxyJump bastion"));
    expect(results.map(failureOf)).toEqual(targets.map(() => "ok"));
    const log = (await sshd("bastion").log()).slice(before);
    expect(log.match(/Accepted publickey/g) ?? []).toHaveLength(1);
  });

  test("in a chain lead to the host", async () => {
    const results = await run([named("web1")], "true\n", through("Host web1\n  ProxyJump bastion,web2"));
    expect(outcomesOf(results)).toEqual({ web1: "ok" });
  });

  test("that refuse, do not forward or find nobody are told from the host, as by ssh2", async () => {
    const port = await closedPort();
    const config = through(
      [
        `Host behind-dead\n  HostName 127.0.0.1\n  ProxyJump dead\nHost dead\n  HostName 127.0.0.1\n  Port ${port}`,
        "Host behind-closed\n  HostName 127.0.0.1\n  Port 22\n  ProxyJump closed-bastion",
        `Host refusing\n  HostName 127.0.0.1\n  Port ${port}\n  ProxyJump bastion`,
        "Host nowhere\n  HostName no-such-host.invalid\n  ProxyJump bastion",
      ].join("\n"),
    );
    const targets = ["behind-dead", "behind-closed", "refusing", "nowhere"].map(named);
    const [expected, openssh] = await both(targets, "true\n", config);
    expect(openssh).toEqual(expected);
    expect(openssh).toMatchObject({
      "behind-dead": { state: "jump-failed" },
      "behind-closed": { state: "jump-failed" },
      refusing: { state: "refused" },
      nowhere: { state: "dns" },
    });
  });

  test("and commands of the configuration's own are ways to a host", async () => {
    const { address, port } = sshd("bastion");
    const key = `-i ${fleet.identityFile} -o UserKnownHostsFile=${fleet.knownHostsFile}`;
    const config = through(
      [
        `Host web1\n  ProxyCommand ssh -F none ${key} -p ${port} -W %h:%p ${address}`,
        'Host web2\n  ProxyCommand sh -c "echo no way >&2; exit 3"',
      ].join("\n"),
    );
    const results = await run([named("web1"), named("web2")], "true\n", config);
    expect(outcomesOf(results)).toMatchObject({
      web1: "ok",
      web2: { state: "jump-failed", reason: "ProxyCommand ended: no way" },
    });
  });
});

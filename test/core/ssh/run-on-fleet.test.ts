import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { HostTarget } from "../../../packages/core/src/model/host.ts";
import type { ExecRequest } from "../../../packages/core/src/ssh/exec.ts";
import type { FleetOptions } from "../../../packages/core/src/ssh/fleet-options.ts";
import { runOnFleet } from "../../../packages/core/src/ssh/run-on-fleet.ts";
import type { FleetResult } from "../../../packages/core/src/ssh/visit-host.ts";
import { makeKeyPair } from "../../support/ssh-keys.ts";
import { fleetOptionsOf, sshdOf, targetOf, toTarget } from "../../support/sshd/fleet-options-of.ts";
import { failureOf, runScript } from "../../support/sshd/run-script.ts";
import { startAgent } from "../../support/sshd/start-agent.ts";
import { startSshds } from "../../support/sshd/start-sshd.ts";
import type { TestFleet, TestSshd } from "../../support/sshd/start-sshd.ts";

let fleet: TestFleet;
const folder = mkdtempSync(join(tmpdir(), "inquest-fleet-"));
const rsaHostKey = join(folder, "rsa");
beforeAll(async () => {
  const pair = makeKeyPair("rsa");
  writeFileSync(rsaHostKey, pair.private, { mode: 0o600 });
  writeFileSync(`${rsaHostKey}.pub`, pair.public.split(" ").slice(0, 2).join(" "));
  fleet = await startSshds([
    { name: "web1" },
    { name: "web2" },
    { name: "two-keys", config: [`HostKey ${rsaHostKey}`] },
    { name: "strict", config: ["AuthenticationMethods publickey", "PasswordAuthentication no"] },
    { name: "password", config: ["PubkeyAuthentication no", "PasswordAuthentication yes"] },
    { name: "full", config: ["MaxStartups 10:30:60", "LogLevel VERBOSE"] },
  ]);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await fleet.stop();
});

const sshd = (name: string): TestSshd => sshdOf(fleet, name);
const host = (name: string): HostTarget => targetOf(sshd(name));
const trueExceptOnWeb1 = (target: HostTarget): ExecRequest => {
  if (target.host === "web1") throw new Error("no request");
  return { command: "true", stdin: Buffer.alloc(0) };
};
/** One sshd under another name, as if it were another host. */
const alias = (name: string, as: string): HostTarget => ({ ...host(name), host: as });

const run = (
  targets: readonly HostTarget[],
  script: string,
  changes: Partial<FleetOptions> = {},
): Promise<readonly FleetResult[]> => runScript(targets, script, fleetOptionsOf(fleet, changes));
const runOn = async (
  name: string,
  script: string,
  changes: Partial<FleetOptions> = {},
): Promise<FleetResult> => {
  const [result] = await run([host(name)], script, changes);
  if (result === undefined) throw new Error("no result");
  return result;
};

const knownHosts = (text: string): Partial<FleetOptions> => {
  const file = join(fleet.folder, "some_known_hosts");
  writeFileSync(file, text);
  return { knownHostsFiles: [file] };
};
const wrongKey = (): string => makeKeyPair().public.split(" ").slice(0, 2).join(" ");
const keyFile = (name: string, text: string): Partial<FleetOptions> => {
  const identityFile = join(fleet.folder, name);
  writeFileSync(identityFile, text, { mode: 0o600 });
  return { overrides: { configFile: null, user: null, identityFile, jump: null } };
};
const closedPort = async (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });

describe("a command on a host", () => {
  test("answers with both streams, exit code and times", async () => {
    const before = Date.now();
    const result = await runOn("web1", "echo out; echo err >&2; exit 3\n");
    expect(result).toMatchObject({
      ok: true,
      address: `${sshd("web1").address}:${sshd("web1").port}`,
      kept: null,
    });
    if (!result.ok) return;
    const { stdout, stderr, code, signal, sentMs, firstByteMs, receivedMs } = result.value;
    expect([stdout.toString(), stderr.toString(), code, signal]).toEqual(["out\n", "err\n", 3, null]);
    const times = [before, sentMs, firstByteMs ?? 0, receivedMs, Date.now()];
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(result.tookMs).toBeGreaterThan(0);
  });

  test("gets nothing of our environment and keeps every byte", async () => {
    process.env["INQUEST_SECRET"] = "x";
    const result = await runOn(
      "web1",
      "printf 'a\\0\\377\\342\\202\\254'; env | grep -c INQUEST_SECRET >&2\n",
    );
    expect(result.ok && result.value.stdout).toEqual(Buffer.from("610 0ffe282ac".replace(" ", ""), "hex"));
    expect(result.ok && result.value.stderr.toString()).toBe("0\n");
  });

  test("ended by a signal says which", async () => {
    const result = await runOn("web1", "kill -KILL $$\n");
    expect(result.ok && [result.value.code, result.value.signal]).toEqual([null, "SIGKILL"]);
  });

  test("ends with its exit though a background child holds the pipe", async () => {
    const result = await runOn("web1", "sleep 30 & echo done\n");
    expect(result.ok && result.value.stdout.toString()).toBe("done\n");
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
    const result = await runOn("web1", "echo begun; sleep 30\n", { commandMs: 1_500 });
    expect(failureOf(result)).toEqual({
      state: "timeout-command",
      reason: "Timed out after 1.5 s during command",
    });
    expect(result.kept?.stdout.toString()).toBe("begun\n");
  });

  test("that never stops talking is cut at the limit, its head is kept", async () => {
    const result = await runOn("web1", "yes\n", { maxOutputBytes: 100_001 });
    expect(failureOf(result)).toEqual({ state: "output-limit", reason: "more than 100001 bytes of output" });
    expect(result.kept?.stdout.length).toBe(100_001);
  });
});

describe("host keys", () => {
  test("that nobody knows fail with the command that accepts them", async () => {
    const result = await runOn("web1", "true\n", knownHosts(""));
    const { address, port } = sshd("web1");
    expect(failureOf(result)).toMatchObject({ state: "hostkey-unknown" });
    expect(!result.ok && result.failure.reason).toMatch(/^ED25519 key SHA256:\S{43} is not known/);
    expect(!result.ok && result.failure.reason.endsWith(`ssh -p ${port} ${fleet.user}@${address} true`)).toBe(
      true,
    );
  });

  test("that changed fail with the command that forgets them, with accept-new too", async () => {
    const { address, port } = sshd("web1");
    const changes = knownHosts(`[${address}]:${port} ${wrongKey()}\n`);
    for (const hostKey of ["strict", "accept-new"] as const) {
      const result = await runOn("web1", "true\n", { ...changes, hostKey });
      expect(failureOf(result)).toMatchObject({ state: "hostkey-changed" });
      const fix = `ssh-keygen -R '[${address}]:${port}' -f ${changes.knownHostsFiles?.[0]}`;
      expect(!result.ok && result.failure.reason.endsWith(fix)).toBe(true);
    }
  });

  test("that are new are written down by accept-new, once each, and are known from then on", async () => {
    const changes = knownHosts(`other ${wrongKey()}`);
    const targets = [host("web1"), host("web2")];
    const results = await run(targets, "true\n", { ...changes, hostKey: "accept-new" });
    expect(results.map(failureOf)).toEqual(["ok", "ok"]);
    const lines = readFileSync(changes.knownHostsFiles?.[0] ?? "", "utf8")
      .trimEnd()
      .split("\n");
    expect(lines.slice(1).toSorted()).toEqual(
      [sshd("web1"), sshd("web2")].map((one) => one.knownHostsLine).toSorted(),
    );
    expect((await run(targets, "true\n", changes)).map(failureOf)).toEqual(["ok", "ok"]);
  });

  test("known in another type only are not accepted, with accept-new either", async () => {
    const { address, port } = sshd("web1");
    const rsa = makeKeyPair("rsa").public.split(" ").slice(0, 2).join(" ");
    const changes = { ...knownHosts(`[${address}]:${port} ${rsa}\n`), hostKey: "accept-new" } as const;
    expect(failureOf(await runOn("web1", "true\n", changes))).toMatchObject({
      state: "hostkey-unknown",
      reason: expect.stringContaining("no key of a type that is known for it (ssh-rsa)"),
    });
  });

  test.each(["plain", "hashed"])("of the one type that is known are asked for, %s", async (form) => {
    const { address, port } = sshd("two-keys");
    const changes = knownHosts(`[${address}]:${port} ${readFileSync(`${rsaHostKey}.pub`, "utf8")}\n`);
    const file = changes.knownHostsFiles?.[0] ?? "";
    if (form === "hashed") execFileSync("ssh-keygen", ["-H", "-f", file], { stdio: "pipe" });
    expect(failureOf(await runOn("two-keys", "true\n", changes))).toBe("ok");
  });

  test("that are revoked fail", async () => {
    const { knownHostsLine, hostKey } = sshd("web1");
    const result = await runOn("web1", "true\n", knownHosts(`${knownHostsLine}\n@revoked * ${hostKey}\n`));
    expect(failureOf(result)).toMatchObject({
      state: "hostkey-changed",
      reason: expect.stringContaining("revoked in"),
    });
  });
});

describe("logging in", () => {
  test("with a key that the host does not want is refused in ssh's words", async () => {
    const result = await runOn("strict", "true\n", keyFile("stranger", makeKeyPair().private));
    expect(failureOf(result)).toEqual({ state: "auth", reason: "Permission denied (publickey)." });
  });

  test("with a locked key asks for its passphrase once for all hosts", async () => {
    const locked = makeKeyPair("ed25519", { passphrase: "open sesame" });
    appendFileSync(join(fleet.folder, "authorized_keys"), `${locked.public}\n`);
    const asked: [string, number][] = [];
    const changes: Partial<FleetOptions> = {
      ...keyFile("locked", locked.private),
      askPassphrase: async (file, attempt) => {
        asked.push([file, attempt]);
        return attempt === 1 ? "wrong" : "open sesame";
      },
    };
    const results = await run([host("web1"), host("web2")], "true\n", changes);
    expect(results.map(failureOf)).toEqual(["ok", "ok"]);
    const file = join(fleet.folder, "locked");
    expect(asked).toEqual([
      [file, 1],
      [file, 2],
    ]);
  });

  test("with a locked key and nobody to ask says so and is refused", async () => {
    const notice = vi.fn<(text: string) => void>();
    const changes = keyFile("locked2", makeKeyPair("ed25519", { passphrase: "open sesame" }).private);
    const results = await run([host("strict"), host("web1")], "true\n", { ...changes, notice });
    expect(results.map(failureOf)).toMatchObject([{ state: "auth" }, { state: "auth" }]);
    expect(notice.mock.calls).toEqual([
      [expect.stringContaining("has a passphrase and nobody can be asked")],
    ]);
  });

  test("with a file that is no key says so and is refused", async () => {
    const notice = vi.fn<(text: string) => void>();
    const result = await runOn("strict", "true\n", { ...keyFile("nonsense", "no key\n"), notice });
    expect(failureOf(result)).toEqual({ state: "auth", reason: "Permission denied (publickey)." });
    expect(notice.mock.calls).toEqual([[expect.stringContaining("Unsupported key format")]]);
  });

  test("with an agent signs for many hosts at once, whatever else it holds", async () => {
    const agent = await startAgent(fleet.folder);
    try {
      const certified = join(fleet.folder, "certified");
      writeFileSync(certified, makeKeyPair().private, { mode: 0o600 });
      writeFileSync(`${certified}.pub`, execFileSync("ssh-keygen", ["-y", "-f", certified]));
      execFileSync("ssh-keygen", ["-s", fleet.identityFile, "-I", "id", "-n", "me", `${certified}.pub`], {
        stdio: "pipe",
      });
      agent.add(certified);
      agent.add(fleet.identityFile);
      const overrides = {
        configFile: null,
        user: null,
        identityFile: join(fleet.folder, "none"),
        jump: null,
      };
      const targets = Array.from({ length: 12 }, (_, at) =>
        alias(at % 2 === 0 ? "web1" : "web2", `name${at}`),
      );
      const results = await run(targets, "true\n", { overrides, agentSocket: agent.socket });
      expect(results.map(failureOf)).toEqual(targets.map(() => "ok"));
    } finally {
      agent.stop();
    }
  });

  test("with a password where keys are of no use", async ({ skip }) => {
    skip(fleet.password === null, "only root can give an account of the namespace a password");
    expect(failureOf(await runOn("password", "true\n", { password: fleet.password }))).toBe("ok");
  });

  test("with a wrong password is refused after one try", async () => {
    const before = (await sshd("password").log()).length;
    const result = await runOn("password", "true\n", { password: "wrong" });
    expect(failureOf(result)).toMatchObject({
      state: "auth",
      reason: expect.stringContaining("Permission denied (password"),
    });
    const log = (await sshd("password").log()).slice(before);
    expect(log.match(/Failed password/g) ?? []).toHaveLength(1);
  });
});

describe("a fleet", () => {
  test("keeps the other hosts when one refuses, and gives each exactly one result", async () => {
    const targets = [
      host("web1"),
      toTarget({ name: "127.0.0.1", host: "closed", port: await closedPort() }),
      toTarget({ name: "no-such-host.invalid", host: "nowhere" }),
      toTarget({ name: "-oProxyCommand=id", host: "hostile" }),
      host("web2"),
    ];
    const results = await run(targets, "echo here\n");
    const outcome = Object.fromEntries(results.map((one) => [one.target.host, failureOf(one)]));
    expect(results).toHaveLength(5);
    expect(outcome).toEqual({
      web1: "ok",
      closed: { state: "refused", reason: "Connection refused" },
      nowhere: {
        state: "dns",
        reason: expect.stringMatching(
          /^Could not resolve hostname no-such-host\.invalid: (Name|Temporary|No address)/,
        ),
      },
      hostile: { state: "dns", reason: "hostname contains invalid characters" },
      web2: "ok",
    });
  });

  test("takes names, ports and keys from ssh_config", async () => {
    const overrides = { configFile: fleet.configFile, user: null, identityFile: null, jump: null };
    const changes = { overrides, useSshConfig: true, knownHostsFiles: null };
    const results = await run([toTarget({ name: "web1" }), toTarget({ name: "web2" })], "true\n", changes);
    expect(results.map(failureOf)).toEqual(["ok", "ok"]);
  });

  test("does not reach a host directly that is behind a jump host", async () => {
    const overrides = { configFile: fleet.configFile, user: null, identityFile: null, jump: "bastion" };
    const changes = { overrides, useSshConfig: true, knownHostsFiles: null };
    const [result] = await run([toTarget({ name: "web1" })], "true\n", changes);
    expect(result).toMatchObject({ ok: false, address: null, failure: { state: "jump-failed" } });
  });

  test("loses no host to a full sshd: 64 names that are one machine", async () => {
    const targets = Array.from({ length: 64 }, (_, at) => alias("full", `name${at}`));
    const results = await run(targets, "true\n", { parallel: 64, connectMs: 60_000, retries: 0 });
    expect(results.map(failureOf)).toEqual(targets.map(() => "ok"));
    expect(await sshd("full").log()).not.toContain("MaxStartups");
  });

  test("never has more hosts in flight than asked for, those not yet consumed included", async () => {
    let inFlight = 0;
    let most = 0;
    const onStart = (): void => {
      inFlight += 1;
      most = Math.max(most, inFlight);
    };
    const targets = Array.from({ length: 8 }, (_, at) => alias("web1", `name${at}`));
    const request = { command: "true", stdin: Buffer.alloc(0) };
    for await (const result of runOnFleet(
      targets,
      () => request,
      fleetOptionsOf(fleet, { parallel: 3, onStart }),
    )) {
      expect(result.ok).toBe(true);
      inFlight -= 1;
    }
    expect(most).toBe(3);
  });

  test("that is interrupted starts no more hosts and gives those in flight two seconds", async () => {
    const abort = new AbortController();
    const targets = ["slow1", "quick", "later1", "later2"].map((name) => alias("web1", name));
    const results: FleetResult[] = [];
    const options = fleetOptionsOf(fleet, { parallel: 2, signal: abort.signal });
    for await (const result of runOnFleet(
      targets,
      (target) => ({ command: target.host === "quick" ? "echo quick" : "sleep 30", stdin: Buffer.alloc(0) }),
      options,
    )) {
      results.push(result);
      abort.abort();
    }
    expect(results.map(({ target }) => target.host).toSorted()).toEqual([
      "later1",
      "later2",
      "quick",
      "slow1",
    ]);
    const states = Object.fromEntries(
      results.map((one) => [one.target.host, one.ok ? "ok" : one.failure.state]),
    );
    expect(states).toEqual({
      quick: "ok",
      slow1: "interrupted",
      later1: "interrupted",
      later2: "interrupted",
    });
  });

  test("that reaches its deadline skips the hosts not started and cuts off the others", async () => {
    const targets = ["one", "two"].map((name) => alias("web1", name));
    const results = await run(targets, "sleep 30\n", { parallel: 1, deadlineMs: 2_500 });
    expect(results.map(failureOf)).toEqual([
      { state: "timeout-command", reason: "the run's deadline of 2.5 s was reached during command" },
      { state: "skipped-deadline", reason: "not started before the deadline of 2.5 s" },
    ]);
  });

  test("costs a bug in one request only that host", async () => {
    const options = fleetOptionsOf(fleet);
    const results: FleetResult[] = [];
    for await (const result of runOnFleet([host("web1"), host("web2")], trueExceptOnWeb1, options))
      results.push(result);
    const outcome = Object.fromEntries(results.map((one) => [one.target.host, failureOf(one)]));
    expect(outcome).toEqual({ web1: { state: "local-error", reason: "no request" }, web2: "ok" });
  });

  test("stops when its consumer leaves", async () => {
    const started: string[] = [];
    const onStart = (target: HostTarget): void => void started.push(target.host);
    const targets = Array.from({ length: 6 }, (_, at) => alias("web1", `name${at}`));
    const request = { command: "true", stdin: Buffer.alloc(0) };
    for await (const _ of runOnFleet(targets, () => request, fleetOptionsOf(fleet, { parallel: 1, onStart })))
      break;
    expect(started).toEqual(["name0"]);
  });
});

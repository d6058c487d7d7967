import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import type { Server, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { HostTarget } from "../../../packages/core/src/model/host.ts";
import type { FleetOptions } from "../../../packages/core/src/ssh/fleet-options.ts";
import { runOnFleet } from "../../../packages/core/src/ssh/run-on-fleet.ts";
import type { FleetResult } from "../../../packages/core/src/ssh/visit-host.ts";
import { makeKeyPair, ssh2 } from "../../support/ssh-keys.ts";
import { fleetOptionsOf, sshdOf, toTarget } from "../../support/sshd/fleet-options-of.ts";
import { startSshds } from "../../support/sshd/start-sshd.ts";
import type { TestFleet, TestSshd } from "../../support/sshd/start-sshd.ts";

let fleet: TestFleet;
const folder = mkdtempSync(join(tmpdir(), "inquest-jumps-"));
const servers = new Set<{ close: () => unknown }>();
const sockets = new Set<Socket>();

beforeAll(async () => {
  fleet = await startSshds([
    { name: "bastion", config: ["MaxStartups 10:30:100", "LogLevel DEBUG1"] },
    { name: "inner", config: ["LogLevel DEBUG1"] },
    { name: "closed-bastion", config: ["AllowTcpForwarding no"] },
    { name: "strict", config: ["AuthenticationMethods publickey", "LogLevel VERBOSE"] },
    { name: "web1" },
    { name: "web2" },
  ]);
});
afterEach(() => {
  sockets.forEach((socket) => socket.destroy());
  servers.forEach((server) => server.close());
  servers.clear();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await fleet.stop();
});

const sshd = (name: string): TestSshd => sshdOf(fleet, name);
const known = ({ address, port }: TestSshd): string => `[${address}]:${port}`;

/** The fleet's ssh_config with these lines before it. */
function configured(lines: string, changes: Partial<FleetOptions> = {}): Partial<FleetOptions> {
  const configFile = join(folder, "config");
  writeFileSync(configFile, `${lines}\nHost *\n  Include ${fleet.configFile}\n`);
  const overrides = { configFile, user: null, identityFile: null, jump: null, ...changes.overrides };
  return { useSshConfig: true, knownHostsFiles: null, ...changes, overrides };
}

type Script = string | ((target: HostTarget) => string);

async function run(
  hosts: readonly (string | HostTarget)[],
  changes: Partial<FleetOptions>,
  script: Script = "echo here\n",
  onResult: (result: FleetResult) => void = () => {},
): Promise<Readonly<Record<string, unknown>>> {
  const targets = hosts.map((host) => (typeof host === "string" ? toTarget({ name: host }) : host));
  const outcome: Record<string, unknown> = {};
  const request = (target: HostTarget): { command: string; stdin: Buffer } => ({
    command: "exec sh -s",
    stdin: Buffer.from(typeof script === "string" ? script : script(target)),
  });
  for await (const result of runOnFleet(targets, request, fleetOptionsOf(fleet, changes))) {
    outcome[result.target.host] = result.ok ? result.value.stdout.toString().trim() : result.failure;
    onResult(result);
  }
  return outcome;
}
const aliases = (name: string, count: number): readonly HostTarget[] =>
  Array.from({ length: count }, (_, at) => toTarget({ host: `${name}-${at}`, name }));
const jumpFailed = (reason: unknown): object => ({ state: "jump-failed", reason });

async function listen(server: Pick<Server, "listen" | "address" | "close">): Promise<number> {
  servers.add(server);
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", () => resolve()));
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** A port that passes connections on to an sshd, or whatever `onSocket` does with them. */
async function startRelay(
  to: TestSshd | null,
): Promise<{ port: number; calls: () => number; cut: () => void; freeze: () => void }> {
  let calls = 0;
  const server = createServer((socket) => {
    calls += 1;
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    if (to === null) {
      socket.resume();
      return;
    }
    const upstream = connect(to.port, to.address);
    upstream.on("error", () => socket.destroy()).on("close", () => socket.destroy());
    socket.on("close", () => upstream.destroy());
    socket.pipe(upstream).pipe(socket);
  });
  const port = await listen(server);
  return {
    port,
    calls: () => calls,
    cut: () => sockets.forEach((socket) => socket.destroy()),
    freeze: () => sockets.forEach((socket) => socket.unpipe().pause()),
  };
}
const relayed = (name: string, port: number, as: TestSshd): string =>
  `Host ${name}\n  HostName 127.0.0.1\n  Port ${port}\n  HostKeyAlias ${known(as)}\n`;

describe("hosts behind a jump host", () => {
  test("are all reached over one connection to it, few handshakes at once for each of them", async () => {
    const before = (await sshd("bastion").log()).length;
    const targets = [...aliases("web1", 50), ...aliases("web2", 50)];
    const changes = configured("Host web*\n  ProxyJump bastion\n", { parallel: 64, retries: 0 });
    const outcome = await run(targets, changes);
    expect([...new Set(Object.values(outcome))]).toEqual(["here"]);
    expect(Object.keys(outcome)).toHaveLength(100);
    const log = (await sshd("bastion").log()).slice(before);
    expect(log.match(/Accepted publickey/g)).toHaveLength(1);
    expect(log.match(/server_request_direct_tcpip: originator/g)).toHaveLength(100);
  });

  test("may lie behind a chain of them, each with its own user and port", async () => {
    const before = await Promise.all(
      ["bastion", "inner"].map(async (name) => (await sshd(name).log()).length),
    );
    const { address, port } = sshd("inner");
    const jump = `bastion,${fleet.user}@${address}:${port}`;
    const overrides = { configFile: null, user: null, identityFile: null, jump };
    const { configFile } = configured("").overrides ?? { configFile: null };
    const changes = configured("", { overrides: { ...overrides, configFile } });
    expect(await run(["web1", "web2"], changes)).toEqual({ web1: "here", web2: "here" });
    for (const [at, name] of ["bastion", "inner"].entries())
      expect((await sshd(name).log()).slice(before[at]).match(/Accepted publickey/g)).toHaveLength(1);
  });

  test("are reached as their list says, before what the configuration says", async () => {
    const changes = configured("Host web*\n  ProxyJump nowhere.invalid\n");
    const outcome = await run(
      [
        toTarget({ name: "web1", jump: "bastion" }),
        toTarget({ name: "web2", jump: "none" }),
        toTarget({ host: "other", name: "web1" }),
      ],
      changes,
    );
    expect(outcome).toEqual({
      web1: "here",
      web2: "here",
      other: jumpFailed(expect.stringMatching(/^jump host nowhere\.invalid: Could not resolve hostname/)),
    });
  });

  test("fail by themselves: the jump host tells why", async () => {
    const closed = await startRelay(null);
    servers.forEach((server) => server.close());
    const changes = configured(
      [
        "Host closed nameless changed web1\n  ProxyJump bastion",
        `Host closed\n  HostName 127.0.0.1\n  Port ${closed.port}`,
        "Host nameless\n  HostName no-such-host.invalid",
        `Host changed\n  HostName ${sshd("web2").address}\n  Port ${sshd("web2").port}\n  HostKeyAlias ${known(sshd("web1"))}`,
      ].join("\n"),
    );
    expect(await run(["closed", "nameless", "changed", "web1"], changes)).toEqual({
      closed: { state: "refused", reason: "Connection refused (seen from the jump host)" },
      nameless: { state: "dns", reason: expect.stringContaining("(seen from the jump host)") },
      changed: { state: "hostkey-changed", reason: expect.stringContaining("ssh-keygen -R") },
      web1: "here",
    });
  });

  test("time out before the banner when they stay silent behind it", async () => {
    const silent = await startRelay(null);
    const lines = `Host silent web1\n  ProxyJump bastion\nHost silent\n  HostName 127.0.0.1\n  Port ${silent.port}`;
    // The first visit of the other host must fit into the clock too.
    expect(await run(["silent", "web1"], configured(lines, { connectMs: 4_000 }))).toEqual({
      silent: { state: "timeout-connect", reason: "Timed out after 4 s during banner exchange" },
      web1: "here",
    });
  });
});

test("a host behind a jump host that is cut off without a word costs its own clock, not the others", async () => {
  const relay = await startRelay(sshd("web1"));
  const lines = `${relayed("far", relay.port, sshd("web1"))}Host far web2\n  ProxyJump bastion`;
  const outcome = await run(
    ["far", "web2"],
    configured(lines, { commandMs: 2_000 }),
    ({ host }) => (host === "far" ? "echo begun; sleep 20\n" : "sleep 1; echo here\n"),
    ({ target }) => {
      if (target.host === "web2") relay.freeze();
    },
  );
  expect(outcome).toEqual({
    far: { state: "timeout-command", reason: "Timed out after 2 s during command" },
    web2: "here",
  });
});

describe("a jump host that", () => {
  test("refuses fails the hosts behind it with its reason, asked once, and no others", async () => {
    const closed = await startRelay(null);
    servers.forEach((server) => server.close());
    const lines = `${relayed("shut", closed.port, sshd("bastion"))}Host web1\n  ProxyJump shut`;
    const outcome = await run([...aliases("web1", 5), "web2"], configured(lines));
    const { web2, ...behind } = outcome;
    expect(web2).toBe("here");
    expect(Object.values(behind)).toEqual(
      Array.from({ length: 5 }, () => jumpFailed("jump host shut: Connection refused")),
    );
  });

  test("never answers fails them after one connect clock for all", async () => {
    const silent = await startRelay(null);
    const lines = `${relayed("mute", silent.port, sshd("bastion"))}Host web1\n  ProxyJump mute`;
    const outcome = await run(aliases("web1", 6), configured(lines, { parallel: 2, connectMs: 700 }));
    expect(Object.values(outcome)).toEqual(
      Array.from({ length: 6 }, () =>
        jumpFailed("jump host mute: Timed out after 0.7 s during banner exchange"),
      ),
    );
    expect(silent.calls()).toBe(1);
  });

  test("does not let us in is asked once, never again", async () => {
    const before = (await sshd("strict").log()).length;
    const stranger = join(folder, "stranger");
    writeFileSync(stranger, makeKeyPair().private, { mode: 0o600 });
    const configFile = join(folder, "strict_config");
    const { address, port } = sshd("strict");
    writeFileSync(
      configFile,
      [
        `Host strict\n  HostName ${address}\n  Port ${port}\n  IdentityFile ${stranger}`,
        `Host web1\n  HostName ${sshd("web1").address}\n  Port ${sshd("web1").port}\n  ProxyJump strict`,
        `Host *\n  IdentityAgent none\n  UserKnownHostsFile ${fleet.knownHostsFile}\n`,
      ].join("\n"),
    );
    const overrides = { configFile, user: null, identityFile: null, jump: null };
    const changes = { ...configured("", { parallel: 2, retries: 3 }), overrides };
    expect(Object.values(await run(aliases("web1", 4), changes))).toEqual(
      Array.from({ length: 4 }, () => jumpFailed("jump host strict: Permission denied (publickey).")),
    );
    expect((await sshd("strict").log()).slice(before).match(/Connection from/g)).toHaveLength(1);
  });

  test("does not forward says so for each host", async () => {
    const changes = configured("Host web1\n  ProxyJump closed-bastion\n");
    expect(await run(["web1", "web2"], changes)).toEqual({
      web1: jumpFailed(expect.stringMatching(/does not forward to 127\..*(?:prohibited|open failed)/)),
      web2: "here",
    });
  });

  test("has another key than it had fails with the command that forgets it", async () => {
    const lines = `Host bastion\n  HostKeyAlias ${known(sshd("web2"))}\nHost web1\n  ProxyJump bastion\n`;
    const fixes: (string | null)[] = [];
    const outcome = await run(["web1"], configured(lines), "true\n", (result) => {
      if (!result.ok) fixes.push(result.fix);
    });
    const reason = expect.stringMatching(/^jump host bastion: ED25519 key .* is not the one in/);
    expect(outcome).toEqual({ web1: jumpFailed(reason) });
    expect(fixes).toEqual([expect.stringMatching(/^ssh-keygen -R '\[127\./)]);
  });

  test("goes in the middle costs the hosts in flight, and is connected to once more for the others", async () => {
    const relay = await startRelay(sshd("bastion"));
    const lines = `${relayed("shaky", relay.port, sshd("bastion"))}Host web*\n  ProxyJump shaky`;
    const targets = ["slow", "quick", "later1", "later2"].map((host) => toTarget({ host, name: "web1" }));
    const outcome = await run(
      targets,
      configured(lines, { parallel: 2 }),
      ({ host }) =>
        host === "slow" ? "sleep 20\n" : host === "quick" ? "sleep 1; echo here\n" : "echo here\n",
      ({ target }) => {
        if (target.host === "quick") relay.cut();
      },
    );
    expect(outcome).toEqual({
      quick: "here",
      slow: jumpFailed(expect.stringMatching(/^jump host shaky: Connection/)),
      later1: "here",
      later2: "here",
    });
    expect(relay.calls()).toBe(2);
  });

  test("goes twice is not connected to a third time", async () => {
    const relay = await startRelay(sshd("bastion"));
    const lines = `${relayed("shaky", relay.port, sshd("bastion"))}Host web*\n  ProxyJump shaky`;
    const outcome = await run(aliases("web1", 4), configured(lines, { parallel: 1 }), "echo here\n", () =>
      relay.cut(),
    );
    expect(Object.values(outcome)).toEqual([
      "here",
      "here",
      ...Array.from({ length: 2 }, () => jumpFailed(expect.stringMatching(/^jump host shaky: Connection/))),
    ]);
    expect(relay.calls()).toBe(2);
  });

  test("takes the channel and never opens it is bounded by the host's own clock", async () => {
    const pair = makeKeyPair();
    const server = new ssh2.Server({ hostKeys: [pair.private] }, (client) => {
      client.on("error", () => {});
      client.on("authentication", (context) => context.accept());
      client.on("tcpip", () => {});
    });
    const port = await listen(server);
    const knownHosts = join(folder, "known_hosts");
    writeFileSync(knownHosts, `[127.0.0.1]:${port} ${pair.public.split(" ").slice(0, 2).join(" ")}\n`);
    const lines = [
      `Host numb\n  HostName 127.0.0.1\n  Port ${port}\n  UserKnownHostsFile ${knownHosts}`,
      "Host web1\n  ProxyJump numb\n",
    ].join("\n");
    expect(await run(["web1", "web2"], configured(lines, { connectMs: 2_000 }))).toEqual({
      web1: { state: "timeout-connect", reason: "Timed out after 2 s during connect" },
      web2: "here",
    });
  });

  test("leads back to itself is a circle", async () => {
    const lines = "Host web1 inner\n  ProxyJump bastion\nHost bastion\n  ProxyJump inner\n";
    expect(await run(["web1", "web2"], configured(lines))).toEqual({
      web1: jumpFailed(expect.stringContaining("jump hosts lead in a circle")),
      web2: "here",
    });
    expect(await run(["web1"], configured("Host *\n  ProxyJump bastion\n"))).toEqual({
      web1: jumpFailed(expect.stringMatching(/loop|circle/)),
    });
  });
});

test("a run that is left behind leaves no connection to a jump host", async () => {
  const relay = await startRelay(sshd("bastion"));
  const lines = `${relayed("gate", relay.port, sshd("bastion"))}Host web*\n  ProxyJump gate`;
  const options = fleetOptionsOf(fleet, configured(lines, { parallel: 2 }));
  const request = { command: "true", stdin: Buffer.alloc(0) };
  for await (const _ of runOnFleet(aliases("web1", 4), () => request, options)) break;
  await expect.poll(() => sockets.size, { timeout: 5_000 }).toBe(0);
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, connect } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { FleetOptions } from "../../../packages/core/src/ssh/fleet-options.ts";
import { runOnFleet } from "../../../packages/core/src/ssh/run-on-fleet.ts";
import type { FleetResult } from "../../../packages/core/src/ssh/visit-host.ts";
import { makeKeyPair, ssh2 } from "../../support/ssh-keys.ts";
import type { Algorithms, AuthContext, Session } from "../../support/ssh-keys.ts";
import { fleetOptionsOf, toTarget } from "../../support/sshd/fleet-options-of.ts";
import { startSshds } from "../../support/sshd/start-sshd.ts";
import type { TestFleet } from "../../support/sshd/start-sshd.ts";
import { startBlackhole } from "../../support/start-blackhole.ts";

let fleet: TestFleet;
const folder = mkdtempSync(join(tmpdir(), "inquest-misbehaving-"));
const servers: { close: () => unknown }[] = [];
const sockets = new Set<Socket>();
beforeAll(async () => {
  fleet = await startSshds([{ name: "web1", config: ["AuthenticationMethods publickey"] }]);
});
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await fleet.stop();
});

interface Listener {
  listen(port: number, address: string, listening: () => void): unknown;
  address(): AddressInfo | string | null;
  close(): unknown;
}

async function listen(server: Listener): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", () => resolve()));
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** A host that does with its n-th connection what it is told; returns its port and how often it was called. */
async function startPeer(
  onSocket: (socket: Socket, nth: number) => void,
): Promise<{ port: number; calls: () => number }> {
  let calls = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    calls += 1;
    onSocket(socket, calls);
  });
  return { port: await listen(server), calls: () => calls };
}

/** Passes a connection on to the real sshd, from where it can be cut. */
function passOn(socket: Socket): Socket {
  const [web1] = fleet.sshds;
  const upstream = connect(web1?.port ?? 0, web1?.address);
  upstream.on("error", () => socket.destroy()).on("close", () => socket.destroy());
  socket.on("close", () => upstream.destroy());
  socket.pipe(upstream).pipe(socket);
  return upstream;
}

async function visit(
  port: number,
  { command = "cat", ...changes }: Partial<FleetOptions> & { readonly command?: string } = {},
  hostKey?: string,
): Promise<FleetResult> {
  const knownHosts = join(folder, "known_hosts");
  writeFileSync(knownHosts, `[127.0.0.1]:${port} ${hostKey ?? fleet.sshds[0]?.hostKey}\n`);
  const options = fleetOptionsOf(fleet, { knownHostsFiles: [knownHosts], ...changes });
  const request = { command, stdin: Buffer.from("hello") };
  for await (const result of runOnFleet([toTarget({ name: "127.0.0.1", port })], () => request, options))
    return result;
  throw new Error("no result");
}
const failureOf = (result: FleetResult): unknown => (result.ok ? "ok" : result.failure);

describe("a port that", () => {
  test("accepts and stays silent times out", async () => {
    const { port } = await startPeer((socket) => void socket.resume());
    const failure = failureOf(await visit(port, { connectMs: 700 }));
    expect(failure).toEqual({
      state: "timeout-connect",
      reason: "Timed out after 0.7 s during banner exchange",
    });
    await expect.poll(() => sockets.size).toBe(0);
  });

  test.each([
    ["speaks SSH-1", "SSH-1.5-old\r\n"],
    ["sends a line without end", "x".repeat(9_000)],
    ["speaks binary nonsense forever", `${"\u0000\u0001".repeat(5_000)}\r\n`],
  ])("%s is no SSH-2 server", async (_what, text) => {
    const { port } = await startPeer((socket) => void socket.write(text));
    const failure = failureOf(await visit(port));
    expect(failure).toEqual({
      state: "unreachable",
      reason: expect.stringMatching(/^not an SSH-2 server \(/),
    });
  });

  test("speaks HTTP and closes is unreachable", async () => {
    const { port } = await startPeer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    expect(failureOf(await visit(port, { retries: 0 }))).toMatchObject({ state: "unreachable" });
  });

  test("closes before it has said anything is unreachable, in words that say when", async () => {
    const { port } = await startPeer((socket) => socket.end("Exceeded MaxStartups\r\n"));
    const reason = "Connection closed by remote host during banner exchange";
    expect(failureOf(await visit(port, { retries: 0 }))).toEqual({ state: "unreachable", reason });
  });

  test("closes in the key exchange is unreachable, in words that say when", async () => {
    const { port, calls } = await startPeer((socket) => socket.end("SSH-2.0-test\r\n"));
    const failure = failureOf(await visit(port, { retries: 0 }));
    const reason = "Connection closed by remote host during key exchange";
    expect(failure).toEqual({ state: "unreachable", reason });
    expect(calls()).toBe(1);
  });

  test("resets in the key exchange is unreachable", async () => {
    const { port } = await startPeer((socket) => {
      socket.write("SSH-2.0-test\r\n");
      socket.once("data", () => socket.resetAndDestroy());
    });
    const reason = "Connection reset by peer during key exchange";
    expect(failureOf(await visit(port, { retries: 0 }))).toEqual({ state: "unreachable", reason });
  });
});

describe("a clock runs while a host", () => {
  test("drops what asks for a connection", async () => {
    const blackhole = await startBlackhole();
    try {
      expect(failureOf(await visit(blackhole.port, { connectMs: 700 }))).toEqual({
        state: "timeout-connect",
        reason: "Timed out after 0.7 s during connect",
      });
    } finally {
      blackhole.stop();
    }
  });

  test("feeds us its first line a byte at a time", async () => {
    const { port } = await startPeer((socket) => {
      const drip = setInterval(() => socket.write("S"), 50);
      socket.on("close", () => clearInterval(drip));
    });
    expect(failureOf(await visit(port, { connectMs: 900 }))).toEqual({
      state: "timeout-connect",
      reason: "Timed out after 0.9 s during banner exchange",
    });
    await expect.poll(() => sockets.size).toBe(0);
  });

  test("falls silent after its first words", async () => {
    const { port } = await startPeer((socket) => {
      const upstream = passOn(socket);
      upstream.unpipe(socket).once("data", (chunk: Buffer) => socket.write(chunk));
      upstream.resume();
    });
    expect(failureOf(await visit(port, { connectMs: 2_000 }))).toEqual({
      state: "timeout-connect",
      reason: "Timed out after 2 s during key exchange",
    });
  });

  test("answers a byte at a time for ever: what came is kept", async () => {
    const options = { commandMs: 1_500, command: "while :; do printf x; sleep 0.1; done" };
    const { port } = await startPeer((socket) => void passOn(socket));
    const result = await visit(port, options);
    expect(failureOf(result)).toEqual({
      state: "timeout-command",
      reason: "Timed out after 1.5 s during command",
    });
    expect(result.kept?.stdout.toString()).toMatch(/^x+$/);
  });

  test("sends no first byte: its own clock ends it, long before that of the command", async () => {
    const { port } = await startPeer((socket) => void passOn(socket));
    const result = await visit(port, { firstByteMs: 600, silenceMs: 20_000, command: "sleep 20; echo late" });
    expect(failureOf(result)).toEqual({
      state: "timeout-command",
      reason: "Timed out after 0.6 s without a first byte of output",
    });
    expect(result.kept?.firstByteMs).toBeNull();
    await expect.poll(() => sockets.size).toBe(0);
  });

  test("falls silent in the middle of its answer: what came is kept", async () => {
    const { port } = await startPeer((socket) => void passOn(socket));
    const options = { firstByteMs: 20_000, silenceMs: 600, command: "echo begun; sleep 20; echo late" };
    const result = await visit(port, options);
    expect(failureOf(result)).toEqual({
      state: "timeout-command",
      reason: "Timed out after 0.6 s of silence, 6 bytes had come",
    });
    expect(result.kept?.stdout.toString()).toBe("begun\n");
    await expect.poll(() => sockets.size).toBe(0);
  });

  test("takes long and is never silent for long, which is no failure", async () => {
    const { port } = await startPeer((socket) => void passOn(socket));
    const command = "for n in 1 2 3 4 5 6; do sleep 0.3; echo $n >&2; done; echo done";
    const result = await visit(port, { firstByteMs: 1_500, silenceMs: 1_500, command });
    expect(result.ok && result.value.stdout.toString()).toBe("done\n");
  });

  test("feeds us its answer a byte at a time: silence never lasts, and the command's clock ends it", async () => {
    const { port } = await startPeer((socket) => void passOn(socket));
    const command = "while :; do printf x; sleep 0.1; done";
    const result = await visit(port, { firstByteMs: 1_500, silenceMs: 1_500, commandMs: 2_500, command });
    expect(failureOf(result)).toEqual({
      state: "timeout-command",
      reason: "Timed out after 2.5 s during command",
    });
  });

  test("has told its exit status and keeps the channel open: silence is its end, not its failure", async () => {
    const { port } = await startPeer((socket) => void passOn(socket));
    const result = await visit(port, { silenceMs: 300, command: "echo whole; sleep 5 & exit 0" });
    expect(result.ok && [result.value.stdout.toString(), result.value.code]).toEqual(["whole\n", 0]);
  });

  test("is cut off without a word, which no error ever tells", async () => {
    const { port } = await startPeer((socket) => {
      const upstream = passOn(socket);
      setTimeout(() => {
        socket.unpipe(upstream);
        upstream.unpipe(socket);
      }, 1_000);
    });
    const result = await visit(port, { commandMs: 2_500, command: "echo begun; sleep 20" });
    expect(failureOf(result)).toMatchObject({
      state: "timeout-command",
      reason: "Timed out after 2.5 s during command",
    });
    expect(result.kept?.stdout.toString()).toBe("begun\n");
  });
});

describe("a second try", () => {
  test("is made after a connection that was dropped before the login", async () => {
    const { port, calls } = await startPeer(
      (socket, nth) => void (nth === 1 ? socket.destroy() : passOn(socket)),
    );
    const result = await visit(port, { retries: 1, random: () => 0 });
    expect([failureOf(result), calls()]).toEqual(["ok", 2]);
  });

  test("is not made more often than asked for", async () => {
    const { port, calls } = await startPeer((socket) => void socket.destroy());
    const failure = failureOf(await visit(port, { retries: 2, random: () => 0 }));
    expect([failure, calls()]).toEqual([{ state: "unreachable", reason: expect.any(String) }, 3]);
  });

  test("is never made after a refused login", async () => {
    const identityFile = join(folder, "stranger");
    writeFileSync(identityFile, makeKeyPair().private, { mode: 0o600 });
    const overrides = { configFile: null, user: null, identityFile, jump: null };
    const { port, calls } = await startPeer((socket) => void passOn(socket));
    const failure = failureOf(await visit(port, { retries: 3, overrides }));
    expect([failure, calls()]).toEqual([{ state: "auth", reason: "Permission denied (publickey)." }, 1]);
  });

  test("is never made for a wrong host key", async () => {
    const { port, calls } = await startPeer((socket) => void passOn(socket));
    const other = makeKeyPair().public.split(" ").slice(0, 2).join(" ");
    expect(failureOf(await visit(port, { retries: 3 }, other))).toMatchObject({ state: "hostkey-changed" });
    expect(calls()).toBe(1);
  });
});

describe("a host that lets us in and then", () => {
  const hostPair = makeKeyPair();
  const hostKey = hostPair.public.split(" ").slice(0, 2).join(" ");

  /** A server of ssh2's that misbehaves in a session as no sshd can be made to. */
  async function startServer(
    onSession: (session: Session) => unknown,
    onLogin: (context: AuthContext) => void = (context) => context.accept(),
    algorithms: Algorithms = {},
  ): Promise<number> {
    const server = new ssh2.Server({ hostKeys: [hostPair.private], algorithms }, (client) => {
      client.on("error", () => {});
      client.on("authentication", onLogin);
      client.on("session", (accept) => onSession(accept()));
    });
    return listen(server);
  }

  test("never says whether we may come in times out in the login", async () => {
    const port = await startServer(
      () => {},
      () => {},
    );
    expect(failureOf(await visit(port, { connectMs: 1_500 }, hostKey))).toEqual({
      state: "timeout-connect",
      reason: "Timed out after 1.5 s during login",
    });
  });

  test("never answers times out while the channel opens", async () => {
    const port = await startServer((session) => session.on("exec", () => {}));
    expect(failureOf(await visit(port, { commandMs: 700 }, hostKey))).toEqual({
      state: "timeout-command",
      reason: "Timed out after 0.7 s during channel open",
    });
  });

  test("closes the command without an exit status has failed, what it said is kept", async () => {
    const port = await startServer((session) => {
      session.on("exec", (accept) => {
        const channel = accept();
        channel.write("half");
        channel.close();
      });
    });
    const result = await visit(port, {}, hostKey);
    expect(failureOf(result)).toEqual({
      state: "command-failed",
      reason: "the host closed the command and told no exit status",
    });
    expect(result.kept?.stdout.toString()).toBe("half");
  });

  test("tells an exit status and never closes has ended", async () => {
    const port = await startServer((session) => {
      session.on("exec", (accept) => {
        const channel = accept();
        channel.write("whole");
        channel.exit(0);
      });
    });
    const result = await visit(port, {}, hostKey);
    expect(result.ok && [result.value.stdout.toString(), result.value.code]).toEqual(["whole", 0]);
  });

  test("does not run the command has failed", async () => {
    const port = await startServer((session) => session.on("exec", (_accept, reject) => reject()));
    expect(failureOf(await visit(port, {}, hostKey))).toMatchObject({
      state: "command-failed",
      reason: expect.stringMatching(/^the host does not run the command: /),
    });
  });

  test("drops the connection in the command is unreachable, what it said is kept", async () => {
    const port = await startServer((session) => {
      session.on("exec", (accept) => {
        accept().write("half");
        setTimeout(() => {
          for (const socket of sockets) socket.destroy();
        }, 200);
      });
    });
    const proxy = await startPeer((socket) => {
      const upstream = connect(port, "127.0.0.1");
      upstream.on("error", () => {});
      socket.on("close", () => upstream.destroy());
      socket.pipe(upstream).pipe(socket);
    });
    const result = await visit(proxy.port, {}, hostKey);
    expect(failureOf(result)).toEqual({
      state: "unreachable",
      reason: "Connection closed by remote host during command",
    });
    expect(result.kept?.stdout.toString()).toBe("half");
  });

  test("has no algorithm in common is unreachable", async () => {
    const port = await startServer(
      () => {},
      (context) => context.accept(),
      { kex: ["diffie-hellman-group14-sha1"] },
    );
    const failure = failureOf(await visit(port, {}, hostKey));
    expect(failure).toEqual({ state: "unreachable", reason: "no matching key exchange algorithm" });
  });

  test("asks for the password in a dialogue gets it once, and nothing for what it asks else", async () => {
    const answers: unknown[] = [];
    const port = await startServer(
      (session) =>
        session.on("exec", (accept) => {
          const channel = accept();
          channel.exit(0);
          channel.end();
        }),
      (context) => {
        if (context.method !== "keyboard-interactive") return context.reject(["keyboard-interactive"]);
        const asked = [
          { prompt: "Login: ", echo: true },
          { prompt: "Password: ", echo: false },
          { prompt: "Token: ", echo: false },
        ];
        context.prompt(asked, (given) => {
          answers.push(given);
          context.accept();
        });
      },
    );
    expect(failureOf(await visit(port, { password: "hunter2" }, hostKey))).toBe("ok");
    expect(answers).toEqual([["", "hunter2", ""]]);
  });
});

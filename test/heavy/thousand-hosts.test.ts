import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { HostFleet, TestHostSpec } from "../support/test-fleet.ts";
import { openPeers } from "../support/open-peers.ts";
import { startFleet } from "../support/test-fleet.ts";

/** Servers are dear, aliases are not: each sshd answers to five names. */
const servers = 190;
const aliases = 5;
/** 50 dead ones, by the state they must end in: nobody listens; nobody ever speaks; somebody else does. */
const dead = { refused: 20, "timeout-connect": 15, unreachable: 15 } as const;
let fleet: HostFleet;
let folder: string;
const peers = openPeers();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inquest-heavy-"));
  const specs: Record<string, TestHostSpec> = {};
  for (let at = 0; at < servers; at += 1) specs[`node${String(at).padStart(3, "0")}`] = {};
  fleet = await startFleet(specs);
}, 300_000);
afterAll(async () => {
  peers.close();
  await fleet.stop();
  await rm(folder, { recursive: true, force: true });
});

test(
  "1,000 hosts, 50 of them dead: each ends in its right state and none is lost",
  { timeout: 600_000 },
  async () => {
    const config = fleet.sshds.flatMap(({ name, address, port }) =>
      Array.from(
        { length: aliases },
        (_, at) => `Host ${name}-${at}\n  HostName ${address}\n  Port ${port}\n`,
      ),
    );
    const names = fleet.sshds.flatMap(({ name }) =>
      Array.from({ length: aliases }, (_, at) => `${name}-${at}`),
    );
    const portOf = {
      refused: 1,
      "timeout-connect": await peers.start((socket) => void socket.resume()),
      unreachable: await peers.start((socket) => void socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")),
    };
    const gone = Object.entries(dead).flatMap(([state, count]) =>
      Array.from({ length: count }, (_, at) => `${state}-${at}`),
    );
    for (const [state, port] of Object.entries(portOf))
      config.push(`Host ${state}-*\n  HostName 127.0.0.1\n  Port ${port}\n`);
    config.push(await readFile(fleet.configFile, "utf8"));
    await writeFile(join(folder, "config"), config.join(""));
    await writeFile(join(folder, "hosts"), [...names, ...gone].join("\n"));

    // The command as it is published.
    const bin = join(import.meta.dirname, "../../packages/cli/dist/bin.js");
    const words = [
      "collect",
      "-b",
      "-t",
      "5",
      "-o",
      "json",
      "-F",
      join(folder, "config"),
      "-f",
      join(folder, "hosts"),
      "--db",
      join(folder, "db"),
    ];
    const child = spawn(process.execPath, [bin, ...words], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    let out = "";
    child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
    const code = await new Promise((resolve) => child.once("close", resolve));

    const { hosts, failed } = JSON.parse(out) as {
      hosts: Record<string, number>;
      failed: readonly { host: string; state: string }[];
    };
    expect(hosts).toMatchObject({ selected: 1000, ok: servers * aliases, ...dead });
    expect(failed.filter(({ host, state }) => !host.startsWith(state))).toEqual([]);
    expect(code).toBe(3);
  },
);

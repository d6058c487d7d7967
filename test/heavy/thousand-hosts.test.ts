import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { HostFleet, TestHostSpec } from "../support/test-fleet.ts";
import { startFleet } from "../support/test-fleet.ts";

/** Servers are dear, aliases are not: each sshd answers to five names. */
const servers = 190;
const aliases = 5;
const dead = 50;

let fleet: HostFleet;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inquest-heavy-"));
  const specs: Record<string, TestHostSpec> = {};
  for (let at = 0; at < servers; at += 1) specs[`node${String(at).padStart(3, "0")}`] = {};
  fleet = await startFleet(specs);
}, 300_000);
afterAll(async () => {
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
    const gone = Array.from({ length: dead }, (_, at) => `dead${at}`);
    config.push("Host dead*\n  HostName 127.0.0.1\n  Port 1\n", await readFile(fleet.configFile, "utf8"));
    await writeFile(join(folder, "config"), config.join(""));
    await writeFile(join(folder, "hosts"), [...names, ...gone].join("\n"));

    const bin = join(import.meta.dirname, "../../packages/cli/src/bin.ts");
    const words = [
      "collect",
      "-b",
      "-o",
      "json",
      "-F",
      join(folder, "config"),
      "-f",
      join(folder, "hosts"),
      "--db",
      join(folder, "db"),
    ];
    const child = spawn(process.execPath, ["--conditions=inquest-source", bin, ...words], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    let out = "";
    child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
    const code = await new Promise((resolve) => child.once("close", resolve));

    const { hosts } = JSON.parse(out) as { hosts: Record<string, number> };
    expect(hosts).toMatchObject({ selected: 1000, ok: servers * aliases, refused: dead });
    expect(code).toBe(4);
  },
);

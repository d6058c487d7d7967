import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startBlackhole } from "../support/start-blackhole.ts";
import type { HostFleet, TestHostSpec } from "../support/test-fleet.ts";
import { openPeers } from "../support/open-peers.ts";
import { hang, startFleet } from "../support/test-fleet.ts";
import type { FleetPlan, FleetSeen } from "./support/visit-fleet.ts";

/** Much more than the process keeps of a host that has ended: an answer that stays shows in its memory. */
const answer = "head -c 500000 /dev/zero | tr '\\0' x";
/** sshds by what they do; each answers to many names. No penalties: all of our logins come from one address. */
const plans = {
  node: { count: 20, spec: { instead: answer } },
  refuses: {
    count: 6,
    spec: { sshdConfig: ["AuthorizedKeysFile /nonexistent", "PasswordAuthentication no"] },
  },
  hangs: { count: 4, spec: { instead: hang } },
  bastion: { count: 1, spec: {} },
} satisfies Record<string, { readonly count: number; readonly spec: TestHostSpec }>;
/** 1,000 hosts by what becomes of them, 300 of them dead. `via` is behind the bastion. */
const kinds = {
  direct: { count: 600, state: "ok" },
  via: { count: 100, state: "ok" },
  closed: { count: 60, state: "refused" },
  blackhole: { count: 50, state: "timeout-connect" },
  stall: { count: 50, state: "timeout-connect" },
  refuses: { count: 60, state: "auth" },
  hangs: { count: 40, state: "timeout-command" },
  lost: { count: 20, state: "jump-failed" },
  garbage: { count: 20, state: "unreachable" },
} as const;
type Kind = keyof typeof kinds;
const isKind = (text: string): text is Kind => text in kinds;

let fleet: HostFleet;
let folder: string;
let blackhole: Awaited<ReturnType<typeof startBlackhole>>;
const peers = openPeers();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inquest-heavy-"));
  const specs = Object.entries(plans).flatMap(([name, { count, spec }]) =>
    Array.from({ length: count }, (_, at): [string, TestHostSpec] => [`sshd-${name}-${at}`, spec]),
  );
  fleet = await startFleet(Object.fromEntries(specs));
  blackhole = await startBlackhole();
}, 300_000);
afterAll(async () => {
  peers.close();
  blackhole?.stop();
  await fleet?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Where the n-th host of a kind leads, as lines of ssh_config. */
function placeOf(kind: Kind, at: number, ports: Readonly<Record<string, number>>): string {
  const sshdOf = (name: keyof typeof plans): string => {
    const sshd = fleet.sshds.find((one) => one.name === `sshd-${name}-${at % plans[name].count}`);
    return `  HostName ${sshd?.address}\n  Port ${sshd?.port}\n`;
  };
  switch (kind) {
    case "direct":
      return sshdOf("node");
    case "via":
      return `${sshdOf("node")}  ProxyJump sshd-bastion-0\n`;
    case "lost":
      return `${sshdOf("node")}  ProxyJump closed-0\n`;
    case "refuses":
      return sshdOf("refuses");
    case "hangs":
      return sshdOf("hangs");
    default:
      return `  HostName 127.0.0.1\n  Port ${ports[kind]}\n`;
  }
}

/** Runs the visit in a process of its own, whose handles and memory are nobody else's. */
async function visit(plan: FleetPlan): Promise<FleetSeen> {
  const file = join(folder, "plan.json");
  await writeFile(file, JSON.stringify(plan));
  const script = join(import.meta.dirname, "support/visit-fleet.ts");
  const child = spawn(process.execPath, ["--expose-gc", "--conditions=inquest-source", script, file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let out = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  await new Promise((resolve) => child.once("close", resolve));
  return JSON.parse(out) as FleetSeen;
}

test(
  "1,000 hosts, 300 of them dead: one right state each before the deadline, nothing left open, flat memory",
  { timeout: 300_000 },
  async () => {
    const ports = {
      closed: 1,
      blackhole: blackhole.port,
      stall: await peers.start((socket) => void socket.resume()),
      garbage: await peers.start((socket) => void socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")),
    };
    const named = Object.entries(kinds).flatMap(([kind, { count }]) =>
      // Spread over the whole run: its place in the list is its share of its kind.
      Array.from({ length: count }, (_, at) => ({ kind, at, share: (at + 0.5) / count })),
    );
    const hosts = named.toSorted((a, b) => a.share - b.share).map(({ kind, at }) => `${kind}-${at}`);
    const config = named.map(({ kind, at }) =>
      isKind(kind) ? `Host ${kind}-${at}\n${placeOf(kind, at, ports)}` : "",
    );
    const configFile = join(folder, "config");
    await writeFile(configFile, config.join("") + (await readFile(fleet.configFile, "utf8")));

    const seen = await visit({ hosts, user: fleet.user, folder, configFile });

    const wrong = seen.ends.filter(([host, state]) => {
      const kind = host.replace(/-\d+$/, "");
      return !isKind(kind) || kinds[kind].state !== state;
    });
    expect(wrong).toEqual([]);
    expect(new Set(seen.ends.map(([host]) => host)).size).toBe(1000);
    expect(seen.ends).toHaveLength(1000);

    expect(seen.heldAfter).toEqual(seen.heldBefore);
    expect([seen.abortListeners, seen.warnings]).toEqual([0, []]);

    // The least of several samples each: what is only passing does not count.
    const leastAbout = (middle: number): number =>
      Math.min(...seen.rssMiB.flatMap(([results, mib]) => (Math.abs(results - middle) <= 50 ? [mib] : [])));
    expect(leastAbout(900) / leastAbout(300)).toBeLessThan(1.5);
  },
);

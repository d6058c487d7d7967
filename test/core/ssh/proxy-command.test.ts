import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { HostTarget } from "../../../packages/core/src/model/host.ts";
import type { FleetOptions } from "../../../packages/core/src/ssh/fleet-options.ts";
import { runOnFleet } from "../../../packages/core/src/ssh/run-on-fleet.ts";
import { fleetOptionsOf, toTarget } from "../../support/sshd/fleet-options-of.ts";
import { startSshds } from "../../support/sshd/start-sshd.ts";
import type { TestFleet } from "../../support/sshd/start-sshd.ts";

let fleet: TestFleet;
const folder = mkdtempSync(join(tmpdir(), "inquest-proxy-"));
beforeAll(async () => {
  fleet = await startSshds([
    { name: "bastion", config: ["LogLevel DEBUG1"] },
    { name: "web1" },
    { name: "web2" },
  ]);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await fleet.stop();
});

function configured(lines: string, changes: Partial<FleetOptions> = {}): Partial<FleetOptions> {
  const configFile = join(folder, "config");
  writeFileSync(configFile, `${lines}\nHost *\n  Include ${fleet.configFile}\n`);
  const overrides = { configFile, user: null, identityFile: null, jump: null };
  return { useSshConfig: true, knownHostsFiles: null, overrides, ...changes };
}

async function run(
  hosts: readonly (string | HostTarget)[],
  changes: Partial<FleetOptions>,
  command = "echo here",
): Promise<Readonly<Record<string, unknown>>> {
  const outcome: Record<string, unknown> = {};
  const request = { command, stdin: Buffer.alloc(0) };
  const targets = hosts.map((host) => (typeof host === "string" ? toTarget({ name: host }) : host));
  for await (const result of runOnFleet(targets, () => request, fleetOptionsOf(fleet, changes)))
    outcome[result.target.host] = result.ok ? result.value.stdout.toString().trim() : result.failure;
  return outcome;
}
/** A ProxyCommand is one command (ssh puts `exec` before it): this one runs a script with the tokens as its arguments. */
function script(text: string, ...tokens: readonly string[]): string {
  const file = join(mkdtempSync(join(folder, "script-")), "script");
  writeFileSync(file, text);
  return `ProxyCommand sh ${file} ${tokens.join(" ")}`.trimEnd();
}
const jumpFailed = (reason: unknown): object => ({ state: "jump-failed", reason });

/** A command line that writes its process number to a file and then does not end. */
const lasting = (file: string): string => `echo $$ > ${file}; trap '' HUP; sleep 300 & wait; wait; sleep 300`;
/** Whether a process of ours is still there, a zombie not counted. */
function lives(file: string): boolean {
  try {
    const [pid] = readFileSync(file, "utf8").trim().split("\n");
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

describe("a ProxyCommand", () => {
  test("is the way to the host, with its tokens filled in; `none` is the direct way", async () => {
    const before = (await fleet.sshds[0]?.log())?.length;
    const seen = join(folder, "seen");
    const ssh = `echo "$3 $4 $5" >>${seen}; exec ssh -F ${fleet.configFile} -q -W "$1:$2" bastion`;
    const command = script(ssh, "%h", "%p", "%n", "%r", "%%");
    const lines = `Host web1\n  ${command}\nHost web2\n  ProxyCommand none`;
    expect(await run(["web1", "web2"], configured(lines))).toEqual({ web1: "here", web2: "here" });
    expect(readFileSync(seen, "utf8")).toBe(`web1 ${fleet.user} %\n`);
    const log = (await fleet.sshds[0]?.log())?.slice(before);
    expect(log?.match(/server_request_direct_tcpip: originator/g)).toHaveLength(1);
  });

  test("carries much output unharmed", async () => {
    const changes = configured(`Host web1\n  ProxyCommand ssh -F ${fleet.configFile} -W %h:%p bastion`, {
      maxOutputBytes: 4_000_000,
    });
    const outcome = await run(["web1"], changes, "head -c 2000000 /dev/zero | tr '\\0' x");
    expect(String(outcome["web1"])).toHaveLength(2_000_000);
  });

  test.each([
    [
      "that says why",
      "echo no way to $1 >&2; exit 3",
      /^ProxyCommand ended with exit status 3: no way to 127\./,
    ],
    ["that runs nothing", "/no/such/program", /^ProxyCommand ended with exit status 127: .*not found/],
    ["that only ends", "exit 9", /^ProxyCommand ended with exit status 9$/],
    ["ended by a signal", "echo oh >&2; kill -KILL $$", /^ProxyCommand ended by SIGKILL: oh$/],
  ])("%s fails its host in its own words", async (_what, text, reason) => {
    const outcome = await run(["web1", "web2"], configured(`Host web1\n  ${script(text, "%h")}`));
    expect(outcome).toEqual({ web1: jumpFailed(expect.stringMatching(reason)), web2: "here" });
  });

  test("whose host closes leaves the reason to the host", async () => {
    const changes = configured("Host web1\n  ProxyCommand true", { retries: 0 });
    expect(await run(["web1"], changes)).toEqual({
      // Whether our greeting or its end comes first is a race between two processes.
      web1: {
        state: "unreachable",
        reason: expect.stringMatching(/^(?:Connection (?:lost|closed)|Broken pipe)/),
      },
    });
  });

  test("that never speaks times out, what it complained of is told, and all of it is ended", async () => {
    const file = join(folder, "lasting");
    const command = script(`echo waiting for a card >&2; ${lasting(file)}`);
    const changes = configured(`Host web1\n  ${command}`, { connectMs: 1_500 });
    expect(await run(["web1", "web2"], changes)).toEqual({
      web1: {
        state: "timeout-connect",
        reason: "Timed out after 1.5 s during banner exchange; ProxyCommand said: waiting for a card",
      },
      web2: "here",
    });
    expect(existsSync(file)).toBe(true);
    await expect.poll(() => lives(file), { timeout: 10_000 }).toBe(false);
  });

  test("ends with its host", async () => {
    const file = join(folder, "ended");
    const command = script(
      `echo $$ > ${file}; ssh -F ${fleet.configFile} -W "$1:$2" bastion; sleep 300`,
      "%h",
      "%p",
    );
    expect(await run(["web1"], configured(`Host web1\n  ${command}`))).toEqual({ web1: "here" });
    await expect.poll(() => lives(file), { timeout: 10_000 }).toBe(false);
  });

  test("that would pass a socket is not supported, and the host is not reached without it", async () => {
    const lines = "Host web1\n  ProxyCommand nc -F %h %p\n  ProxyUseFdpass yes";
    expect(await run(["web1"], configured(lines))).toEqual({
      web1: jumpFailed(expect.stringMatching(/^ProxyUseFdpass yes: .*not supported/)),
    });
  });

  test("never lets a name reach its shell that is more than a name", async () => {
    const mark = join(folder, "mark");
    const lines = `Host web1\n  HostName x;touch\${IFS}${mark}\n  ProxyCommand true %h`;
    expect(await run(["web1"], configured(lines))).toMatchObject({ web1: { state: expect.any(String) } });
    expect(existsSync(mark)).toBe(false);
  });

  test("with a token that nobody knows is refused", async () => {
    const outcome = await run(["web1"], configured("Host web1\n  ProxyCommand true %Q"));
    expect(outcome).toEqual({ web1: jumpFailed("ProxyCommand: unknown key %Q") });
  });
});

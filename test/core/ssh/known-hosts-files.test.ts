import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FleetOptions } from "../../../packages/core/src/ssh/fleet-options.ts";
import { runOnFleet } from "../../../packages/core/src/ssh/run-on-fleet.ts";
import { makeKeyPair } from "../../support/ssh-keys.ts";
import { fleetOptionsOf, targetOf } from "../../support/sshd/fleet-options-of.ts";
import { startSshds } from "../../support/sshd/start-sshd.ts";
import type { TestFleet } from "../../support/sshd/start-sshd.ts";

const folder = mkdtempSync(join(tmpdir(), "inquest-files-"));
const [first, second, global] = ["first", "second file", "global"].map((name) => join(folder, name));
const configFile = join(folder, "config");
let fleet: TestFleet;
let name: string;
let right: string;
const wrong = makeKeyPair().public.split(" ").slice(0, 2).join(" ");
beforeAll(async () => {
  fleet = await startSshds([{ name: "web1" }]);
  const [web1] = fleet.sshds;
  [name, right] = [`[${web1?.address}]:${web1?.port}`, web1?.hostKey ?? ""];
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await fleet.stop();
});

/** What stands in each file, `h` before it where names are to be hashed; null: there is no such file. */
type Files = Readonly<Record<"first" | "second" | "global", string | null>>;

function write(path: string | undefined, text: string | null): void {
  if (path === undefined) return;
  rmSync(path, { force: true });
  if (text === null) return;
  const line = text.replace(/^h /, "").replace("NAME", name).replace("RIGHT", right).replace("WRONG", wrong);
  writeFileSync(path, `# a comment\n${line}\n`);
  if (text.startsWith("h ")) execFileSync("ssh-keygen", ["-H", "-f", path], { stdio: "pipe" });
}

async function visit(
  files: Files,
  changes: Partial<FleetOptions>,
): Promise<readonly [string, string | null]> {
  write(first, files.first);
  write(second, files.second);
  write(global, files.global);
  writeFileSync(configFile, `UserKnownHostsFile ${first} "${second}"\nGlobalKnownHostsFile ${global}\n`);
  const options = fleetOptionsOf(fleet, {
    useSshConfig: true,
    knownHostsFiles: null,
    hostKey: "strict",
    overrides: { configFile, user: fleet.user, identityFile: fleet.identityFile, jump: null },
    ...changes,
  });
  const request = { command: "true", stdin: Buffer.alloc(0) };
  for await (const result of runOnFleet(fleet.sshds.map(targetOf), () => request, options))
    return result.ok ? ["ok", null] : [result.failure.state, result.failure.reason];
  throw new Error("no result");
}

const none: Files = { first: null, second: null, global: null };
const cases: readonly (readonly [string, Partial<Files>, string, string | null])[] = [
  ["known by the first of two files", { first: "NAME RIGHT" }, "ok", null],
  ["known by the second, the first is not there", { second: "NAME RIGHT" }, "ok", null],
  ["known by a hashed line of the second", { first: "other WRONG", second: "h NAME RIGHT" }, "ok", null],
  ["known by the global file only", { global: "NAME RIGHT" }, "ok", null],
  ["known by a pattern of the global file", { global: "*,!other RIGHT" }, "ok", null],
  ["known by one file, another by the second", { first: "NAME WRONG", second: "NAME RIGHT" }, "ok", null],
  [
    "revoked in the second, known by the first",
    { first: "NAME RIGHT", second: "@revoked * RIGHT" },
    "hostkey-changed",
    "second file:2",
  ],
  [
    "revoked in the global file, known by the first",
    { first: "h NAME RIGHT", global: "@revoked NAME RIGHT" },
    "hostkey-changed",
    "global:2",
  ],
  ["another one's revoked", { first: "NAME RIGHT", second: "@revoked * WRONG" }, "ok", null],
  [
    "changed against the second",
    { first: "other RIGHT", second: "NAME WRONG" },
    "hostkey-changed",
    "second file:2",
  ],
  [
    "changed against a hashed line of the second",
    { second: "h NAME WRONG" },
    "hostkey-changed",
    "second file:2",
  ],
  ["changed against the global file", { global: "NAME WRONG" }, "hostkey-changed", "global:2"],
  ["nowhere", { first: "other RIGHT" }, "hostkey-unknown", null],
];

describe.each(["ssh2", "openssh"] as const)(
  "a host key over several known_hosts files, by %s",
  (transport) => {
    test.each(cases)("%s", async (what, files, state, place) => {
      const [found, reason] = await visit({ ...none, ...files }, { transport });
      expect(found).toBe(state);
      // Of a revoked key ssh does not say where.
      const isTold = transport === "ssh2" || !what.startsWith("revoked");
      const told = place !== null && isTold ? join(folder, place) : "";
      expect(reason ?? "").toContain(told);
    });

    test("that is new is written into the first file alone", async () => {
      const files = { ...none, second: "other WRONG" };
      expect(await visit(files, { transport, hostKey: "accept-new" })).toEqual(["ok", null]);
      expect(readFileSync(first ?? "", "utf8")).toBe(`${name} ${right}\n`);
      expect(readFileSync(second ?? "", "utf8").split("\n")).toHaveLength(3);
      expect(existsSync(global ?? "")).toBe(false);
    });
  },
);

import { afterAll, beforeAll, expect, test } from "vitest";
import { runCommand } from "../../../packages/core/src/collect/run-command.ts";
import type { FleetOptions } from "../../../packages/core/src/ssh/fleet-options.ts";
import type { FleetResult } from "../../../packages/core/src/ssh/visit-host.ts";
import { fleetOptionsOf, targetOf } from "../../support/sshd/fleet-options-of.ts";
import { startSshds } from "../../support/sshd/start-sshd.ts";
import type { TestFleet } from "../../support/sshd/start-sshd.ts";

let fleet: TestFleet;
beforeAll(async () => {
  fleet = await startSshds([{ name: "web1" }]);
});
afterAll(async () => fleet.stop());

/** Runs a command on web1; `seen` is what was handed on while it ran. */
async function runOnWeb1(command: string, changes: Partial<FleetOptions>, isStreamed: boolean) {
  const seen: string[] = [];
  const results: FleetResult[] = [];
  const onOutput = () => (stream: string, chunk: Buffer) => void seen.push(`${stream} ${chunk.toString()}`);
  const options = fleetOptionsOf(fleet, changes);
  const targets = fleet.sshds.map(targetOf);
  for await (const result of runCommand(targets, command, options, isStreamed ? onOutput : null))
    results.push(result);
  const [result] = results;
  if (result === undefined) throw new Error("no result");
  return { seen, result };
}

test("gives the command to the login shell to the letter, with nothing to read", async () => {
  const { result } = await runOnWeb1(`cat; printf '%s' "a  'b' \\$c"`, {}, false);
  expect(result).toMatchObject({ ok: true, reached: "command", resolved: { user: fleet.user }, fix: null });
  expect(result.ok && result.value.stdout.toString()).toBe("a  'b' $c");
});

test("hands output on as it comes, and then keeps none of it", async () => {
  const { seen, result } = await runOnWeb1("echo out; sleep 0.3; echo err >&2; exit 4", {}, true);
  expect(seen).toEqual(["stdout out\n", "stderr err\n"]);
  expect(result).toMatchObject({ ok: true, value: { code: 4, stdout: Buffer.alloc(0) } });
});

test("hands on the head of output that never ends, to the byte", async () => {
  const { seen, result } = await runOnWeb1("yes", { maxOutputBytes: 65_536 }, true);
  expect(result).toMatchObject({ ok: false, failure: { state: "output-limit" } });
  expect(seen.join("").replaceAll("stdout ", "")).toBe("y\n".repeat(32_768));
});

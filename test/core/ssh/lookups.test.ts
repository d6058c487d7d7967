import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { defaultTarget } from "../../../packages/core/src/ssh/default-target.ts";
import { startHostClock } from "../../../packages/core/src/ssh/host-clock.ts";
import type { HostClock } from "../../../packages/core/src/ssh/host-clock.ts";
import { HostFailureError } from "../../../packages/core/src/ssh/host-failure-error.ts";
import { openLookups } from "../../../packages/core/src/ssh/lookups.ts";
import type { AskSystem, LookUp } from "../../../packages/core/src/ssh/lookups.ts";

/** A resolver like the system's: names that begin with `hang` are never answered, `slow` ones when they are let. */
function startResolver(): { ask: AskSystem; asked: string[]; answerSlow: () => void } {
  const asked: string[] = [];
  const slow = Promise.withResolvers<void>();
  const ask: AskSystem = async (name) => {
    asked.push(name);
    if (name.startsWith("hang")) await new Promise(() => {});
    if (name.startsWith("slow")) await slow.promise;
    if (name.startsWith("nobody")) throw Object.assign(new Error("not found"), { code: "ENOTFOUND" });
    return [{ address: `10.0.0.${name.length}`, family: 4 }];
  };
  return { ask, asked, answerSlow: slow.resolve };
}

const account = { user: "me", home: "/home/me" };
async function lookUpName(
  lookUp: LookUp,
  name: string,
  connectMs: number,
  clock: HostClock = startHostClock(),
): Promise<string> {
  const question = { name, user: null, port: null, jump: null, identityFile: null, address: null };
  try {
    const { addresses } = await lookUp(defaultTarget(question, account), clock, connectMs);
    return addresses[0].address;
  } catch (error) {
    return error instanceof HostFailureError
      ? `${error.failure.state}: ${error.failure.reason}`
      : String(error);
  } finally {
    clock.allow(null);
  }
}

describe("a name lookup", () => {
  test("that hangs ends with its own clock, in the phase that hung", async () => {
    const { ask } = startResolver();
    expect(await lookUpName(openLookups(2, ask), "hang1", 20)).toBe(
      "timeout-connect: Timed out after 0.02 s during name lookup",
    );
  });

  test("asks nobody about an address, whatever hangs", async () => {
    const { ask, asked } = startResolver();
    const lookUp = openLookups(1, ask);
    const hung = lookUpName(lookUp, "hang1", 50);
    expect(await lookUpName(lookUp, "fe80::1", 50)).toBe("fe80::1");
    expect([(await hung).split(":")[0], asked]).toEqual(["timeout-connect", ["hang1"]]);
  });

  test("keeps to so many at a time, and none is asked for a host that is over", async () => {
    const { ask, asked, answerSlow } = startResolver();
    const lookUp = openLookups(2, ask);
    const clock = startHostClock();
    const all = ["slow1", "slow2", "web1", "web22"].map(async (name) => lookUpName(lookUp, name, 60_000));
    const left = lookUpName(lookUp, "left", 60_000, clock);
    await sleep(20);
    expect(asked).toEqual(["slow1", "slow2"]);
    clock.end(() => new HostFailureError("interrupted", "interrupted"));
    expect(await left).toBe("interrupted: interrupted");
    answerSlow();
    expect(await Promise.all(all)).toEqual(["10.0.0.5", "10.0.0.5", "10.0.0.4", "10.0.0.5"]);
    expect(asked).toEqual(["slow1", "slow2", "web1", "web22"]);
  });

  test("that waits for its turn has its whole time from then on", async () => {
    const { ask, answerSlow } = startResolver();
    const lookUp = openLookups(1, ask);
    const first = lookUpName(lookUp, "slow1", 60_000);
    const second = lookUpName(lookUp, "web1", 30);
    await sleep(100);
    answerSlow();
    expect(await Promise.all([first, second])).toEqual(["10.0.0.5", "10.0.0.4"]);
  });

  test("does not wait for ever where none comes free: a system that answers nothing ends the others too", async () => {
    const { ask } = startResolver();
    const lookUp = openLookups(1, ask, 30);
    const found = await Promise.all(["hang1", "web1", "web2"].map((name) => lookUpName(lookUp, name, 20)));
    expect(found).toEqual([
      "timeout-connect: Timed out after 0.02 s during name lookup",
      "timeout-connect: Timed out after 0.05 s during name lookup",
      "timeout-connect: Timed out after 0.05 s during name lookup",
    ]);
  });

  test("that fails frees its place", async () => {
    const { ask } = startResolver();
    const lookUp = openLookups(1, ask);
    const found = await Promise.all(["nobody1", "web1"].map((name) => lookUpName(lookUp, name, 1_000)));
    expect(found).toEqual(["Error: not found", "10.0.0.4"]);
  });
});

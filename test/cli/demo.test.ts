import { expect, test } from "vitest";
import { run } from "../../packages/cli/src/run.ts";
import { memoryIo } from "../support/memory-io.ts";

test(
  "the demo goes the whole way without an ssh client, a home or a configuration",
  { timeout: 15_000 },
  async () => {
    const startedMs = Date.now();
    const io = memoryIo({
      env: { HOME: "/nonexistent", PATH: "/nonexistent" },
      columns: 80,
      nowMs: startedMs,
    });
    expect(await run(["demo"], io)).toBe(0);
    const out = io.out();
    expect(out).toMatch(/^db-01: auth: Permission denied/m);
    expect(out).toMatch(/^db-02: timeout-command: /m);
    expect(out).toMatch(/2 ok, 3 ok-truncated, 1 timeout-command, 1 auth/);
    expect(out).toMatch(/10 new incidents, 0 known before/);
    expect(out).toMatch(/9 kills, 1 unconfirmed, on 4 hosts/);
    expect(out).toMatch(/6 kills, 1 unconfirmed, on 2 hosts/);
    expect(out).toMatch(/2 processes died on temai-041 within 26 s: 1 java, 1 view/);
    expect(out).toMatch(/view \(uid 52539\) ate the memory: it grew from 2\.3 GiB to 7\.7 GiB in 26 s/);
    expect(out).toMatch(/10 incidents written to incidents\.csv/);
    const times = [...out.matchAll(/^k-\w+ (\S+) (\S+) /gm)].map(([, day, time]) =>
      Date.parse(`${day}T${time}+08:00`),
    );
    expect(times.length).toBeGreaterThan(9);
    expect(times.filter((time) => time > startedMs)).toEqual([]);
  },
);

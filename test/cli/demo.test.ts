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
    expect(out).toMatch(/oom-kill \(memcg\) of view \[30991\] on temai-041/);
    expect(out).toMatch(/view \(uid 52539\): one task held up to 7\.7 GiB, 98 %/);
    expect(out).toMatch(/10 incidents written to incidents\.csv/);
    const times = [...out.matchAll(/utc: (\S+Z)/g)].map(([, time = ""]) => Date.parse(time));
    expect(times).toHaveLength(1);
    expect(times.filter((time) => time > startedMs)).toEqual([]);
  },
);

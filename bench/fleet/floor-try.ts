import { userInfo } from "node:os";
import { readFileSync } from "node:fs";
import { startFleet } from "../../test/support/test-fleet.ts";
import { ringOf } from "./ring.ts";
import { processTableOf } from "./process-table.ts";
import { runOnFleet } from "../../packages/core/src/ssh/run-on-fleet.ts";
import { probeRequest } from "../../packages/core/src/probe/probe-request.ts";
import { parseHostList } from "@inquest/core";
const N = 150, ring = ringOf(280 * 1024);
const fleet = await startFleet(Object.fromEntries(Array.from({ length: N }, (_, i) => [`node${i}`, { files: { "dev/kmsg": null, "ring.txt": ring, "ps.txt": processTableOf(200) }, commands: { dmesg: 'exec cat "$root/ring.txt"', ps: 'exec cat "$root/ps.txt"', date: null, uptime: null } }])));
const { username, homedir } = userInfo();
const targets = parseHostList(readFileSync(fleet.hostList, "utf8"), "x").targets;
const options = (p: number) => ({ parallel: p, connectMs: 30000, commandMs: 60000, deadlineMs: null, retries: 1, maxOutputBytes: 1 << 24, hostKey: "strict" as const, overrides: { configFile: fleet.configFile, user: null, identityFile: null, jump: null }, useSshConfig: true, knownHostsFiles: null, account: { user: username, home: homedir }, agentSocket: null, askPassphrase: null, password: null, notice: console.log, signal: null, onStart: () => {}, onEnd: () => {}, now: Date.now, random: Math.random });
const cases: Record<string, (t: any) => { command: string; stdin: Buffer }> = {
  true: () => ({ command: "true", stdin: Buffer.alloc(0) }),

  probe: () => probeRequest({ nonce: "abcdef0123456789abcdef", root: "", sudo: "auto" }),
  probeNoPs: () => probeRequest({ nonce: "abcdef0123456789abcdef", root: "", sudo: "auto", sections: ["clock", "kernel-log", "uptime", "proc", "zone"] }),
};
try {
  for (const p of [64]) for (const [name, req] of Object.entries(cases)) {
    const t = performance.now(), c = process.cpuUsage(); let ok = 0, bytes = 0;
    for await (const r of runOnFleet(targets, req, options(p))) { if (r.ok) { ok++; bytes += r.value.stdout.length; } else console.log(r.failure); }
    const d = process.cpuUsage(c);
    console.log(p, name, ok, (N / ((performance.now() - t) / 1000)).toFixed(1), "hosts/s", "client user", (d.user / 1000 / N).toFixed(1), "sys", (d.system / 1000 / N).toFixed(1), bytes / N | 0, "rss", process.memoryUsage().rss >> 20);
  }
} finally { await fleet.stop(); }

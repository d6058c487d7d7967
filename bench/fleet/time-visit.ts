import { ringOf } from "./ring.ts"; import { processTableOf } from "./process-table.ts";
import { visitRecordOf, writeProbeAnswer } from "@inquest/core"; import { openStore } from "@inquest/store";
import { splitProbeOutput } from "../../packages/core/src/probe/split-probe-output.ts";
import { parseKernelLog } from "../../packages/core/src/parse/kernel-log/parse-kernel-log.ts";
import { parseOomReports } from "../../packages/core/src/parse/oom/parse-oom-reports.ts";
import { parsePs } from "../../packages/core/src/parse/ps.ts";
import { parseHostFacts } from "../../packages/core/src/parse/facts/parse-host-facts.ts";
import { zstdCompressSync } from "node:zlib";
const n = "abcdef0123456789abcdef";
const ring = ringOf(280 * 1024), ps = processTableOf(200);
const { stdout, stderr } = writeProbeAnswer([
 { section: "clock", via: "date", status: 0, text: "self-stat 1 (sh) R 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1200000 4 200\ndate 1795406032.123456789 +0800\nuptime 12000.00 1.0\n" },
 { section: "kernel-log", via: "dmesg", status: 0, text: ring }, { section: "clock-after", via: "uptime", status: 0, text: "uptime 12000.05 1.0\n" },
 { section: "uptime", via: "uptime", status: 0, text: " 04:46:40 up  2:46,  1 user,  load average: 0.20, 0.10, 0.05\n" }, { section: "proc", via: "grep", status: 0, text: "proc/stat:btime 1795370400\nproc/sys/kernel/random/boot_id:6f1c2b7e-5a0d-4c9e-9b3e-2d7f00c1a5e4\nproc/sys/kernel/osrelease:5.14.0\n" },
 { section: "zone", via: "files", status: 0, text: "localtime ../usr/share/zoneinfo/Asia/Shanghai\n" }, { section: "ps", via: "ps", status: 0, text: ps } ], n);
const store = await openStore("/tmp/tv-" + process.pid + ".db"); const run = await store.startRun({ label: null, startedMs: Date.now(), selected: 1 });
const T: Record<string, number> = {}; const tm = (k: string, f: () => any) => { const t = performance.now(); const r = f(); T[k] = (T[k] ?? 0) + performance.now() - t; return r; };
for (const round of [0, 1, 2]) { for (const k in T) delete T[k]; const N = 100; const c = process.cpuUsage(); 
for (let i = 0; i < N; i++) {
  const output = tm("split", () => splitProbeOutput(stdout, stderr, n));
  tm("facts", () => parseHostFacts(output)); 
  const text = tm("decode", () => new TextDecoder().decode(output.sections.get("kernel-log")!.bytes));
  const log = tm("log", () => parseKernelLog(text)); tm("oom", () => parseOomReports(log.records)); tm("ps", () => parsePs(ps));
  const rec = tm("visitRecord(all above again)", () => visitRecordOf({ target: { host: `h${round}-${i}`, name: "h", user: null, port: null, groups: [], origin: "x" }, address: "a", tookMs: 5, ok: true, kept: null, value: { output, refusal: null, complaints: [], sentMs: 1795406032000, receivedMs: 1795406032500 } }, [], Date.now()));
  const t = performance.now(); await store.saveVisit(run, rec); T["save"] = (T["save"] ?? 0) + performance.now() - t;
  tm("zstd", () => zstdCompressSync(output.sections.get("kernel-log")!.bytes));
}
console.log(Object.entries(T).map(([k, v]) => `${k} ${(v / N).toFixed(2)}`).join("  ")); const d = process.cpuUsage(c); console.log("cpu/iter", ((d.user + d.system) / 1000 / N).toFixed(1)); }
await store.close();

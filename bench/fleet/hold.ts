import { writeFileSync } from "node:fs";
import { startFleet } from "../../test/support/test-fleet.ts";
import { ringOf } from "./ring.ts";
import { processTableOf } from "./process-table.ts";
const N = Number(process.argv[2] ?? 150), ring = ringOf(280 * 1024);
const fleet = await startFleet(Object.fromEntries(Array.from({ length: N }, (_, i) => [`node${i}`, { files: { "dev/kmsg": null, "ring.txt": ring, "ps.txt": processTableOf(200) }, commands: { dmesg: 'exec cat "$root/ring.txt"', ps: 'exec cat "$root/ps.txt"', date: null, uptime: null } }])));
writeFileSync("/tmp/fleet.env", `CFG=${fleet.configFile}\nHOSTS=${fleet.hostList}\n`);
process.stdin.resume(); process.stdin.on("end", () => fleet.stop());

import { peakMemoryKiB } from "../peak-memory.mjs";
import { readLog } from "./read-log.ts";

/** A process of its own: reads a file so many times over, and prints its peak resident memory (KiB) and what it found. */
const [path = "", format = "dmesg", times = "1"] = process.argv.slice(2);
const found = await readLog(path, format, Number(times));
process.stdout.write(JSON.stringify({ peakKiB: peakMemoryKiB(), ...found }));

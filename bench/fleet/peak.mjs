import { writeFileSync } from "node:fs";
import { peakMemoryKiB } from "../peak-memory.mjs";

/** Loaded before the command: leaves its peak resident memory (KiB) and CPU time in the file that INQUEST_PEAK_FILE names. */
process.on("exit", () => {
  const file = process.env["INQUEST_PEAK_FILE"];
  if (file === undefined) return;
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  writeFileSync(
    file,
    JSON.stringify({ peakKiB: peakMemoryKiB(), cpuMs: (userCPUTime + systemCPUTime) / 1000 }),
  );
});

import { writeFileSync } from "node:fs";

/** Loaded before the command: leaves its peak resident memory (KiB) and CPU time in the file that INQUEST_PEAK_FILE names. */
process.on("exit", () => {
  const file = process.env["INQUEST_PEAK_FILE"];
  if (file === undefined) return;
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  writeFileSync(file, JSON.stringify({ maxRSS, cpuMs: (userCPUTime + systemCPUTime) / 1000 }));
});

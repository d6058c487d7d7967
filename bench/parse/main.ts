import { execFileSync, spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import type { LogFormatName } from "../../packages/core/src/model/kernel-record.ts";
import { composeLog, prefixes } from "./compose-log.ts";
import type { ComposedLog } from "./compose-log.ts";
import { readLog } from "./read-log.ts";

/**
 * Megabytes a second of a whole reading (passages, OOM reports, other deaths) beside `grep -ciE` of two phrases on the
 * same file, in turn; then the peak memory of a process that reads a little and of one that reads a hundred times as
 * much. Absolute figures belong to the machine; the ratios count.
 */
const { values } = parseArgs({
  options: {
    megabytes: { type: "string", default: "100" },
    rounds: { type: "string", default: "5" },
  },
});
const megabytes = Number(values.megabytes);
const rounds = Number(values.rounds);
/** A log of 10 MB read so many times over is one of 1 GB. */
const times = 100;

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
const say = (line: string): boolean => process.stdout.write(`${line}\n`);

/** MB/s by wall clock. */
async function speedOf(bytes: number, act: () => unknown): Promise<number> {
  const started = performance.now();
  await act();
  return bytes / 1e3 / (performance.now() - started);
}

function grep(path: string): void {
  const { status, stderr } = spawnSync("grep", ["-ciE", "out of memory|killed process", path], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`grep: ${stderr}`);
}

function writeLog(path: string, { pieces }: ComposedLog): number {
  const file = openSync(path, "w");
  for (const piece of pieces) writeSync(file, piece);
  closeSync(file);
  return statSync(path).size;
}

function peakOf(path: string, format: string, count: number): { peakKiB: number; kills: number } {
  const script = join(import.meta.dirname, "peak.mjs");
  const args = ["--conditions=inquest-source", script, path, format, String(count)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as {
    peakKiB: number;
    kills: number;
  };
}

const folder = mkdtempSync(join(tmpdir(), "inquest-bench-"));
let isRight = true;
try {
  for (const [format, prefix] of Object.entries(prefixes)) {
    const path = join(folder, `${format}.log`);
    const log = composeLog(megabytes * 1e6, prefix);
    const bytes = writeLog(path, log);
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      theirs.push(await speedOf(bytes, () => grep(path)));
      ours.push(
        await speedOf(bytes, async () => {
          const found = await readLog(path, format as LogFormatName);
          isRight &&= found.kills === log.kills && found.segfaults === log.segfaults;
          if (round === 0)
            say(
              `${format}: ${(bytes / 1e6).toFixed(0)} MB, ${found.lines} lines, kills ${found.kills} of ${log.kills}, segfaults ${found.segfaults} of ${log.segfaults}`,
            );
        }),
      );
    }
    const ratios = ours.map((speed, at) => speed / (theirs[at] ?? Number.NaN));
    say(
      `${format}: inquest ${median(ours).toFixed(0)} MB/s, grep ${median(theirs).toFixed(0)} MB/s, ratio ${median(ratios).toFixed(2)} (median of ${rounds} rounds)`,
    );
  }
  const path = join(folder, "ten.log");
  const log = composeLog(10e6, prefixes["dmesg"] ?? (() => ""), 2);
  writeLog(path, log);
  const [little, much] = [peakOf(path, "dmesg", 1), peakOf(path, "dmesg", times)];
  isRight &&= little.kills === log.kills && much.kills === log.kills * times;
  say(
    `memory: ${(little.peakKiB / 1024).toFixed(0)} MiB for 10 MB, ${(much.peakKiB / 1024).toFixed(0)} MiB for 1 GB (${much.kills} kills), ratio ${(much.peakKiB / little.peakKiB).toFixed(2)}`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (!isRight) {
  say("not all deaths were found");
  process.exitCode = 1;
}

import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { startFleet } from "../../test/support/test-fleet.ts";
import { processTableOf } from "./process-table.ts";
import { ringOf } from "./ring.ts";

/**
 * Hosts a second of `inquest collect -p 64` beside `pdsh -R ssh -f 64 dmesg`, on one fleet of real sshds on
 * loopback, in turn. Absolute figures belong to the machine; the ratio counts.
 */
const { values } = parseArgs({
  options: {
    hosts: { type: "string", default: "200" },
    rounds: { type: "string", default: "3" },
    ring: { type: "string", default: "280" },
  },
});
const hostCount = Number(values.hosts);
const rounds = Number(values.rounds);
const parallel = 64;

interface Trial {
  readonly seconds: number;
  readonly output: string;
  readonly errors: string;
}

async function timed(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Trial> {
  const started = performance.now();
  const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const chunks: Buffer[] = [];
  let errors = "";
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  await new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => resolve());
  });
  return {
    seconds: (performance.now() - started) / 1000,
    output: Buffer.concat(chunks).toString("latin1"),
    errors,
  };
}

async function inquestTrial(round: number): Promise<Trial & { peakMiB: number; ok: number; cpuMs: number }> {
  const peakFile = join(folder, `peak-${round}`);
  const trial = await timed(
    process.execPath,
    [
      "--import",
      join(import.meta.dirname, "peak.mjs"),
      // The command as it is published.
      join(import.meta.dirname, "../../packages/cli/dist/bin.js"),
      "collect",
      "-b",
      "-p",
      String(parallel),
      "-F",
      config,
      "-f",
      hostList,
      "-o",
      "json",
      "--db",
      join(folder, `round-${round}.db`),
    ],
    { ...process.env, INQUEST_PEAK_FILE: peakFile },
  );
  const { hosts } = JSON.parse(trial.output) as { hosts: Record<string, number> };
  const { peakKiB, cpuMs } = JSON.parse(await readFile(peakFile, "utf8")) as {
    peakKiB: number;
    cpuMs: number;
  };
  const peakMiB = peakKiB / 1024;
  return { ...trial, peakMiB, ok: (hosts["ok"] ?? 0) + (hosts["ok-truncated"] ?? 0), cpuMs };
}

async function pdshTrial(): Promise<Trial & { ok: number }> {
  const trial = await timed("pdsh", ["-R", "ssh", "-f", String(parallel), "-w", `^${hostList}`, "dmesg"], {
    ...process.env,
    PDSH_SSH_ARGS: `-F ${config} -oBatchMode=yes %h`,
    PDSH_SSH_ARGS_APPEND: "",
  });
  return { ...trial, ok: trial.output.split("Linux version ").length - 1 };
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
const say = (line: string): boolean => process.stdout.write(`${line}\n`);

const ring = ringOf(Number(values.ring) * 1024);
const processTable = processTableOf(200);
/** One port for all: the usual fleet, whose hosts differ in their address alone. */
const port = 20_000 + (process.pid % 10_000);
const specs = Object.fromEntries(
  Array.from({ length: hostCount }, (_, at) => [
    `node${String(at + 1).padStart(4, "0")}`,
    {
      port,
      files: {
        "dev/kmsg": ring.kmsg,
        "ring.txt": ring.dmesg,
        "ps.txt": processTable,
        "etc/timezone": "Asia/Shanghai\n",
        "usr/share/zoneinfo/Asia/Shanghai": "TZif2",
      },
      // One process each, as the real commands are.
      commands: {
        dmesg: 'exec cat "$root/ring.txt"',
        ps: 'exec cat "$root/ps.txt"',
        date: null,
        uptime: null,
      },
    },
  ]),
);
const folder = await mkdtemp(join(tmpdir(), "inquest-bench-"));
const fleet = await startFleet(specs);
const hostList = join(folder, "hosts.txt");
const config = join(folder, "ssh_config");
await writeFile(hostList, fleet.sshds.map(({ address }) => `${address}\n`).join(""));
await writeFile(
  config,
  `Host *\n  Port ${port}\n  IdentityFile ${fleet.identityFile}\n  IdentityAgent none\n  UserKnownHostsFile ${fleet.knownHostsFile}\n`,
);
try {
  say(
    `${hostCount} sshds on loopback, ${ring.dmesg.length} bytes of kernel log each, ${parallel} in flight, ${rounds} rounds`,
  );
  const ratios: number[] = [];
  const peaks: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const ours = await inquestTrial(round);
    const theirs = await pdshTrial();
    ratios.push(theirs.seconds / ours.seconds);
    peaks.push(ours.peakMiB);
    say(
      `round ${round + 1}: inquest ${(hostCount / ours.seconds).toFixed(1)} hosts/s (${ours.ok} read, peak ${ours.peakMiB.toFixed(0)} MiB, ${(ours.cpuMs / hostCount).toFixed(1)} ms CPU a host)` +
        `, pdsh ${(hostCount / theirs.seconds).toFixed(1)} hosts/s (${theirs.ok} answered), ratio ${(theirs.seconds / ours.seconds).toFixed(2)}`,
    );
    if (ours.ok !== hostCount) say(ours.errors);
  }
  say(`median ratio ${median(ratios).toFixed(2)}, peak memory ${Math.max(...peaks).toFixed(0)} MiB`);
} finally {
  await fleet.stop();
  await rm(folder, { recursive: true, force: true });
}

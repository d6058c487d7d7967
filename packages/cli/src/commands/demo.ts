import { join } from "node:path";
import { openStore } from "@inquest/store";
import { collectIntoStore } from "../collection/collect-into-store.ts";
import { openProgress } from "../collection/progress.ts";
import type { Command, RunLine } from "../command.ts";
import type { DemoFleet } from "../demo/demo-fleet.ts";
import { openDemoFleet } from "../demo/demo-fleet.ts";
import { exitCode } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { formatCollectSummary } from "../render/collect-summary.ts";
import { wrapped } from "../render/wrapped.ts";

/** A host that hangs is given up after this long: the demo is to be over before the reader's patience. */
const patienceMs = 2000;

/** `inquest demo`: the whole way on a small fleet of real SSH servers inside this process. */
export const demo: Command = {
  positionals: [],
  options: {},
  examples: [["inquest demo", "collects, asks and exports, against a temporary store"]],
  epilogue:
    "Reads and writes nothing outside a temporary folder; your ssh configuration, keys and agent have no say.",
  run: async (_args, io, runLine) => {
    const fleet = await openDemoFleet();
    try {
      return await tell(fleet, io, runLine);
    } finally {
      await fleet.close();
    }
  },
};

async function tell(fleet: DemoFleet, io: Io, runLine: RunLine): Promise<number> {
  const db = join(fleet.folder, "inquest.db");
  const say = (...lines: readonly string[]): Promise<void> =>
    io.stdout.write(wrapped(lines.map((line) => `${line}\n`).join(""), io.stdout.columns));
  const narrating: Io = { ...io, narrate: (line) => say(line), warn: (line) => say(line) };
  const codes: number[] = [];
  const type = async (...words: readonly string[]): Promise<void> => {
    await say("", `$ inquest ${words.join(" ")}`);
    codes.push(await runLine([...words, "--db", db], { ...narrating, cwd: fleet.folder }));
  };

  await say(
    `${fleet.targets.length} SSH servers are up on loopback. One refuses the login, one hangs; the others`,
    "replay recorded nights: JVMs vanished without a word in their logs.",
    "",
    "$ inquest collect -f hosts.txt",
    ...(await collectDemo(fleet, db, io)),
    "",
    "Who was killed, and when? Each time comes with its honest error:",
  );
  await type("incidents");
  await say("", "Does 02:30 look familiar?");
  await type("incidents", "--at", "02:30", "--within", "30m");
  await say("", "On temai-041 a JVM died. It was the victim; the culprit died 26 s later:");
  await type("why", "temai-041", "java");
  await say("", "And the file for the review:");
  await type("export", "csv", "incidents", "-O", "incidents.csv");
  await say("", "Now yours: inquest collect -f hosts.txt");
  return codes.find((code) => code !== exitCode.ok) ?? exitCode.ok;
}

/** The same collection that `inquest collect` makes, with the demo's own keys and a short patience. */
async function collectDemo({ fleet, targets }: DemoFleet, db: string, io: Io): Promise<readonly string[]> {
  const store = await openStore(db);
  try {
    const collected = await collectIntoStore(
      store,
      {
        targets,
        label: "demo",
        watch: [],
        probe: { root: "", sudo: "never" },
        full: true,
        keep: null,
        onStored: null,
        fleet: {
          ...fleet,
          parallel: 64,
          connectMs: patienceMs,
          commandMs: patienceMs,
          firstByteMs: null,
          silenceMs: null,
          deadlineMs: null,
          retries: 0,
          maxOutputBytes: 1 << 24,
          signal: io.interruption(),
        },
      },
      await openProgress(io, targets.length, false),
    );
    return formatCollectSummary(collected, targets.length);
  } finally {
    await store.close();
  }
}

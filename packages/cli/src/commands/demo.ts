import { join } from "node:path";
import type { HostTarget } from "@inquest/core";
import { openStore } from "@inquest/store";
import { collectIntoStore } from "../collection/collect-into-store.ts";
import { openProgress } from "../collection/progress.ts";
import type { Command } from "../command.ts";
import type { DemoFleet } from "../demo/demo-fleet.ts";
import { openDemoFleet } from "../demo/demo-fleet.ts";
import { exitCode } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { formatCollectSummary } from "../render/collect-summary.ts";
import { run } from "../run.ts";

/** A host that hangs is given up after this long: the demo is to be over before the reader's patience. */
const patienceMs = 2000;

/** `inquest demo`: the whole way on a small fleet of real SSH servers inside this process. */
export const demo: Command = {
  positionals: [],
  options: {},
  examples: [["inquest demo", "collects, asks and exports, against a temporary store"]],
  epilogue: "Reads and writes nothing outside a temporary folder; your ssh configuration, keys and agent have no say.",
  run: async (_args, io) => {
    const fleet = await openDemoFleet();
    try {
      return await tell(fleet, io);
    } finally {
      await fleet.close();
    }
  },
};

async function tell(fleet: DemoFleet, io: Io): Promise<number> {
  const db = join(fleet.folder, "inquest.db");
  const csv = join(fleet.folder, "incidents.csv");
  const say = (...lines: readonly string[]): Promise<void> => io.stdout.write(lines.map((line) => `${line}\n`).join(""));
  const type = async (shown: string, argv: readonly string[]): Promise<number> => {
    await say("", `$ inquest ${shown}`);
    return run([...argv, "--db", db], { ...io, narrate: (line) => say(line) });
  };

  await say(
    `${fleet.targets.length} SSH servers are up on loopback. One refuses the login, one hangs; the others replay`,
    "recorded nights: JVMs vanished, and nobody had left a log line.",
  );
  await say("", "$ inquest collect -f hosts.txt");
  const summary = await collectDemo(fleet, fleet.targets, db, io);
  await say(...summary);

  await say("", "Who was killed, and when? Times carry their honest error:");
  const asked = [
    await type("incidents", ["incidents"]),
  ];
  await say("", "Does 02:30 look familiar?");
  asked.push(await type("incidents --at 02:30 --within 30m", ["incidents", "--at", "02:30", "--within", "30m"]));
  await say("", "The JVM of temai-041 was the victim. Who held the memory?");
  const viewer = await idOf(db, io);
  asked.push(await type(`show ${viewer}`, ["show", viewer]));
  asked.push(await type("export csv incidents -O incidents.csv", ["export", "csv", "incidents", "-O", csv]));
  await say("", "Now yours: inquest collect -f hosts.txt");
  return asked.find((code) => code !== exitCode.ok) ?? exitCode.ok;
}

/** The same collection that `inquest collect` makes, with the demo's own keys and a short patience. */
async function collectDemo(
  { fleet }: DemoFleet,
  targets: readonly HostTarget[],
  db: string,
  io: Io,
): Promise<readonly string[]> {
  const store = await openStore(db);
  try {
    const collected = await collectIntoStore(
      store,
      {
        targets,
        label: "demo",
        probe: { root: "", sudo: "never" },
        fleet: {
          ...fleet,
          parallel: 64,
          connectMs: patienceMs,
          commandMs: patienceMs,
          deadlineMs: null,
          retries: 0,
          maxOutputBytes: 1 << 24,
          signal: io.interruption(),
        },
      },
      openProgress(io, targets.length, false),
    );
    return formatCollectSummary(collected, targets.length);
  } finally {
    await store.close();
  }
}

/** The incident of the morning on which somebody opened a huge log. */
async function idOf(db: string, io: Io): Promise<string> {
  const store = await openStore(db, { readOnly: true });
  try {
    const filter = {
      sinceMs: null,
      untilMs: null,
      hosts: ["temai-041"],
      groups: [],
      process: "java",
      pid: null,
      uid: null,
      kinds: [],
      scopes: [],
      cgroupGlob: null,
      run: null,
    };
    for await (const incident of store.incidents(filter)) return incident.id;
    return "k-";
  } finally {
    await store.close();
  }
}

import { isReadState } from "@inquest/core";
import type { Run, Visit } from "@inquest/core";
import type { Store } from "@inquest/store";
import type { Command } from "../command.ts";
import { exitCode } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { choiceOf, wholeNumberOf } from "../options/option-values.ts";
import { orderOptions, readingZone, zoneOptions } from "../options/output.ts";
import { formatCollectSummary } from "../render/collect-summary.ts";
import type { FailedHost } from "../render/failed-hosts.ts";
import { toJson } from "../render/json.ts";
import { formatCount } from "../render/quantity.ts";
import { runDetailJson, runJson } from "../render/run-json.ts";
import { formatRunList } from "../render/run-list.ts";
import { withHistory } from "../with-history.ts";
import { wrapped } from "../render/wrapped.ts";

const formats = ["table", "json", "jsonl"] as const;

/** `inquest runs`: collection runs, newest first; with an id the hosts that this one could not read. */
export const runs: Command = {
  positionals: [{ name: "id", describe: "one run: its totals and the hosts it could not read" }],
  options: {
    output: {
      alias: "o",
      type: "string",
      nargs: 1,
      requiresArg: true,
      choices: formats,
      describe: "form (default: table)",
      group: "Output:",
    },
    limit: orderOptions["limit"] ?? {},
    ...zoneOptions,
  },
  examples: [
    ["inquest runs -n 5", "the last five"],
    ["inquest runs 57", "what run 57 could not read, and why"],
    ["inquest collect --retry-failed=57", "visits just these once more"],
  ],
  epilogue: "Exit: 0 found, 1 no run.",
  run: async (args, io) => {
    const id = wholeNumberOf(args, "id", { least: 1, most: 1e9 });
    const limit = wholeNumberOf(args, "limit", { least: 1, most: 1e9 });
    const format = choiceOf(args, "output", formats) ?? "table";
    return withHistory(args, io, async (store) => {
      if (id !== null) return showRun(store, id, format, io);
      const found = await store.runs(limit);
      const look = { width: io.stdout.columns, color: io.stdout.color, zone: readingZone(args, io) };
      if (format === "table" && found.length > 0) await io.stdout.write(formatRunList(found, look));
      if (format !== "table") await io.stdout.write(jsonTexts(found.map(runJson), format));
      await io.narrate(found.length === 0 ? "no run yet: inquest collect" : formatCount(found.length, "run"));
      return found.length === 0 ? exitCode.nothingMatched : exitCode.ok;
    });
  },
};

async function showRun(store: Store, id: number, format: (typeof formats)[number], io: Io): Promise<number> {
  const run = await store.findRun(id);
  if (run === null) {
    await io.warn(`there is no run ${id}`);
    return exitCode.nothingMatched;
  }
  const failed = (await store.visits(id)).flatMap(failedHost);
  await io.stdout.write(
    format === "table"
      ? wrapped(summaryText(run, failed), io.stdout.columns)
      : jsonTexts([runDetailJson(run, failed)], format),
  );
  return exitCode.ok;
}

function summaryText(run: Run, failed: readonly FailedHost[]): string {
  return formatCollectSummary({ run, failed, knownIncidents: null }, run.selected)
    .map((line) => `${line}\n`)
    .join("");
}

function failedHost({ host, state, reason }: Visit): readonly FailedHost[] {
  return isReadState(state) ? [] : [{ host, state, reason }];
}

function jsonTexts(values: readonly unknown[], format: "json" | "jsonl"): string {
  return format === "json"
    ? `${toJson(values, "tree")}\n`
    : values.map((value) => `${toJson(value)}\n`).join("");
}

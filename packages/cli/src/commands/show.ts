import type { Command } from "../command.ts";
import { exitCode } from "../exit-code.ts";
import { choiceOf, flagOf, textOf } from "../options/option-values.ts";
import { readZone, zoneOptions } from "../options/output.ts";
import { formatIncidentDetail } from "../render/incident-detail.ts";
import { incidentDetailJson } from "../render/incident-json.ts";
import { toJson } from "../render/json.ts";
import { boundsJson } from "../render/time-bounds.ts";
import { findingsFinder } from "../query/find-findings.ts";
import { findTimeBounds } from "../query/find-time-bounds.ts";
import { recurrenceIdsOf } from "../query/select-recurrences.ts";
import { withHistory } from "../with-history.ts";

const formats = ["text", "json"] as const;

/** `inquest show`: one incident whole. */
export const show: Command = {
  positionals: [{ name: "id", describe: "id of an incident, or as much of it as only one has" }],
  options: {
    output: {
      alias: "o",
      type: "string",
      nargs: 1,
      requiresArg: true,
      choices: formats,
      describe: "form (default: text); json has every task",
      group: "Output:",
    },
    ...zoneOptions,
  },
  examples: [
    ["inquest show k-3fa81c", "all that is known of one death"],
    ["inquest show k-3fa81c -o json", "with every task and the raw lines"],
  ],
  epilogue: "Exit: 0 found, 1 there is no such incident.",
  run: async (args, io) => {
    const zone = readZone(args);
    const id = textOf(args, "id") ?? "";
    return withHistory(args, io, async (store) => {
      const incident = await store.findIncident(id);
      if (incident === null) {
        await io.warn(`there is no incident "${id}"`);
        return exitCode.nothingMatched;
      }
      const { host, reportId } = incident;
      const report = reportId === null ? null : await store.findReport(host, reportId);
      const bounds = await findTimeBounds(store, incident);
      const findings = await findingsFinder(store, (one) => recurrenceIdsOf(store, one, io.zone)).whole(
        incident,
      );
      const text =
        choiceOf(args, "output", formats) === "json"
          ? `${toJson(incidentDetailJson(incident, report, boundsJson(bounds), zone, findings), "tree")}\n`
          : formatIncidentDetail(
              incident,
              report,
              { bounds, findings },
              {
                width: io.stdout.columns,
                color: io.stdout.color,
                zone,
                fallbackZone: io.zone,
                nowMs: io.now(),
                verbose: flagOf(args, "verbose"),
              },
            );
      await io.stdout.write(text);
      return exitCode.ok;
    });
  },
};

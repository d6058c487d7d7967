import { UsageError } from "@inquest/core";
import type { HostSummary, Store } from "@inquest/store";
import type { Command } from "../command.ts";
import { nearestName } from "../config/nearest-name.ts";
import { exitCode } from "../exit-code.ts";
import { choiceOf, textOf } from "../options/option-values.ts";
import { readZone, zoneOptions } from "../options/output.ts";
import { queryOptions, readQuery } from "../options/query.ts";
import { selectionOptions } from "../options/selection.ts";
import { findingsOf } from "../query/find-findings.ts";
import { caseOf } from "../query/case-of.ts";
import { notCovered } from "../query/not-covered.ts";
import { toJson } from "../render/json.ts";
import { sanitize } from "../render/sanitize.ts";
import { formatWhy, gapSentences, nothingJson, whyJson } from "../render/why.ts";
import { withHistory } from "../with-history.ts";

const formats = ["text", "json"] as const;
/** The host and the process are words; what else narrows is as in `incidents`. */
const filters = Object.fromEntries(
  Object.entries(queryOptions).filter(
    ([name]) => !(name in selectionOptions) && name !== "process" && name !== "kind",
  ),
);

/** `inquest why`: what killed a process on a host, and who held the memory. */
export const why: Command = {
  positionals: [
    { name: "host", describe: "the host, as `inquest hosts` names it" },
    { name: "process", describe: "name of the process that died; left out: whatever died last" },
  ],
  options: {
    ...filters,
    output: {
      alias: "o",
      type: "string",
      nargs: 1,
      requiresArg: true,
      choices: formats,
      describe: "form (default: text)",
      group: "Output:",
    },
    ...zoneOptions,
  },
  examples: [
    ["inquest why web01 java", "why the last java on web01 died"],
    ["inquest why web01 --at 02:30", "what died there near 02:30, whoever it was"],
    ["inquest why web01 java -o json", "with every death, for a program"],
  ],
  epilogue:
    "Tells the latest storm (deaths at most ten minutes apart) in which such a process died. Who held the memory is our\n" +
    "judgement from the kernel's task table. Exit: 0 told, 1 no such death is known.",
  run: async (args, io) => {
    const zone = readZone(args);
    const host = textOf(args, "host") ?? "";
    const query = await readQuery(args, io, zone ?? io.zone);
    return withHistory(args, io, async (store) => {
      const hosts = await store.hosts();
      const summary = await knownHost(hosts, host, store);
      const gaps = notCovered(summary, query.filter);
      const process = textOf(args, "process");
      const isJson = choiceOf(args, "output", formats) === "json";
      const asked = { ...query, filter: { ...query.filter, hosts: [host] } };
      const wish = { host, aliases: aliasesOf(hosts, host), fallbackZone: io.zone };
      const found = await caseOf(store, asked, wish);
      const look = { zone, fallbackZone: io.zone, nowMs: io.now(), width: io.stdout.columns };
      if (found === null) {
        const what = process === null ? "No death" : `No death of ${sanitize(process)}`;
        const told = `${what} is known on ${sanitize(host)} for this question`;
        if (isJson)
          await io.stdout.write(`${toJson(nothingJson(host, { process, gaps }, [told]), "tree")}\n`);
        for (const line of [told, ...gapSentences(gaps, look)]) await io.narrate(line);
        return exitCode.nothingMatched;
      }
      const json = async (): Promise<string> => {
        const findings = await findingsOf(store, found.deaths, found.recurrences);
        return toJson(whyJson(found, { process, gaps, findings }, look), "tree");
      };
      await io.stdout.write(isJson ? `${await json()}\n` : formatWhy(found, gaps, look));
      return exitCode.ok;
    });
  },
};

/** The host's row; null for one that only an incident names. Throws UsageError where nothing knows it. */
async function knownHost(
  hosts: readonly HostSummary[],
  host: string,
  store: Store,
): Promise<HostSummary | null> {
  const summary = hosts.find((one) => one.host === host);
  if (summary !== undefined) return summary;
  const names = await store.names("host", host);
  if (names.includes(host)) return null;
  if (/[[\],]/.test(host))
    throw new UsageError("one-host", `why is about one host, "${host}" names several`, {
      hint: "inquest incidents takes web[01-12],db1",
    });
  const near =
    nearestName(
      host,
      hosts.map((one) => one.host),
    ) ??
    names[0] ??
    null;
  throw new UsageError("unknown-host", `nothing is known of a host "${host}"`, {
    hint: near === null ? "inquest hosts lists them" : `did you mean ${near}? inquest hosts lists them`,
  });
}

/** Names of the same short name: a monitor knows `web01` as `web01.example.com`. */
function aliasesOf(hosts: readonly HostSummary[], host: string): readonly string[] {
  return hosts.map((one) => one.host).filter((name) => name !== host && shortName(name) === shortName(host));
}

function shortName(host: string): string {
  return host.split(".")[0] ?? host;
}

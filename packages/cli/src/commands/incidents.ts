import type { Command } from "../command.ts";
import { exitCode } from "../exit-code.ts";
import { readListWishes } from "../options/list-wishes.ts";
import { flagOf, wholeNumberOf } from "../options/option-values.ts";
import { formOptions, orderOptions, readZone } from "../options/output.ts";
import { queryOptions, readQuery } from "../options/query.ts";
import { incidentListing } from "../query/incident-listing.ts";
import { lastOf, selectIncidents } from "../query/select-incidents.ts";
import type { FoundIncident } from "../query/select-incidents.ts";
import { uncoveredHosts } from "../query/uncovered-hosts.ts";
import { formatTotals, tallyIncidents } from "../render/incident-totals.ts";
import { listingTexts } from "../render/listing.ts";
import { withHistory } from "../with-history.ts";
import { writeTexts } from "../write-texts.ts";

/** `inquest incidents`: lists incidents, oldest first. */
export const incidents: Command = {
  positionals: [{ name: "nodes", describe: "only these hosts: web[01-12],db1,-web03" }],
  options: {
    ...queryOptions,
    ...formOptions,
    ...orderOptions,
    "exit-code": { type: "boolean", describe: "exit 10 when incidents are found", group: "Output:" },
  },
  examples: [
    ["inquest incidents -S yesterday", "since yesterday 00:00"],
    [
      "inquest incidents --at 02:30 --within 30m",
      "every night between 02:00 and 03:00, by each host's clock",
    ],
    ["inquest incidents web[01-12] -c java -n 20", "the last 20 JVMs killed on these hosts"],
    ["inquest incidents --field process", "the names of all that died"],
    ["inquest incidents -o jsonl --fields host,at,victim.name", "for a program"],
  ],
  epilogue:
    "Times are local to each host and carry their error (±); ~ marks one that is less certain than the window of\n" +
    "--at and may lie in it. Exit: 0 found, 1 nothing matched, 10 found and --exit-code given.",
  run: async (args, io) => {
    const zone = readZone(args);
    const wishes = readListWishes(args, io);
    const limit = wholeNumberOf(args, "limit", { least: 1, most: 1e9 });
    const query = await readQuery(args, io, zone ?? io.zone);
    return withHistory(args, io, async (store) => {
      const look = {
        ...wishes.look,
        zone,
        fallbackZone: io.zone,
        nowMs: io.now(),
        verbose: flagOf(args, "verbose"),
      };
      const { tally, count } = tallyIncidents();
      const found = lastOf(selectIncidents(store, query, zone ?? io.zone), {
        limit,
        reverse: flagOf(args, "reverse"),
      });
      const counted = passing(found, ({ incident, overlaps }) => count(incident, overlaps));
      await writeTexts(io.stdout.write, listingTexts(counted, incidentListing(store, look), wishes));
      const totals = tally();
      await io.narrate(totals.incidents === 0 ? "no incident matches" : formatTotals(totals));
      if (totals.overlapping > 0) await io.narrate("~ less certain than the window: may lie in it");
      const uncovered = uncoveredHosts(await store.hosts(), query, io.now());
      if (uncovered !== null) await io.narrate(uncovered);
      if (totals.incidents === 0) return exitCode.nothingMatched;
      return flagOf(args, "exit-code") ? exitCode.incidentsFound : exitCode.ok;
    });
  },
};

async function* passing(
  items: AsyncIterable<FoundIncident>,
  look: (item: FoundIncident) => void,
): AsyncGenerator<FoundIncident> {
  for await (const item of items) {
    look(item);
    yield item;
  }
}

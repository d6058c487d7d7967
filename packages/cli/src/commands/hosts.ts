import type { Command } from "../command.ts";
import { exitCode } from "../exit-code.ts";
import { readListWishes } from "../options/list-wishes.ts";
import { formOptions, readingZone } from "../options/output.ts";
import { selectionOptions } from "../options/selection.ts";
import { hostListing } from "../query/host-listing.ts";
import { hostRows } from "../query/host-rows.ts";
import { namedHostRows } from "../query/named-host-rows.ts";
import { formatHostTotals } from "../render/host-list.ts";
import { listingTexts } from "../render/listing.ts";
import { withHistory } from "../with-history.ts";
import { writeTexts } from "../write-texts.ts";

/** `inquest hosts`: how each host that was ever visited is covered, and what died on it. */
export const hosts: Command = {
  positionals: [{ name: "nodes", describe: "only these hosts: web[01-12],db1,-web03" }],
  options: { ...selectionOptions, ...formOptions },
  examples: [
    ["inquest hosts", "every host that was ever visited"],
    ["inquest hosts web[01-12] -o json", "for a program, gaps in the log included"],
    ["inquest hosts --fields host,state,reason", "only these"],
  ],
  epilogue:
    "READ is the age of the last good collection; 24H, 7D, 30D count kills. ? says that nobody watched, or that\n" +
    "a kill has no time and may be of these days: nobody can count, and that is never shown as 0 kills. GAPS counts stretches\n" +
    "of log that were lost, may be, or ended with a boot; -o json tells each. Exit: 0 found, 1 no host.",
  run: async (args, io) =>
    withHistory(args, io, async (store) => {
      const nowMs = io.now();
      const rows = await namedHostRows(await hostRows(store, nowMs), args, io);
      const wishes = readListWishes(args, io);
      const look = { ...wishes.look, zone: readingZone(args, io), nowMs };
      await writeTexts(io.stdout.write, listingTexts(rows, hostListing(look), wishes));
      await io.narrate(rows.length === 0 ? "no host matches" : formatHostTotals(rows));
      return rows.length === 0 ? exitCode.nothingMatched : exitCode.ok;
    }),
};

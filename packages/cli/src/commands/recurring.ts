import type { Command } from "../command.ts";
import { exitCode } from "../exit-code.ts";
import { readListWishes } from "../options/list-wishes.ts";
import { choiceOf } from "../options/option-values.ts";
import { formOptions, readZone } from "../options/output.ts";
import { queryOptions, readQuery } from "../options/query.ts";
import { readPoolGroup } from "../query/pool-group.ts";
import { recurrenceListing } from "../query/recurrence-listing.ts";
import { poolings, selectRecurrences } from "../query/select-recurrences.ts";
import { uncoveredHosts } from "../query/uncovered-hosts.ts";
import { unjudgedDeaths } from "../query/unjudged-deaths.ts";
import { listingTexts } from "../render/listing.ts";
import { formatCount } from "../render/quantity.ts";
import { withHistory } from "../with-history.ts";
import { writeTexts } from "../write-texts.ts";

/** `inquest recurring`: deaths that return at a time of the day, week or month, or at an interval. */
export const recurring: Command = {
  positionals: [{ name: "nodes", describe: "only these hosts: web[01-12],db1,-web03" }],
  options: {
    ...queryOptions,
    by: {
      type: "string",
      nargs: 1,
      requiresArg: true,
      choices: poolings,
      describe: "pool deaths by this; default: each host, and its groups",
      group: "Filters:",
    },
    ...formOptions,
  },
  examples: [
    ["inquest recurring", "what recurs on each host and in each group"],
    ["inquest recurring --by process -S -60d", "which process dies at the same time on many hosts"],
    ["inquest recurring web[01-12] -o json", "for a program"],
  ],
  epilogue:
    "Counts out-of-memory kills; --kind names others. The chance is that of luck bringing as much, weighed against\n" +
    "all that was looked at; two nights alone are never more than possible. A job of a crontab or timer that starts in\n" +
    "the window or up to 45 min before it is named, likeliest first. Patterns are judged by each host's own clock;\n" +
    "--tz and --utc add the time there. Below: episodes by weekday and hour in local time, or in that zone (. nothing\n" +
    "died where somebody watched or nobody knows who did, blank: not watched). Exit: 0 found, 1 nothing recurs.",
  run: async (args, io) => {
    const zone = readZone(args);
    const wishes = readListWishes(args, io);
    const query = await readQuery(args, io, zone ?? io.zone);
    const by = choiceOf(args, "by", poolings);
    return withHistory(args, io, async (store) => {
      const wish = { by, group: readPoolGroup(args), zone, fallbackZone: io.zone };
      const { recurrences, histories } = await selectRecurrences(store, query, wish);
      const listing = recurrenceListing(histories, { ...wishes.look, zone });
      if (recurrences.length > 0 || wishes.format !== "table" || histories.length > 0)
        await writeTexts(io.stdout.write, listingTexts(recurrences, listing, wishes));
      const sure = recurrences.filter(({ level }) => level === "recurring").length;
      await io.narrate(
        recurrences.length === 0
          ? "nothing recurs"
          : `${sure} recurring, ${recurrences.length - sure} possible in ${formatCount(histories.length, "host")}`,
      );
      const unjudged = await unjudgedDeaths(store, query, io.zone);
      if (unjudged !== null) await io.narrate(unjudged);
      const uncovered = uncoveredHosts(await store.hosts(), query, io.now());
      if (uncovered !== null) await io.narrate(uncovered);
      return recurrences.length === 0 ? exitCode.nothingMatched : exitCode.ok;
    });
  },
};

import { resolve } from "node:path";
import { UsageError } from "@inquest/core";
import type { Store } from "@inquest/store";
import type { Command, ParsedArgs } from "../command.ts";
import { exitCode } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { choiceOf, flagOf, optionName, textOf, textsOf } from "../options/option-values.ts";
import { readingZone, readZone, zoneOptions } from "../options/output.ts";
import { queryOptions, readQuery } from "../options/query.ts";
import { selectionOptions } from "../options/selection.ts";
import { hostListing } from "../query/host-listing.ts";
import { hostRows } from "../query/host-rows.ts";
import { incidentListing } from "../query/incident-listing.ts";
import { namedHostRows } from "../query/named-host-rows.ts";
import { readPoolGroup } from "../query/pool-group.ts";
import { reportOf } from "../query/report-of.ts";
import { recurrenceListing } from "../query/recurrence-listing.ts";
import { selectIncidents } from "../query/select-incidents.ts";
import { selectRecurrences } from "../query/select-recurrences.ts";
import type { CsvStyle } from "../render/csv.ts";
import { csvTexts } from "../render/listing.ts";
import { formatCount } from "../render/quantity.ts";
import { replaceFile } from "../replace-file.ts";
import { withHistory } from "../with-history.ts";
import { writeTexts } from "../write-texts.ts";

const things = ["incidents", "hosts", "recurring"] as const;
const group = "Output:";

/** `inquest export`: files for review, with the columns that spreadsheets and `annotate` rely on. */
export const exportFile: Command = {
  positionals: [
    { name: "format", describe: "form of the file", choices: ["csv", "html"] },
    { name: "what", describe: "what one row of a csv is", choices: things },
  ],
  options: {
    ...queryOptions,
    "output-file": {
      alias: "O",
      type: "string",
      nargs: 1,
      requiresArg: true,
      describe: "write here (under a temporary name, then renamed); - is stdout",
      group,
    },
    excel: { type: "boolean", describe: "byte order mark and CRLF, for Excel", group },
    "no-guard": {
      type: "boolean",
      describe: "no ' before text that a spreadsheet would run as a formula",
      group,
    },
    ...zoneOptions,
  },
  examples: [
    ["inquest export csv incidents -S -7d -O week.csv", "a week for review"],
    ["inquest export csv incidents --excel -O week.csv", "the same for Excel"],
    ["inquest export csv recurring", "what recurs"],
    ["inquest export csv hosts", "how every host is covered"],
    ["inquest export html -S -30d -O report.html", "a page to look at, to print and to send"],
  ],
  epilogue:
    "UTF-8, RFC 4180, an empty cell is unknown. Text that begins with = + - @ gets a ' before it, so that no\n" +
    "spreadsheet runs it. Exit: 0 rows written, 1 nothing matched (the file has its header), 74 not written.",
  run: async (args, io) => {
    const what = choiceOf(args, "what", things);
    if (textOf(args, "format") === "html") {
      if (what !== null)
        throw new UsageError("usage", `export html is one page of everything: "${what}" has no place in it`, {
          hint: "inquest export html -O report.html",
        });
      return withHistory(args, io, (store) => exportPage(store, args, io));
    }
    if (what === null)
      throw new UsageError("usage", "a word is missing after export csv", {
        hint: `write one of ${things.join(", ")}`,
      });
    const exportOf = { hosts: exportHosts, incidents: exportIncidents, recurring: exportRecurring };
    return withHistory(args, io, (store) => exportOf[what](store, args, io));
  },
};

async function exportIncidents(store: Store, args: ParsedArgs, io: Io): Promise<number> {
  const zone = readZone(args);
  const query = await readQuery(args, io, zone ?? io.zone);
  const look = { width: null, color: false, zone, fallbackZone: io.zone, nowMs: io.now(), verbose: false };
  const found = selectIncidents(store, query, zone ?? io.zone);
  return write(
    found,
    "incident",
    (items, csv) => csvTexts(items, incidentListing(store, look), { fields: null, csv }),
    args,
    io,
  );
}

async function exportPage(store: Store, args: ParsedArgs, io: Io): Promise<number> {
  const zone = readZone(args);
  const query = await readQuery(args, io, zone ?? io.zone);
  const nowMs = io.now();
  const coverage = await namedHostRows(await hostRows(store, nowMs), args, io);
  const wish = {
    group: readPoolGroup(args),
    zone,
    fallbackZone: io.zone,
    nowMs,
    filters: filtersOf(args),
    coverage,
  };
  const report = await reportOf(store, query, wish);
  const { reportTexts } = await import("../render/html/report-page.ts");
  const file = await writeOut(args, io, reportTexts(report));
  await io.narrate(
    `${formatCount(report.tally.incidents, "incident")} in the report${file === null ? "" : `: ${file}`}`,
  );
  return report.tally.incidents === 0 ? exitCode.nothingMatched : exitCode.ok;
}

/** The filters as they could be typed again. */
function filtersOf(args: ParsedArgs): readonly string[] {
  return Object.keys(queryOptions).flatMap((name) =>
    textsOf(args, name).map((value) => `${optionName(name)} ${value}`),
  );
}

async function exportRecurring(store: Store, args: ParsedArgs, io: Io): Promise<number> {
  const zone = readZone(args);
  const query = await readQuery(args, io, zone ?? io.zone);
  const wish = { by: null, group: readPoolGroup(args), zone, fallbackZone: io.zone };
  const { recurrences, histories } = await selectRecurrences(store, query, wish);
  const listing = recurrenceListing(histories, { width: null, color: false });
  return write(
    recurrences,
    "finding",
    (items, csv) => csvTexts(items, listing, { fields: null, csv }),
    args,
    io,
  );
}

async function exportHosts(store: Store, args: ParsedArgs, io: Io): Promise<number> {
  const foreign = Object.keys(queryOptions).find(
    (name) => !(name in selectionOptions) && textOf(args, name) !== null,
  );
  if (foreign !== undefined)
    throw new UsageError("usage", `${optionName(foreign)} does not apply to export csv hosts`, {
      hint: "only hosts can be selected: -w, -x, -f",
    });
  const nowMs = io.now();
  const rows = await namedHostRows(await hostRows(store, nowMs), args, io);
  const look = { width: null, color: false, zone: readingZone(args, io), nowMs };
  return write(
    rows,
    "host",
    (items, csv) => csvTexts(items, hostListing(look), { fields: null, csv }),
    args,
    io,
  );
}

async function write<T>(
  items: AsyncIterable<T> | Iterable<T>,
  noun: string,
  toTexts: (items: AsyncIterable<T>, style: CsvStyle) => AsyncIterable<string>,
  args: ParsedArgs,
  io: Io,
): Promise<number> {
  const isFile = outputPath(args, io) !== null;
  let rows = 0;
  async function* counted(): AsyncGenerator<T> {
    for await (const item of items) {
      rows += 1;
      yield item;
    }
  }
  const texts = toTexts(counted(), {
    excel: flagOf(args, "excel"),
    guard: !flagOf(args, "no-guard"),
    sanitize: !isFile && io.stdout.isTty,
  });
  const file = await writeOut(args, io, texts);
  await io.narrate(`${formatCount(rows, noun)} written${file === null ? "" : ` to ${file}`}`);
  return rows === 0 ? exitCode.nothingMatched : exitCode.ok;
}

/** Where -O points to; null: stdout. */
function outputPath(args: ParsedArgs, io: Io): string | null {
  const file = textOf(args, "output-file");
  return file === null || file === "-" ? null : resolve(io.cwd, file);
}

/** Writes to the file of -O or to stdout; tells what was typed as its name. */
async function writeOut(args: ParsedArgs, io: Io, texts: AsyncIterable<string>): Promise<string | null> {
  const path = outputPath(args, io);
  if (path === null) await writeTexts(io.stdout.write, texts);
  else await replaceFile(path, texts);
  return textOf(args, "output-file");
}

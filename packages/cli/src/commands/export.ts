import { resolve } from "node:path";
import { UsageError } from "@inquest/core";
import type { Store } from "@inquest/store";
import { disguiseBy } from "../anonymize/disguise.ts";
import type { Disguise } from "../anonymize/disguise.ts";
import type { Command, ParsedArgs } from "../command.ts";
import { exitCode } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { choiceOf, flagOf, optionName, textOf, textsOf } from "../options/option-values.ts";
import { readingZone, readZone, zoneOptions } from "../options/output.ts";
import { queryOptions, readQuery } from "../options/query.ts";
import type { IncidentQuery } from "../options/query.ts";
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
import { uncoveredHosts } from "../query/uncovered-hosts.ts";
import { unjudgedDeaths } from "../query/unjudged-deaths.ts";
import type { CsvStyle } from "../render/csv.ts";
import { csvTexts, jsonTexts } from "../render/listing.ts";
import type { Listing } from "../render/listing.ts";
import { formatCount } from "../render/quantity.ts";
import { replaceFile } from "../replace-file.ts";
import { withHistory } from "../with-history.ts";
import { writeTexts } from "../write-texts.ts";

const things = ["incidents", "hosts", "recurring"] as const;
const group = "Output:";

/** `inquest export`: files for review, with the columns that spreadsheets and `annotate` rely on. */
export const exportFile: Command = {
  positionals: [
    { name: "format", describe: "form of the file", choices: ["csv", "jsonl", "html"] },
    { name: "what", describe: "what one row of csv or jsonl is", choices: things },
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
    anonymize: {
      type: "boolean",
      describe: "fake names for hosts, groups, users, addresses, cgroups, arguments; always the same ones",
      group,
    },
    ...zoneOptions,
  },
  examples: [
    ["inquest export csv incidents -S -7d -O week.csv", "a week for review"],
    ["inquest export csv incidents --excel -O week.csv", "the same for Excel"],
    ["inquest export csv recurring", "what recurs"],
    ["inquest export jsonl incidents -S -7d", "a JSON object a line, for programs"],
    ["inquest export csv incidents --anonymize -O to-vendor.csv", "for somebody who must not know the names"],
    ["inquest export csv hosts", "how every host is covered"],
    ["inquest export html -S -30d -O report.html", "a page to look at, to print and to send"],
  ],
  epilogue:
    "UTF-8, RFC 4180, an empty cell is unknown. Text that begins with = + - @ gets a ' before it, so that no\n" +
    "spreadsheet runs it. jsonl has the fields of -o jsonl. --anonymize replaces names by the store's own key and leaves out\n" +
    "what people wrote, but for the status; names of processes and kernels, times and figures stay, ids too. Exit: 0 rows written, 1 nothing matched (the file has its header), 74 not written.",
  run: async (args, io) => {
    const what = choiceOf(args, "what", things);
    refuseForeignStyle(args);
    if (textOf(args, "format") === "html") {
      if (what !== null)
        throw new UsageError("usage", `export html is one page of everything: "${what}" has no place in it`, {
          hint: "inquest export html -O report.html",
        });
      return withHistory(args, io, (store) => exportPage(store, args, io));
    }
    if (what === null)
      throw new UsageError("usage", `a word is missing after export ${textOf(args, "format") ?? "csv"}`, {
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
  const disguise = await disguiseOf(store, args);
  const code = await write(
    found,
    "incident",
    (items, csv) => fileTexts(items, incidentListing(store, look, disguise), csv, args),
    args,
    io,
  );
  await tellUncovered(store, query, io);
  return code;
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
    disguise: await disguiseOf(store, args),
  };
  const report = await reportOf(store, query, wish);
  const { reportTexts } = await import("../render/html/report-page.ts");
  const file = await writeOut(args, io, reportTexts(report));
  await io.narrate(
    `${formatCount(report.tally.incidents, "incident")} in the report${file === null ? "" : `: ${file}`}`,
  );
  await tellUncovered(store, query, io);
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
  const listing = recurrenceListing(histories, { width: null, color: false, zone });
  const disguise = await disguiseOf(store, args);
  const code = await write(
    disguise === null ? recurrences : recurrences.map(disguise.recurrence),
    "finding",
    (items, csv) => fileTexts(items, listing, csv, args),
    args,
    io,
  );
  const unjudged = await unjudgedDeaths(store, query, io.zone);
  if (unjudged !== null) await io.narrate(unjudged);
  await tellUncovered(store, query, io);
  return code;
}

/** What is in the file is all that is known; who was not watched is said beside it. */
async function tellUncovered(store: Store, query: IncidentQuery, io: Io): Promise<void> {
  const uncovered = uncoveredHosts(await store.hosts(), query, io.now());
  if (uncovered !== null) await io.narrate(uncovered);
}

async function exportHosts(store: Store, args: ParsedArgs, io: Io): Promise<number> {
  const foreign = Object.keys(queryOptions).find(
    (name) => !(name in selectionOptions) && textOf(args, name) !== null,
  );
  if (foreign !== undefined)
    throw new UsageError(
      "usage",
      `${optionName(foreign)} does not apply to export ${textOf(args, "format") ?? ""} hosts`,
      {
        hint: "only hosts can be selected: -w, -x, -f",
      },
    );
  const nowMs = io.now();
  const rows = await namedHostRows(await hostRows(store, nowMs), args, io);
  const look = { width: null, color: false, zone: readingZone(args, io), nowMs };
  const disguise = await disguiseOf(store, args);
  return write(
    disguise === null ? rows : rows.map(disguise.hostRow),
    "host",
    (items, csv) => fileTexts(items, hostListing(look), csv, args),
    args,
    io,
  );
}

/** The fake names of --anonymize, or null. */
async function disguiseOf(store: Store, args: ParsedArgs): Promise<Disguise | null> {
  return flagOf(args, "anonymize") ? disguiseBy(await store.anonymizationKey()) : null;
}

function refuseForeignStyle(args: ParsedArgs): void {
  const style = ["excel", "no-guard"].find((name) => flagOf(args, name));
  if (style !== undefined && textOf(args, "format") !== "csv")
    throw new UsageError("usage", `${optionName(style)} is for csv alone`);
}

/** The file in the form that was asked for. */
function fileTexts<T>(
  items: AsyncIterable<T>,
  listing: Listing<T>,
  csv: CsvStyle,
  args: ParsedArgs,
): AsyncIterable<string> {
  return textOf(args, "format") === "jsonl"
    ? jsonTexts(items, listing, null, "jsonl")
    : csvTexts(items, listing, { fields: null, csv });
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

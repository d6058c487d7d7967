import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { LocalError, UsageError } from "@inquest/core";
import type { Incident } from "@inquest/core";
import { openStore } from "@inquest/store";
import type { AnnotationRevision, Store } from "@inquest/store";
import type { Command, ParsedArgs } from "../command.ts";
import { exitCode } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { annotationOptions, checkAnnotationWish, readWords } from "../options/annotation.ts";
import { flagOf, textOf, textsOf } from "../options/option-values.ts";
import { readingZone, zoneOptions } from "../options/output.ts";
import { queryOptions, readQuery } from "../options/query.ts";
import { selectIncidents } from "../query/select-incidents.ts";
import { formatChange, formatChangeTotals } from "../render/annotation-diff.ts";
import { formatAnnotationHistory } from "../render/annotation-history.ts";
import type { PlannedChange } from "../render/planned-change.ts";
import { formatCount } from "../render/quantity.ts";
import type { AnnotationField } from "../render/annotation-fields.ts";
import { decodeSheet } from "../review/decode-sheet.ts";
import { annotationAfter, changeTo } from "../review/plan-changes.ts";
import type { ReviewPlan } from "../review/plan-changes.ts";
import { planReview } from "../review/plan-review.ts";
import { readReview } from "../review/read-review.ts";
import { storePathOf } from "../store-path.ts";
import { wrapped } from "../render/wrapped.ts";

/** `inquest annotate`: a reviewer's words on incidents, typed or read back from a sheet. */
export const annotate: Command = {
  positionals: [{ name: "ids", describe: "incidents, by id or by a prefix that only one has" }],
  options: {
    ...annotationOptions,
    ...queryOptions,
    ...zoneOptions,
  },
  examples: [
    ["inquest annotate k-3fa81c --status done --owner mia", "one incident"],
    ["inquest annotate -c java -S -7d --ticket OPS-17 -n", "all that a query finds; what would change"],
    ["inquest annotate --from review.csv -n", "what a reviewed sheet would change"],
    ["inquest annotate --from review.csv", "and now the same in earnest"],
    ["inquest annotate k-3fa81c --history", "who wrote what, and when"],
  ],
  epilogue:
    "--from takes the sheet as Excel, LibreOffice and Numbers save it: , ; or TAB, UTF-8 or UTF-16, columns in any order.\n" +
    "It reads incident_id and status, owner, cause, ticket, note. A column that is missing changes nothing; a cell that was\n" +
    "emptied removes the word. What was changed in the store since the export is a conflict: it is named and left as it\n" +
    "is. Exit: 0 done, 1 nothing matched or something was left out, 2 usage, unreadable sheet.",
  run: async (args, io) => {
    const words = readWords(args);
    const sheet = textOf(args, "from");
    const rows = sheet === null ? null : readReview(decodeSheet(await readSheet(sheet, io), sheet), sheet);
    checkAnnotationWish(args, words);
    const isDryRun = flagOf(args, "dry-run");
    const store = await openStore(storePathOf(args, io), { readOnly: isDryRun || flagOf(args, "history") });
    try {
      if (flagOf(args, "history")) return await printHistory(store, args, io);
      const plan: ReviewPlan =
        rows !== null && sheet !== null
          ? await planReview(store, rows, { file: sheet, overwrite: flagOf(args, "overwrite") })
          : await planWords(store, words, args, io);
      for (const change of plan.changes)
        await io.stdout.write(wrapped(formatChange(change), io.stdout.columns));
      for (const refusal of plan.refusals) await io.warn(refusal);
      const late = isDryRun ? 0 : await save(store, plan.changes, sheet, io);
      const totals = formatChangeTotals(plan.changes, plan.incidents);
      await io.narrate(isDryRun ? `dry run, nothing is stored: ${totals}` : totals);
      const leftOut = plan.refusals.length + late;
      if (late > 0) await io.warn(`${formatCount(late, "incident")} changed by somebody else meanwhile`);
      if (plan.refusals.length > 0)
        await io.warn(
          `${formatCount(plan.refusals.length, "change")} left out, see above; --overwrite settles conflicts`,
        );
      return leftOut > 0 || plan.incidents === 0 ? exitCode.nothingMatched : exitCode.ok;
    } finally {
      await store.close();
    }
  },
};

async function readSheet(sheet: string, io: Io): Promise<Uint8Array> {
  if (sheet === "-") return io.readStdin();
  try {
    return await readFile(resolve(io.cwd, sheet));
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/,.*/s, "") : String(error);
    throw new LocalError("file-not-read", `${sheet}: the sheet cannot be read (${why})`, { cause: error });
  }
}

async function planWords(
  store: Store,
  words: ReadonlyMap<AnnotationField, string | null>,
  args: ParsedArgs,
  io: Io,
): Promise<ReviewPlan> {
  const changes: PlannedChange[] = [];
  let incidents = 0;
  for await (const incident of named(store, args, io)) {
    incidents += 1;
    const rev = await store.annotationRev(incident.host, incident.id);
    changes.push(...[changeTo(incident, rev, words)].filter((change) => change !== null));
  }
  return { changes, refusals: [], incidents };
}

async function* named(store: Store, args: ParsedArgs, io: Io): AsyncGenerator<Incident> {
  const ids = textsOf(args, "ids");
  if (ids.length === 0) {
    const zone = readingZone(args, io);
    for await (const { incident } of selectIncidents(store, await readQuery(args, io, zone), zone))
      yield incident;
  }
  const told = new Set<string>();
  for (const id of ids) {
    const incident = await store.findIncident(id);
    if (incident === null) throw new UsageError("no-incident", `incident "${id}" is not in the store`);
    if (!told.has(incident.id)) yield incident;
    told.add(incident.id);
  }
}

/** Returns how many were refused because somebody else wrote meanwhile. */
async function save(
  store: Store,
  changes: readonly PlannedChange[],
  sheet: string | null,
  io: Io,
): Promise<number> {
  const author = io.env["LOGNAME"] ?? io.env["USER"] ?? null;
  const source = sheet === null || sheet === "-" ? null : basename(sheet);
  const refused = await store.annotate(
    changes.map((change) => ({
      host: change.incident.host,
      id: change.incident.id,
      rev: change.rev,
      annotation: annotationAfter(change),
    })),
    { atMs: io.now(), author, source },
  );
  return refused.length;
}

async function printHistory(store: Store, args: ParsedArgs, io: Io): Promise<number> {
  const revisions: (AnnotationRevision & { readonly id: string })[] = [];
  for await (const { host, id } of named(store, args, io))
    for (const revision of await store.annotationHistory(host, id)) revisions.push({ ...revision, id });
  const { columns: width, color } = io.stdout;
  if (revisions.length > 0)
    await io.stdout.write(formatAnnotationHistory(revisions, { width, color, zone: readingZone(args, io) }));
  return exitCode.ok;
}

import { UsageError } from "@inquest/core";
import type { OptionTable, ParsedArgs } from "../command.ts";
import { annotationFields } from "../render/annotation-fields.ts";
import type { AnnotationField } from "../render/annotation-fields.ts";
import { flagOf, textOf, textsOf } from "./option-values.ts";
import { queryOptions } from "./query.ts";

const group = "Words:";
const valued = { type: "string", nargs: 1, group } as const;

/** Options of annotate: what is written, and from where. */
export const annotationOptions: OptionTable = {
  status: { ...valued, describe: 'such as open or done; --status "" removes it' },
  owner: { ...valued, describe: "who looks after it" },
  cause: { ...valued, describe: "what the reviewer holds to be the cause" },
  ticket: { ...valued, describe: "where it is worked on" },
  note: { ...valued, describe: "anything else" },
  from: {
    type: "string",
    nargs: 1,
    requiresArg: true,
    describe: "a reviewed export csv incidents, as a spreadsheet saved it; - is stdin",
    group,
  },
  overwrite: {
    type: "boolean",
    describe: "with --from: the sheet wins where the store was changed since, and the last of several rows",
    group,
  },
  history: { type: "boolean", describe: "print every state that the annotation of these ids had", group },
  "dry-run": { type: "boolean", alias: "n", describe: "print what would change; change nothing" },
};

/** The words that are typed; an empty one removes. */
export function readWords(args: ParsedArgs): ReadonlyMap<AnnotationField, string | null> {
  return new Map(
    annotationFields.flatMap((field) => {
      const given = args[field];
      const value: unknown = Array.isArray(given) ? given.at(-1) : given;
      return typeof value === "string" ? [[field, value.trim() || null] as const] : [];
    }),
  );
}

/** Refuses options of annotate that do not go together. Throws UsageError. */
export function checkAnnotationWish(
  args: ParsedArgs,
  words: ReadonlyMap<AnnotationField, string | null>,
): void {
  const ids = textsOf(args, "ids");
  const filters = Object.keys(queryOptions).filter((name) => textsOf(args, name).length > 0);
  const isFrom = textOf(args, "from") !== null;
  const isHistory = flagOf(args, "history");
  if (isFrom && (ids.length > 0 || filters.length > 0 || words.size > 0 || isHistory))
    throw new UsageError("usage", "--from stands alone: ids, filters and words are in the sheet");
  if (flagOf(args, "overwrite") && !isFrom)
    throw new UsageError("usage", "--overwrite says how --from settles conflicts, and there is no --from");
  if (isHistory && (ids.length === 0 || words.size > 0))
    throw new UsageError("usage", "--history takes ids and nothing to write");
  if (isFrom || isHistory) return;
  if (words.size === 0)
    throw new UsageError("usage", "there is nothing to write", {
      hint: "give one or more of --status, --owner, --cause, --ticket, --note, or --from FILE",
    });
  if (ids.length > 0 && filters.length > 0)
    throw new UsageError("usage", "ids and filters do not go together");
  if (ids.length === 0 && filters.length === 0)
    throw new UsageError("usage", "no incident is named", {
      hint: "name ids, or filter as inquest incidents does: -S -7d, -w web01, -c java",
    });
}

import { localTimeOf, UsageError } from "@inquest/core";
import type { OptionTable, ParsedArgs } from "../command.ts";
import type { Io } from "../io.ts";
import { choiceOf, flagOf, textOf } from "./option-values.ts";

const group = "Output:";
const valued = { type: "string", nargs: 1, requiresArg: true, group } as const;

/** The forms a list can be printed in. */
const outputFormats = ["table", "json", "jsonl", "csv"] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** Options that say in which zone times are read and shown. */
export const zoneOptions: OptionTable = {
  tz: { ...valued, describe: "zone of times, both typed and shown: Asia/Shanghai, +08:00" },
  utc: { type: "boolean", describe: "the same as --tz UTC", group },
};

/** Options of a list that has fields: its form. */
export const formOptions: OptionTable = {
  output: { ...valued, alias: "o", choices: outputFormats, describe: "form (default: table)" },
  fields: { ...valued, describe: "only these fields, by their names in csv or json: host,victim.name" },
  field: { ...valued, describe: "every value that one field has, one a line" },
  ...zoneOptions,
};

/** Options of a list in time: which end of it, and its order. */
export const orderOptions: OptionTable = {
  limit: { ...valued, alias: "n", describe: "only the last N" },
  reverse: { alias: "r", type: "boolean", describe: "newest first", group },
};

/** --tz or --utc, checked; null: each host's own zone. */
export function readZone(args: ParsedArgs): string | null {
  const zone = textOf(args, "tz") ?? (flagOf(args, "utc") ? "UTC" : null);
  if (zone === null || localTimeOf(0, zone) !== null) return zone;
  throw new UsageError("bad-zone", `--tz: zone "${zone}" is not known`, {
    hint: "write an IANA name or an offset: Asia/Shanghai, UTC, +08:00",
  });
}

/** The zone that times without a zone of their own are read in: --tz, else the collector's. */
export function readingZone(args: ParsedArgs, io: Io): string {
  return readZone(args) ?? io.zone;
}

/** --output. */
export function readFormat(args: ParsedArgs): OutputFormat {
  return choiceOf(args, "output", outputFormats) ?? "table";
}

/** --fields as names, or null. Throws UsageError on an empty name. */
export function readFields(args: ParsedArgs): readonly string[] | null {
  const text = textOf(args, "fields");
  if (text === null) return null;
  const names = text.split(",").map((name) => name.trim());
  if (names.every((name) => name !== "")) return names;
  throw new UsageError("empty-value", `--fields: "${text}" has an empty name in it`, {
    hint: "write names with a comma between them: host,victim.name",
  });
}

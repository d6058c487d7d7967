import type { ParsedArgs } from "../command.ts";
import type { Io } from "../io.ts";
import type { ListWishes } from "../render/listing.ts";
import { textOf } from "./option-values.ts";
import { readFields, readFormat } from "./output.ts";

/** Reads how a list is to be printed on stdout. */
export function readListWishes(args: ParsedArgs, { stdout }: Io): ListWishes {
  return {
    format: readFormat(args),
    fields: readFields(args),
    field: textOf(args, "field"),
    csv: { excel: false, guard: true, sanitize: stdout.isTty },
    look: { width: stdout.columns, color: stdout.color },
  };
}

import { blankRecord, type KernelRecord, type WrittenTime } from "../../model/kernel-record.ts";
import { peelDmesg } from "./dmesg-prefix.ts";
import { jsonObjects } from "./json-objects.ts";
import type { LogFormat, ReadLines } from "./log-format.ts";
import { facilityOf, levelOf, splitPriority } from "./priority.ts";
import { toMicros } from "./stamp.ts";

/** `"pri": 6,`, `"time":    12.345678,`, `"msg": "…"`; `"fac"` with -x (util-linux, print_record with jsonwrt). */
const telling =
  /^\s{0,64}(?:\{\s{0,64}"dmesg"|"dmesg"|\{?\s{0,64}"(?:pri|fac)")\s{0,8}:|^\s{0,64}"msg"\s{0,8}:\s{0,8}"/;

/** `dmesg -J`, since util-linux 2.39. */
export const dmesgJsonFormat: LogFormat = {
  name: "dmesg-json",
  isTelling: (line) => telling.test(line),
  beginsRecord: (line) => /^\s{0,64}(?:\},\s{0,64})?\{/.test(line),
  needsAll: false,
  read,
};

function read(lines: readonly string[], from: number): ReadLines {
  const { found, unread } = jsonObjects(lines, from);
  const records: KernelRecord[] = [];
  for (const { value, line } of found) {
    for (const entry of entriesOf(value)) {
      const record = typeof entry === "object" && entry !== null ? recordOf(entry, line) : null;
      if (record !== null) records.push(record);
    }
  }
  return { records, unread };
}

function entriesOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as readonly unknown[];
  const inner =
    typeof value === "object" && value !== null ? (value as { dmesg?: unknown }).dmesg : undefined;
  return Array.isArray(inner) ? (inner as readonly unknown[]) : [value];
}

function recordOf(entry: object, line: number): KernelRecord | null {
  const fields = new Map<string, unknown>(Object.entries(entry));
  const [pri, fac, msg, caller] = ["pri", "fac", "msg", "caller"].map((name) => fields.get(name));
  if (typeof msg !== "string") return null;
  const priority =
    typeof pri === "string"
      ? { level: levelOf(pri), facility: typeof fac === "string" ? facilityOf(fac) : null }
      : splitPriority(typeof pri === "number" && pri >= 0 && pri < 8192 ? String(pri) : undefined);
  return {
    ...blankRecord,
    ...priority,
    ...timeOf(fields.get("time")),
    caller: typeof caller === "string" && /^[TC]\d{1,10}$/.test(caller) ? caller : null,
    text: msg,
    line,
  };
}

/** `"time": 12.345678`: seconds and six digits, kept exactly; with another --time-format a text. */
function timeOf(time: unknown): { readonly stampUs: number | null; readonly written: WrittenTime | null } {
  if (typeof time === "number") {
    const [seconds = "", fraction = ""] = time.toFixed(6).split(".");
    return { stampUs: time < 0 ? null : toMicros(seconds, fraction), written: null };
  }
  if (typeof time !== "string") return { stampUs: null, written: null };
  const bare = time.replace(/^\[|\]$/g, "");
  const peeled = peelDmesg(`[${bare}] `, 0) ?? peelDmesg(`${bare} `, 0);
  return { stampUs: peeled?.stampUs ?? null, written: peeled?.written ?? null };
}

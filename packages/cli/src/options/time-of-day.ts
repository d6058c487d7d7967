import type { Seconds, TimeOfDayWindow } from "@inquest/core";
import { UsageError } from "@inquest/core";
import type { ParsedArgs } from "../command.ts";
import { textOf } from "./option-values.ts";
import { parseSpan } from "./span.ts";

const defaultWithinS: Seconds = 1800;

/** Reads `--at HH:MM --within 30m`, or null without --at. Throws UsageError. */
export function readTimeOfDay(args: ParsedArgs): TimeOfDayWindow | null {
  const at = textOf(args, "at");
  const within = textOf(args, "within");
  if (at === null) {
    if (within === null) return null;
    throw new UsageError("within-alone", "--within says how far from --at, and there is no --at", {
      hint: "write --at 02:30 --within 30m",
    });
  }
  const [, hour, minute, second] = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(at) ?? [];
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59)
    throw new UsageError("bad-time-of-day", `--at: time of day "${at}" is not understood`, {
      hint: "write HH:MM, from 00:00 to 23:59",
    });
  return {
    atS: Number(hour) * 3600 + Number(minute) * 60 + Number(second ?? 0),
    withinS: within === null ? defaultWithinS : readWithin(within),
  };
}

function readWithin(text: string): Seconds {
  const seconds = parseSpan(text.replace(/^±\s*/, ""));
  if (seconds !== null) return seconds;
  throw new UsageError("bad-span", `--within: time span "${text}" is not understood`, {
    hint: "write a number and its unit: 30m, 1h30min, 90s",
  });
}

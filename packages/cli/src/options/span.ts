import type { Seconds } from "@inquest/core";

/** Units of systemd.time(7), "Parsing Time Spans": a month is 30.44 days, a year 365.25. `M` is a month, `m` a minute. */
const units: readonly (readonly [names: readonly string[], seconds: Seconds])[] = [
  [["usec", "us", "µs", "μs"], 1e-6],
  [["msec", "ms"], 1e-3],
  [["seconds", "second", "sec", "s"], 1],
  [["minutes", "minute", "min", "m"], 60],
  [["hours", "hour", "hr", "h"], 3600],
  [["days", "day", "d"], 86_400],
  [["weeks", "week", "w"], 604_800],
  [["months", "month", "M"], 2_629_800],
  [["years", "year", "y"], 31_557_600],
];

const secondsOf = new Map(units.flatMap(([names, seconds]) => names.map((name) => [name, seconds] as const)));

/** One term: `2h`, `30 min`, `1.5d`, `10`. */
const term = /^\s*(\d{1,12}(?:\.\d{1,9})?)\s*([a-zA-Zµμ]*)/;

/**
 * A time span as systemd writes it, `2h30min`, in seconds; null when any of it is not understood. A number without
 * a unit is seconds to systemd and minutes to nearly everybody else, so it counts only where `bareUnit` says how.
 */
export function parseSpan(text: string, bareUnit: "s" | null = null): Seconds | null {
  let rest = text;
  let seconds = 0;
  do {
    const [whole, amount, named = ""] = term.exec(rest) ?? [];
    const name = named === "" ? (bareUnit ?? "") : named;
    const unit = secondsOf.get(name) ?? secondsOf.get(name.toLowerCase());
    if (whole === undefined || unit === undefined) return null;
    seconds += Number(amount) * unit;
    rest = rest.slice(whole.length);
  } while (rest.trim() !== "");
  return seconds;
}

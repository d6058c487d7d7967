import { UsageError } from "../errors.ts";
import type { Alert } from "../model/alert.ts";
import { parseAlertTime } from "./alert-time.ts";

/**
 * `2015-04-30 02:23:47 [C] shop[ZONE2] web040.example.net check_http (state:2)connection refused`, the date left out
 * where the reader had it before his eyes. The zone is a data centre's.
 */
export const builtInAlert: RegExp =
  /^(?<time>(?:\d{4}-\d\d-\d\d[ T])?\d\d:\d\d:\d\d) \[(?<severity>[A-Z]{1,12})\] (?<group>[^\s[\]]{1,255})\[[^\s[\]]{1,64}\] (?<host>[A-Za-z0-9][A-Za-z0-9._-]{0,252}) (?<check>[^\s()]{1,255})(?: (?<text>\S.*))?$/;

/** A pattern somebody else wrote is never run on more: it may take as long as it likes for a character. */
const longestLine = 4096;

/** One message of a monitoring system; null where the line is none, or is longer than 4 KiB. */
export function parseAlert(line: string, pattern: RegExp = builtInAlert): Alert | null {
  const trimmed = line.trim();
  const groups = trimmed.length > longestLine ? undefined : pattern.exec(trimmed)?.groups;
  const written = parseAlertTime(said(groups, "time") ?? "");
  const host = said(groups, "host");
  if (written === null || host === null) return null;
  return {
    written,
    severity: said(groups, "severity"),
    group: said(groups, "group"),
    host,
    check: said(groups, "check"),
    text: said(groups, "text"),
  };
}

function said(groups: Readonly<Record<string, string | undefined>> | undefined, name: string): string | null {
  const text = groups?.[name]?.trim() ?? "";
  return text === "" ? null : text;
}

const hint =
  "name the parts of a line: (?<time>…) and (?<host>…), and if you like (?<severity>…), (?<group>…), (?<check>…), (?<text>…)";

/** The pattern of alert lines as a user writes it. `place`: where it is written, for the error: `config.yaml: alerts.pattern`. */
export function alertPatternOf(source: string, place: string): RegExp {
  const pattern = compiled(source, place);
  // An alternative that is always found has all the groups.
  const groups = new RegExp(`(?:${source})|`).exec("")?.groups ?? {};
  const missing = ["time", "host"].find((name) => !Object.hasOwn(groups, name));
  if (missing === undefined) return pattern;
  throw new UsageError("alert-pattern", `${place}: pattern "${source}" has no group "${missing}"`, { hint });
}

function compiled(source: string, place: string): RegExp {
  try {
    return new RegExp(source);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // Invalid regular expression: /(/: Unterminated group
    const reason = error.message.slice(error.message.lastIndexOf(": ") + 2).toLowerCase();
    throw new UsageError(
      "alert-pattern",
      `${place}: pattern "${source}" is no regular expression: ${reason}`,
      {
        hint,
        cause: error,
      },
    );
  }
}

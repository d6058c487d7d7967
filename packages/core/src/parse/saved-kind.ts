import { parseAlert } from "./alert.ts";
import { parseBootTime } from "./boot-time.ts";
import { parsePs } from "./ps.ts";
import { psColumnsOf } from "./ps/ps-columns.ts";
import { isTopHeader } from "./top.ts";
import { withoutEscapes } from "./without-escapes.ts";
import { parseUptime } from "./uptime.ts";

/** Saved outputs that are read beside kernel logs; also words of `--format`. */
export const savedKinds = ["ps", "top", "uptime", "alerts"] as const;
export type SavedKind = (typeof savedKinds)[number];

/** A header comes behind so many warnings at most, and a summary of top is no longer. */
const longestPreamble = 40;

/**
 * What the lines of a file's beginning are, as far as they leave no doubt; null: try them as a kernel log. A capture of
 * several hosts is told apart before this.
 */
export function savedKindOf(sampleLines: readonly string[]): SavedKind | null {
  const lines = sampleLines.filter((line) => line.trim() !== "");
  if (lines.length === 0) return null;
  if (isTop(lines)) return "top";
  if (isPs(lines)) return "ps";
  if (isUptime(lines)) return "uptime";
  return isAlerts(lines) ? "alerts" : null;
}

function isTop(lines: readonly string[]): boolean {
  const head = withoutEscapes(lines.slice(0, longestPreamble).join("\n")).split("\n");
  return head.some((line) => /^top - \d/.test(line) || isTopHeader(line));
}

function isPs(lines: readonly string[]): boolean {
  const at = lines.slice(0, longestPreamble).findIndex((line) => psColumnsOf(line) !== null);
  return at !== -1 && parsePs(lines.slice(at).join("\n")).length > 0;
}

function isUptime(lines: readonly string[]): boolean {
  return lines.every(tellsUptime) || (lines.length === 1 && parseBootTime(lines[0] ?? "") !== null);
}

/** `uptime -p` tells no load; of a word "up" alone anybody may speak. */
function tellsUptime(line: string): boolean {
  const { uptimeS, load1 } = parseUptime(line);
  return uptimeS !== null && (load1 !== null || /^[\s\d:apm]{0,20}up\s/i.test(line));
}

function isAlerts(lines: readonly string[]): boolean {
  const alerts = lines.filter((line) => parseAlert(line) !== null);
  return parseAlert(lines[0] ?? "") !== null && alerts.length * 2 > lines.length;
}

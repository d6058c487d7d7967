import type { Schedule, Schedules } from "../../model/schedule.ts";
import { parseCronTimes } from "./cron-times.ts";

/** One line of a file, and its number there, from 1. */
export interface NumberedLine {
  readonly number: number;
  readonly text: string;
}

const assignment = /^(?:[A-Za-z_]\w*|"[^"]*"|'[^']*')\s*=\s*(.*)$/su;
const word = /^(\S+)\s+(.*)$/su;

/** Who runs the jobs of a crontab: a word of each line (/etc/crontab, /etc/cron.d), or its owner, null: not known. */
export type CrontabUser =
  | { readonly isNamed: true }
  | { readonly isNamed: false; readonly owner: string | null };

/**
 * The jobs of one crontab: `20 2 * * * root /usr/bin/backup`. Lines that are not understood are refused, the others
 * count.
 */
export function parseCrontab(source: string, lines: readonly NumberedLine[], user: CrontabUser): Schedules {
  const jobs: Schedule[] = [];
  const refused: string[] = [];
  let zone: string | null = null;
  for (const { number, text: raw } of lines) {
    const text = raw.trim();
    if (text === "" || text.startsWith("#")) continue;
    const assigned = assignment.exec(text)?.[1];
    if (assigned !== undefined) {
      if (/^CRON_TZ\b/u.test(text)) zone = unquoted(assigned);
      continue;
    }
    const job = jobOf(text, user);
    if (job === null) refused.push(`${source}:${number}`);
    else jobs.push({ source: `${source}:${number}`, zone, ...job });
  }
  return { jobs, refused };
}

function jobOf(text: string, user: CrontabUser): Omit<Schedule, "source" | "zone"> | null {
  // A hyphen before the first field keeps the job out of syslog (SUSE, cronie).
  const taken = takeWords(text.replace(/^-/u, ""), text.startsWith("@") ? 1 : 5);
  if (taken === null) return null;
  const schedule = taken.words.join(" ");
  const times = parseCronTimes(schedule);
  const named = user.isNamed ? takeWords(taken.rest, 1) : null;
  const command = commandOf(user.isNamed ? (named?.rest ?? "") : taken.rest);
  if (times === undefined || command === "") return null;
  return { user: user.isNamed ? (named?.words[0] ?? null) : user.owner, schedule, command, times };
}

/** The first words of a text and what comes behind them, or null when there is nothing behind. */
function takeWords(
  text: string,
  count: number,
): { readonly words: readonly string[]; readonly rest: string } | null {
  const words: string[] = [];
  let rest = text;
  for (let at = 0; at < count; at += 1) {
    const [, first, behind] = word.exec(rest) ?? [];
    if (first === undefined || behind === undefined) return null;
    words.push(first);
    rest = behind;
  }
  return { words, rest };
}

/** Up to the first `%`: what follows is the command's standard input; `\%` is a percent sign. */
function commandOf(text: string): string {
  const input = /(?<!\\)%/u.exec(text);
  return (input === null ? text : text.slice(0, input.index)).replaceAll("\\%", "%").trim();
}

function unquoted(text: string): string | null {
  const value = text.trim().replace(/^(["'])(.*)\1$/su, "$2");
  return value === "" ? null : value;
}

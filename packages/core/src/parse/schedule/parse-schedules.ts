import type { Schedules } from "../../model/schedule.ts";
import { parseAnacrontab } from "./anacrontab.ts";
import type { CrontabUser, NumberedLine } from "./crontab.ts";
import { parseCrontab } from "./crontab.ts";
import { parseListTimers } from "./list-timers.ts";
import { expandRunParts } from "./run-parts.ts";
import { parseTimers } from "./timers.ts";

/** More jobs than this no person has written; the rest is refused. */
const mostJobs = 5000;
const anacrontab = "/etc/anacrontab";
const ownCrontab = "crontab -l";

/** The files of a section by path, the executable files of the periodic folders, and what systemctl printed. */
interface SplitSchedules {
  readonly files: ReadonlyMap<string, readonly NumberedLine[]>;
  readonly executables: readonly string[];
  readonly cut: readonly string[];
  readonly timers: string;
}

/**
 * All that the section `schedules` of a probe tells: `./etc/cron.d/backup:3:20 2 * * * root …` for each line of a file,
 * `run ./etc/cron.daily/logrotate`, `cut ./etc/crontab` for a file that was too long, and behind a line `timers` what
 * systemctl prints. `login` is whose crontab `crontab -l` lists, null: nobody knows.
 */
export function parseSchedules(text: string, login: string | null): Schedules {
  const { files, executables, cut, timers } = splitSchedules(text);
  const read = [...files].map(([path, lines]) => {
    if (path === anacrontab) return parseAnacrontab(path, lines);
    return parseCrontab(path, lines, userOf(path, login));
  });
  const isTable = /^\s*NEXT\s/mu.test(timers) && !/^Id=/mu.test(timers);
  const timed = isTable ? parseListTimers(timers) : parseTimers(timers);
  const written = read.flatMap(({ jobs }) => jobs);
  const jobs = [...expandRunParts(written, executables, files.has(anacrontab)), ...timed.jobs];
  return {
    jobs: jobs.slice(0, mostJobs),
    refused: [
      ...read.flatMap(({ refused }) => refused),
      ...timed.refused,
      ...cut,
      ...(jobs.length > mostJobs ? [`${jobs.length - mostJobs} more jobs`] : []),
    ],
  };
}

function splitSchedules(text: string): SplitSchedules {
  const files = new Map<string, NumberedLine[]>();
  const executables: string[] = [];
  const cut: string[] = [];
  // The host's own words come last, so that no file can pretend to be them.
  const behind = /(?:^|\n)timers\n/u.exec(text);
  const end = behind?.index ?? text.length;
  for (const line of text.slice(0, end).split("\n")) {
    const [, kind, path = ""] = /^(run|cut) \.?(\/.*|crontab -l)$/u.exec(line) ?? [];
    if (kind === "run") executables.push(path);
    if (kind === "cut") cut.push(path);
    const [, file, number, content = ""] =
      /^\.?(\/[^:]{1,4096}|crontab -l):(\d{1,9}):(.*)$/u.exec(line) ?? [];
    if (kind !== undefined || file === undefined) continue;
    const lines = files.get(file) ?? [];
    if (lines.length === 0) files.set(file, lines);
    lines.push({ number: Number(number), text: content });
  }
  return { files, executables, cut, timers: behind === null ? "" : text.slice(end + behind[0].length) };
}

/** A file below /var/spool/cron is named after its owner; lines of the system's own crontabs name users. */
function userOf(path: string, login: string | null): CrontabUser {
  if (path === ownCrontab) return { isNamed: false, owner: login };
  const isSpool = path.startsWith("/var/spool/cron/");
  return isSpool ? { isNamed: false, owner: path.slice(path.lastIndexOf("/") + 1) } : { isNamed: true };
}

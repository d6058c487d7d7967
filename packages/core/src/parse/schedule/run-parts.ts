import type { Schedule } from "../../model/schedule.ts";

/** What package managers and editors leave behind, which every run-parts passes over. */
const leftOver =
  /(?:~|,v|\.(?:rpmsave|rpmorig|rpmnew|swp|bak|cfsaved|dpkg-\w+|ucf-\w+|disabled|placeholder))$/u;
/** Names that the run-parts of Debian takes; it is the one that knows --report. */
const debianName = /^[A-Za-z0-9_-]+$/u;

/**
 * Puts the files of a folder in the place of the line that runs the folder by run-parts: each of them is a job at that
 * line's time. `files` are full paths of executable files. Where there is an anacrontab, lines of cron that leave the
 * folder to anacron start nothing.
 */
export function expandRunParts(
  jobs: readonly Schedule[],
  files: readonly string[],
  hasAnacrontab: boolean,
): readonly Schedule[] {
  return jobs.flatMap((job) => {
    const folder = /\brun-parts\s(?:[^;|&]*\s)?(\/[\w./-]+?)\/?(?=[\s;|&})]|$)/u.exec(job.command)?.[1];
    if (folder === undefined) return [job];
    if (hasAnacrontab && /\btest -x \S*anacron\b|\[ -x \S*anacron\b/u.test(job.command)) return [];
    const isDebian = job.command.includes("--report");
    return files
      .filter((file) => file.slice(0, file.lastIndexOf("/")) === folder)
      .filter((file) => !leftOver.test(file))
      .filter((file) => !isDebian || debianName.test(file.slice(file.lastIndexOf("/") + 1)))
      .map((file) => ({ ...job, source: file, command: file }));
  });
}

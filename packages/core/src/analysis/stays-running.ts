import type { Process } from "../model/process-snapshot.ts";

/** Shells and tools that people leave running; they come and go by themselves. */
const interactive = new Set(
  "ash bash csh dash fish ksh ksh93 mksh rbash sh tcsh yash zsh emacs htop joe less man more nano nvim pico screen SCREEN sleep ssh ssh-agent sftp-server su sudo tail tmux top vi view vim watch".split(
    " ",
  ),
);
/** What starts jobs or sessions; its children end when their work is done. */
const starters = new Set(
  "anacron at atd cron CRON crond CROND fcron login run-parts screen SCREEN sshd-session su sudo tmux".split(
    " ",
  ),
);
/** A chain of parents is no longer than this unless it is a circle. */
const mostParents = 64;

/**
 * Whether a process is one that is expected to stay: no kernel thread, no shell or editor, nothing that a login session
 * or cron has started, not the init. `parentOf` finds the process of a pid.
 */
export function staysRunning(row: Process, parentOf: (pid: number) => Process | undefined): boolean {
  if (row.pid <= 2 || row.ppid === 2 || isKernelThread(row)) return false;
  if (interactive.has(row.name) || isSession(row)) return false;
  let parent = row.ppid === null ? undefined : parentOf(row.ppid);
  for (let up = 0; parent !== undefined && up < mostParents; up += 1) {
    if (starters.has(parent.name) || isSession(parent)) return false;
    parent = parent.ppid === null || parent.ppid === parent.pid ? undefined : parentOf(parent.ppid);
  }
  return true;
}

/** It has no memory of its own, and brackets for arguments. */
function isKernelThread({ args, rssKiB }: Process): boolean {
  return (args ?? "").startsWith("[") && (rssKiB ?? 0) === 0;
}

/** `sshd: maria@pts/0`, `sshd: maria [priv]`, and the manager of a user's own units, with `(sd-pam)`. */
function isSession({ name, args }: Process): boolean {
  if (/^sshd(?:-session)?: /u.test(args ?? "") && !/\[listener\]/u.test(args ?? "")) return true;
  return name === "(sd-pam)" || (name === "systemd" && (args ?? "").includes("--user"));
}

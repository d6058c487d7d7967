/** ` |   \_ nginx: worker`: the tree that `ps f` and `--forest` draw before a command (procps, forest_helper). */
const art = /^[ |]{0,4096}\\_ /;

/** A command without the tree drawn before it. */
export function withoutForest(text: string): string {
  return text.includes("\\_ ") ? text.replace(art, "") : text;
}

/**
 * `[kworker/0:1]` is a kernel thread and `{sh} /bin/sh -c …` a thread's own name; else what the path ends in: `-bash` is
 * a login shell, and `sshd: maria@pts/0` has rewritten its arguments.
 */
export function nameOfArgs(args: string): string {
  const [, bracketed] = /^[[{](\S.{0,63}?)[\]}](?:\s|$)/.exec(args) ?? [];
  const [path = ""] = args.split(" ", 1);
  return (
    bracketed ??
    path
      .slice(path.lastIndexOf("/") + 1)
      .replace(/^-(?=.)/, "")
      .replace(/(?<=.):$/, "")
  );
}

/** A name as a column of names prints it: `sh <defunct>` is a zombie `sh`. */
export function nameOf(text: string): string {
  return text.replace(/ <defunct>$/, "");
}

/** Names are no longer (TASK_COMM_LEN), but for those of kernel workers. */
const longestName = 15;
/** Kernel threads of every Linux, as a column of names prints them: arguments have brackets around them. */
const bareThread = /^(?:kthreadd|rcu_sched|[a-z_]{2,15}\/\d{1,5}|kworker\/.{1,80})$/;

/**
 * Whether a column of commands holds names (`comm`) and no arguments: both are headed COMMAND or CMD. Arguments have
 * brackets around kernel threads, names have none; then a path is an argument; where nothing tells, `otherwise`.
 */
export function areNames(commands: readonly string[], otherwise: boolean): boolean {
  if (commands.some((command) => /^\[.{1,64}\]/.test(command))) return false;
  if (commands.some((command) => bareThread.test(command))) return true;
  if (commands.some((command) => /^[/{]/.test(command))) return false;
  return otherwise && commands.every((command) => command.length <= longestName);
}

import type { Command } from "./command.ts";

/** One row of `inquest --help`. */
export interface CommandRow {
  readonly name: string;
  readonly alias: string | null;
  /** Usage as yargs reads it: `show <id>`. */
  readonly usage: string;
  readonly summary: string;
  /** Its options end at its first word: what follows is for another machine. */
  readonly endsOptionsAtWord?: true;
  /** On a terminal a long output of it goes to a pager. */
  readonly isPaged?: true;
  /** Loads the command's own file, and with it what only it needs (the database, ssh). */
  load(): Promise<Command>;
}

/** Every command there is, in the order of the help. */
export const commandTable: readonly CommandRow[] = [
  {
    name: "collect",
    alias: null,
    usage: "collect [nodes..]",
    summary: "reads kernel log, uptime and ps on every selected host, stores what is new",
    load: async () => (await import("./commands/collect.ts")).collect,
  },
  {
    name: "incidents",
    alias: "list",
    isPaged: true,
    usage: "incidents [nodes..]",
    summary: "lists incidents by host, time, time of day, process, kind",
    load: async () => (await import("./commands/incidents.ts")).incidents,
  },
  {
    name: "show",
    alias: null,
    isPaged: true,
    usage: "show <id>",
    summary: "shows one incident whole: memory, tasks, suspects, raw lines",
    load: async () => (await import("./commands/show.ts")).show,
  },
  {
    name: "why",
    alias: null,
    isPaged: true,
    usage: "why <host> [process]",
    summary: "why a process died there: what killed it, who held the memory, whether it recurs",
    load: async () => (await import("./commands/why.ts")).why,
  },
  {
    name: "recurring",
    alias: null,
    isPaged: true,
    usage: "recurring [nodes..]",
    summary: "deaths that return at a time of day, week or month, and the chance of luck; heat map",
    load: async () => (await import("./commands/recurring.ts")).recurring,
  },
  {
    name: "hosts",
    alias: null,
    isPaged: true,
    usage: "hosts [nodes..]",
    summary: "one row a host: state, last good collection, kills, log coverage",
    load: async () => (await import("./commands/hosts.ts")).hosts,
  },
  {
    name: "runs",
    alias: null,
    isPaged: true,
    usage: "runs [id]",
    summary: "collection runs; the failed hosts of one",
    load: async () => (await import("./commands/runs.ts")).runs,
  },
  {
    name: "export",
    alias: null,
    usage: "export <format> [what]",
    summary: "writes files for review: csv or jsonl of incidents, hosts, recurring; html, a page to look at",
    load: async () => (await import("./commands/export.ts")).exportFile,
  },
  {
    name: "annotate",
    alias: null,
    usage: "annotate [ids..]",
    summary: "sets status, owner, cause, ticket, note on incidents; --from reads a reviewed CSV back",
    load: async () => (await import("./commands/annotate.ts")).annotate,
  },
  {
    name: "import",
    alias: null,
    usage: "import <files..>",
    summary: "reads saved kernel logs, alerts, ps, top and uptime outputs into the history",
    load: async () => (await import("./commands/import.ts")).importSaved,
  },
  {
    name: "run",
    alias: null,
    usage: "run [command..]",
    summary: "runs any command on the selected hosts; equal output folded with --gather",
    endsOptionsAtWord: true,
    load: async () => (await import("./commands/run.ts")).runRemote,
  },
  {
    name: "check",
    alias: null,
    usage: "check [nodes..]",
    summary: "tells of every selected host whether it could be collected, and what to do; stores nothing",
    load: async () => (await import("./commands/check.ts")).check,
  },
  {
    name: "expand",
    alias: null,
    usage: "expand [nodes..]",
    summary: "the selected hosts, one a line or folded, and where each was named",
    load: async () => (await import("./commands/expand.ts")).expand,
  },
  {
    name: "config",
    alias: null,
    usage: "config <action>",
    summary: "show: every setting and where its value came from",
    load: async () => (await import("./commands/config.ts")).config,
  },
  {
    name: "db",
    alias: null,
    usage: "db <action> [file]",
    summary: "care of the store: path, usage, check, backup, prune, reparse",
    load: async () => (await import("./commands/db.ts")).db,
  },
  {
    name: "demo",
    alias: null,
    usage: "demo",
    summary: "the whole way on a small fleet of SSH servers inside this process",
    load: async () => (await import("./commands/demo.ts")).demo,
  },
  {
    name: "completion",
    alias: null,
    usage: "completion <shell>",
    summary: "prints a completion script for bash, zsh or fish",
    load: async () => (await import("./commands/completion.ts")).completion,
  },
];

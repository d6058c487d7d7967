import { incidentKinds, oomScopes, selectHosts, UsageError } from "@inquest/core";
import type { TimeOfDayWindow } from "@inquest/core";
import type { IncidentFilter } from "@inquest/store";
import type { OptionTable, ParsedArgs } from "../command.ts";
import type { Io } from "../io.ts";
import { choicesOf, textOf, textsOf, wholeNumberOf } from "./option-values.ts";
import { namesHosts, readSelection, selectionOptions, storedGroupsOf } from "./selection.ts";
import { parseTime } from "./time.ts";
import { readTimeOfDay } from "./time-of-day.ts";

const group = "Filters:";
const valued = { type: "string", nargs: 1, requiresArg: true, group } as const;

/** Options that narrow a query. */
export const queryOptions: OptionTable = {
  ...selectionOptions,
  since: { ...valued, alias: "S", describe: 'from this time: "2026-11-22 02:30", yesterday, -2h, ISO 8601' },
  until: { ...valued, alias: "U", describe: "up to this time; a date alone is its 00:00" },
  process: { ...valued, alias: "c", describe: "name of the process that died" },
  pid: { ...valued, describe: "its pid" },
  uid: { ...valued, describe: "its uid" },
  kind: { ...valued, choices: incidentKinds, describe: "kind of death; repeatable" },
  scope: { ...valued, choices: oomScopes, describe: "what had run out of memory; repeatable" },
  cgroup: { ...valued, describe: "glob over its cgroup and over the cgroup that hit its limit" },
  at: { ...valued, describe: "time of day in the host's zone, HH:MM" },
  within: { ...valued, describe: "how far from --at, both ways (default: 30m)" },
  grep: { ...valued, describe: "regular expression over the raw lines; all lower case ignores case" },
  run: { ...valued, describe: "first seen by this run" },
};

/** Some hosts, by name. */
export type HostNames = Pick<ReadonlySet<string>, "has">;

/** Which incidents are asked for: what the store can tell, and what is tested after. */
export interface IncidentQuery {
  readonly filter: IncidentFilter;
  /** Hosts of -x, when -x stands without a selection. */
  readonly excluded: HostNames;
  /** Groups of -X, where no host list says what is in them. */
  readonly excludedGroups: ReadonlySet<string>;
  readonly timeOfDay: TimeOfDayWindow | null;
  /** Over each raw line of the report. */
  readonly grep: RegExp | null;
}

/** Linux keeps 15 bytes of a process name (TASK_COMM_LEN 16, include/linux/sched.h): longer words find the cut ones. */
const commBytes = 15;

/** Reads the filters. `zone` is the one that times without a zone are meant in. Throws UsageError. */
export async function readQuery(all: ParsedArgs, io: Io, zone: string): Promise<IncidentQuery> {
  const { wanted, unwanted, rest: args } = storedGroupsOf(all);
  const nowMs = io.now();
  const time = (end: "since" | "until"): number | null => {
    const text = textOf(args, end);
    return text === null ? null : parseTime(text, { nowMs, zone, end, option: `--${end}` });
  };
  const [sinceMs, untilMs] = [time("since"), time("until")];
  if (sinceMs !== null && untilMs !== null && sinceMs > untilMs)
    throw new UsageError("bad-range", "--since is later than --until", { hint: "exchange them" });
  const largest = { least: 0, most: 4_294_967_295 };
  const processName = textOf(args, "process");
  return {
    filter: {
      sinceMs,
      untilMs,
      hosts: namesHosts(args) ? await selectedHosts(args, io) : [],
      groups: wanted,
      process: processName === null ? null : Buffer.from(processName).subarray(0, commBytes).toString(),
      pid: wholeNumberOf(args, "pid", largest),
      uid: wholeNumberOf(args, "uid", largest),
      kinds: choicesOf(args, "kind", incidentKinds),
      scopes: choicesOf(args, "scope", oomScopes),
      cgroupGlob: textOf(args, "cgroup"),
      run: wholeNumberOf(args, "run", { least: 1, most: 1e9 }),
      undated: false,
    },
    excluded:
      textsOf(args, "x").length > 0 && !namesHosts(args) ? await excludedHosts(args, io) : new Set<string>(),
    excludedGroups: new Set(unwanted),
    timeOfDay: readTimeOfDay(args),
    grep: readGrep(args),
  };
}

/** Names that the selected hosts may be kept under: a name listed with a port may be kept as `name:port`. */
export async function selectedHosts(args: ParsedArgs, io: Io): Promise<readonly string[]> {
  const targets = selectHosts(await readSelection(args, io));
  const withPorts = targets.filter(({ port }) => port !== null).map(({ name, port }) => `${name}:${port}`);
  return [...new Set([...targets.map(({ host }) => host), ...withPorts])];
}

/** The hosts of -x, for a query over all hosts but these. */
export async function excludedHosts(args: ParsedArgs, io: Io): Promise<HostNames> {
  const { exclude } = await readSelection(args, io);
  const named = new Set(
    exclude.flatMap(({ targets, excluded }) => targets.concat(excluded)).map(({ host }) => host),
  );
  const filters = exclude.flatMap((node) => node.filters);
  return { has: (host) => named.has(host) || filters.some(({ matches }) => matches(host)) };
}

/** As journalctl --grep: a pattern without a capital letter ignores case. */
function readGrep(args: ParsedArgs): RegExp | null {
  const pattern = textOf(args, "grep");
  if (pattern === null) return null;
  try {
    return new RegExp(pattern, /\p{Lu}/u.test(pattern) ? "" : "i");
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^.*: /s, "") : String(error);
    throw new UsageError("bad-pattern", `--grep: pattern "${pattern}" is not understood (${why})`, {
      hint: "put a backslash before ( ) [ ] * + ? that are meant as they are",
    });
  }
}

import type { FleetOptions, HostTarget } from "@inquest/core";
import { formatCount } from "./quantity.ts";
import { sanitize } from "./sanitize.ts";
import { wrapped } from "./wrapped.ts";

/** The limits of a collection. */
export type FleetLimits = Pick<
  FleetOptions,
  | "parallel"
  | "connectMs"
  | "commandMs"
  | "firstByteMs"
  | "silenceMs"
  | "deadlineMs"
  | "retries"
  | "maxOutputBytes"
  | "overrides"
  | "transport"
>;

/** The remote command of one host, or of one that was never read (null), and the script it runs. */
export interface ProbePlan {
  readonly commandOf: (host: string | null) => string;
  readonly script: string;
  /** What --clear runs afterwards; null: nothing. */
  readonly clear: { readonly command: string; readonly script: string } | null;
  /** Of the terminal, for all but commands and scripts; null: none. */
  readonly width: number | null;
}

/** What a collection would do: its hosts, its limits, and the remote command and script, to the letter. */
export function formatDryRun(
  targets: readonly HostTarget[],
  limits: FleetLimits,
  { commandOf, script, clear, width }: ProbePlan,
): string {
  const command = commandOf(null);
  const known = targets.filter(({ host }) => commandOf(host) !== command);
  return [
    ...formatVisits(targets, limits, "the probe").map((line) => wrapped(line, width)),
    "command, on each host (the nonce is drawn anew for each):",
    `  ${command}`,
    ...(known.length === 0 ? [] : ["but with what is known of its kernel log as its last words on:"]),
    ...known.map(({ host }) => `  ${sanitize(host)}: ${sanitize(commandOf(host))}`),
    "",
    "script, on its standard input:",
    script,
    ...(clear === null
      ? []
      : [
          wrapped(
            "then, over a second connection to each host that was read and is stored (STAMP is that of its newest line where\nonly dmesg could be read, else any):",
            width,
          ),
          `  ${clear.command}`,
          "",
          "script, on its standard input:",
          clear.script,
        ]),
  ].join("\n");
}

/** What `run` would do: its hosts, its limits, and the command, to the letter. */
export function formatRunPlan(
  targets: readonly HostTarget[],
  limits: FleetLimits,
  { command, width }: { readonly command: string; readonly width: number | null },
): string {
  // A person is to see where a command has line ends; no other character of it is his terminal's business.
  const lines = command.split("\n").map((line) => `  ${sanitize(line)}`);
  const visits = formatVisits(targets, limits, "the command").map((line) => wrapped(line, width));
  return [...visits, "command, on each host:", ...lines, ""].join("\n");
}

function formatVisits(targets: readonly HostTarget[], limits: FleetLimits, work: string): readonly string[] {
  const { parallel, connectMs, commandMs, deadlineMs, retries, maxOutputBytes, overrides } = limits;
  const hosts = targets.map(({ host, name, user, port, jump, origin }) => {
    const login = `${user === null ? "" : `${user}@`}${name}${port === null ? "" : `:${port}`}`;
    // What a list says of its host goes before -J.
    const way = wayOf(jump ?? overrides.jump);
    return `  ${sanitize(host)}${login === host ? "" : `  ${sanitize(login)}`}${way}  (${sanitize(origin)})`;
  });
  return [
    `${formatCount(targets.length, "host")}:`,
    ...hosts,
    "",
    `limits: ${parallel} in flight, ${connectMs / 1000} s to log in, ${commandMs / 1000} s for ${work}` +
      `${silenceWords(limits)}, ` +
      `${deadlineMs === null ? "no deadline" : `${deadlineMs / 1000} s in all`}, ` +
      `${retries === 1 ? "1 retry" : `${retries} retries`}, ${maxOutputBytes} bytes a host${limits.transport === "openssh" ? ", by the system's ssh" : ""}`,
    "",
  ];
}

/** Null: ssh_config decides, which is not asked here. */
function wayOf(jump: string | null): string {
  if (jump === null) return "";
  return jump.toLowerCase() === "none" ? "  directly" : `  via ${sanitize(jump)}`;
}

function silenceWords({ firstByteMs, silenceMs }: FleetLimits): string {
  const words = [
    ...(firstByteMs === null ? [] : [`${firstByteMs / 1000} s to its first byte`]),
    ...(silenceMs === null ? [] : [`${silenceMs / 1000} s of silence`]),
  ];
  return words.length === 0 ? "" : ` (in it ${words.join(" and ")})`;
}

import type { FleetOptions, HostTarget } from "@inquest/core";
import { formatCount } from "./quantity.ts";
import { sanitize } from "./sanitize.ts";

/** The limits of a collection. */
export type FleetLimits = Pick<
  FleetOptions,
  "parallel" | "connectMs" | "commandMs" | "deadlineMs" | "retries" | "maxOutputBytes"
>;

/** What a collection would do: its hosts, its limits, and the remote command and script, to the letter. */
export function formatDryRun(
  targets: readonly HostTarget[],
  limits: FleetLimits,
  { command, script }: { readonly command: string; readonly script: string },
): string {
  const { parallel, connectMs, commandMs, deadlineMs, retries, maxOutputBytes } = limits;
  const hosts = targets.map(({ host, name, user, port, origin }) => {
    const login = `${user === null ? "" : `${user}@`}${name}${port === null ? "" : `:${port}`}`;
    return `  ${sanitize(host)}${login === host ? "" : `  ${sanitize(login)}`}  (${sanitize(origin)})`;
  });
  return [
    `${formatCount(targets.length, "host")}:`,
    ...hosts,
    "",
    `limits: ${parallel} in flight, ${connectMs / 1000} s to log in, ${commandMs / 1000} s for the probe, ` +
      `${deadlineMs === null ? "no deadline" : `${deadlineMs / 1000} s in all`}, ` +
      `${retries === 1 ? "1 retry" : `${retries} retries`}, ${maxOutputBytes} bytes a host`,
    "",
    "command, on each host (the nonce is drawn anew for each):",
    `  ${command}`,
    "",
    "script, on its standard input:",
    script,
  ].join("\n");
}

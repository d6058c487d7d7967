import type { FleetOptions } from "../fleet-options.ts";
import type { ResolvedTarget } from "../resolved-target.ts";

/** What one connection by ssh is to be. */
export interface SshPlan {
  readonly target: ResolvedTarget;
  /** The private key and the address that list or command line give for this host; null: as configured. */
  readonly identityFile: string | null;
  readonly address: string | null;
  /** The control socket of the connection. */
  readonly socket: string;
  /** The control socket of the jump host that it goes over; null: directly, or as the configuration says. */
  readonly jumpSocket: string | null;
}

/** What the run says about all its connections. */
type RunSettings = Pick<
  FleetOptions,
  "agentSocket" | "connectMs" | "hostKey" | "knownHostsFiles" | "overrides" | "useSshConfig"
>;

/** As ssh takes our policies; a host that is known by a key of another type counts as changed in both. */
const strictness = { strict: "yes", "accept-new": "accept-new" } as const;

/**
 * The words that open a connection which only carries others. What is set here goes before every configuration file:
 * nothing is asked, forwarded or started beside it, and the known_hosts files change only by a key that is new.
 */
export function connectionArguments(plan: SshPlan, run: RunSettings): readonly string[] {
  const { target, jumpSocket } = plan;
  return [
    // -vv: the phases, and whether a host takes a command. ServerAlive: a dead peer is found after 15 s, as by ssh2.
    "-vv",
    "-N",
    "-T",
    "-a",
    "-x",
    "-M",
    "-S",
    plan.socket,
    ...configWords(run),
    ...settings([
      "BatchMode=yes",
      "ControlPersist=no",
      `StrictHostKeyChecking=${strictness[run.hostKey]}`,
      "UpdateHostKeys=no",
      "CheckHostIP=no",
      "ClearAllForwardings=yes",
      "PermitLocalCommand=no",
      "Tunnel=no",
      // ours ends it before; this one is for the moment in which we are gone
      `ConnectTimeout=${Math.ceil(run.connectMs / 1000) + 1}`,
      "ConnectionAttempts=1",
      "ServerAliveInterval=5",
      "ServerAliveCountMax=3",
      ...(target.identityAgent === null ? [`IdentityAgent=${quoted(run.agentSocket ?? "none")}`] : []),
      ...(run.knownHostsFiles === null
        ? []
        : [
            `UserKnownHostsFile=${run.knownHostsFiles.map(quoted).join(" ")}`,
            "GlobalKnownHostsFile=/dev/null",
          ]),
      ...(plan.address === null ? [] : [`HostName=${plan.address.replaceAll("%", "%%")}`]),
      ...wayWords(target, jumpSocket),
    ]),
    ...(plan.identityFile === null ? [] : ["-i", plan.identityFile]),
    "-l",
    target.user,
    "-p",
    String(target.port),
    "--",
    target.name,
  ];
}

/**
 * The words that run one command over an open connection, as ssh's one argument. Were the connection gone, ssh would
 * open a second one by itself, past all our limits: `false` is no way to a host. Silent but for the command's own words.
 */
export function commandArguments(socket: string, name: string, command: string): readonly string[] {
  return ["-q", "-T", "-F", "none", "-S", socket, ...settings(overOpenOnly), "--", name, command];
}

const overOpenOnly = ["BatchMode=yes", "ProxyCommand=false"] as const;

/**
 * Over a jump host that is already open. ssh itself puts in host and port, which it has checked; the paths are ours.
 * A host without jump hosts that its list frees of the configured ones has to be told so.
 */
function wayWords({ proxyJump, proxyCommand }: ResolvedTarget, jumpSocket: string | null): readonly string[] {
  if (jumpSocket !== null) {
    const words = ["ssh", "-q", "-F", "none", "-S", jumpSocket, ...settings(overOpenOnly)];
    return [`ProxyCommand=${words.join(" ")} -W '[%h]:%p' -- jump`, "ProxyUseFdpass=no"];
  }
  return proxyJump === null && proxyCommand === null ? ["ProxyCommand=none"] : [];
}

function configWords({ useSshConfig, overrides: { configFile } }: RunSettings): readonly string[] {
  if (!useSshConfig) return ["-F", "none"];
  return configFile === null ? [] : ["-F", configFile];
}

function settings(words: readonly string[]): readonly string[] {
  return words.flatMap((word) => ["-o", word]);
}

/** One path where ssh takes several, and tokens. */
function quoted(path: string): string {
  return `"${path.replaceAll("%", "%%")}"`;
}

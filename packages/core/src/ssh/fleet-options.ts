import type { HostTarget } from "../model/host.ts";
import type { HostState } from "../model/host-result.ts";
import type { EpochMs, Millis } from "../model/units.ts";
import type { HostKeyPolicy } from "./host-key-check.ts";
import type { AskPassphrase } from "./identity-file.ts";
import type { SshOverrides } from "./resolve.ts";
import type { Account } from "./resolved-target.ts";

/** How a fleet is visited. Nothing is read from the process or its environment: all of it is handed in. */
export interface FleetOptions {
  /** Hosts in flight. A host whose result was not consumed yet counts as in flight: it bounds the memory. */
  readonly parallel: number;
  /** Names looked up at a time: as many as there are threads for it. */
  readonly lookupsAtOnce: number;
  /** From the name lookup to the login, each try; waiting for our own handshake gate or a person does not count. */
  readonly connectMs: Millis;
  /** From the login to the end of the command. */
  readonly commandMs: Millis;
  /** Within that: from the start of the command to its first byte of output; null: no limit of its own. */
  readonly firstByteMs: Millis | null;
  /** Within that: between two chunks of output, or from the last one to the exit status; null: no limit of its own. */
  readonly silenceMs: Millis | null;
  /** The whole run; null: no limit. Hosts not started by then are skipped, the others cut off where they are. */
  readonly deadlineMs: Millis | null;
  /** Second tries after a connection that was dropped before the login; never after a refusal. */
  readonly retries: number;
  /** Bytes of stdout and stderr together, per host. */
  readonly maxOutputBytes: number;
  readonly hostKey: HostKeyPolicy;
  /** ssh2 inside this process, or the system's own ssh; states and reasons are the same. */
  readonly transport: "ssh2" | "openssh";
  readonly overrides: SshOverrides;
  /** False: no ssh client is run and no ssh_config read. */
  readonly useSshConfig: boolean;
  /** Takes the place of all known_hosts files; null: those of ssh_config. */
  readonly knownHostsFiles: readonly string[] | null;
  /** Who we are: `~` and the default login name. */
  readonly account: Account;
  /** SSH_AUTH_SOCK; null: no agent. */
  readonly agentSocket: string | null;
  /** Asks for the passphrase of a key file; null: nobody can be asked, such keys are skipped with a notice. */
  readonly askPassphrase: AskPassphrase | null;
  /** Tried last, once a host; null: none. */
  readonly password: string | null;
  /** The collector's wall clock. Durations are measured by a monotonic one. */
  readonly now: () => EpochMs;
  /** 0 ≤ x < 1, for the jitter before a second try. */
  readonly random: () => number;
  /** Takes a sentence for the user; each comes once a run. */
  readonly notice: (text: string) => void;
  /** Aborted: no host is started any more, those in flight get two seconds. */
  readonly signal: AbortSignal | null;
  /** For progress; must not throw. */
  readonly onStart: (target: HostTarget) => void;
  readonly onEnd: (target: HostTarget, state: HostState) => void;
}

import { bareTarget } from "../../../packages/core/src/model/host.ts";
import type { HostTarget } from "../../../packages/core/src/model/host.ts";
import type { FleetOptions } from "../../../packages/core/src/ssh/fleet-options.ts";
import type { TestFleet, TestSshd } from "./start-sshd.ts";

/** Options that visit the test fleet with its own key and known_hosts, and nothing of the user's. */
export function fleetOptionsOf(fleet: TestFleet, changes: Partial<FleetOptions> = {}): FleetOptions {
  return {
    parallel: 16,
    lookupsAtOnce: 2,
    connectMs: 20_000,
    commandMs: 30_000,
    firstByteMs: null,
    silenceMs: null,
    deadlineMs: null,
    retries: 1,
    maxOutputBytes: 1024 * 1024,
    hostKey: "strict",
    transport: "ssh2",
    overrides: { configFile: null, user: null, identityFile: fleet.identityFile, jump: null },
    useSshConfig: false,
    knownHostsFiles: [fleet.knownHostsFile],
    account: { user: fleet.user, home: fleet.folder },
    agentSocket: null,
    askPassphrase: null,
    password: null,
    now: Date.now,
    random: Math.random,
    notice: () => {},
    signal: null,
    onStart: () => {},
    onEnd: () => {},
    ...changes,
  };
}

/** One sshd of the test fleet. */
export function sshdOf({ sshds }: TestFleet, name: string): TestSshd {
  const found = sshds.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no sshd ${name}`);
  return found;
}

/** A test host as a host list would name it. */
export function targetOf({ name, address, port }: TestSshd): HostTarget {
  return toTarget({ host: name, name: address, port });
}

/** A host as a list names it, with only what the test cares about. */
export function toTarget(given: Partial<HostTarget> & { readonly name: string }): HostTarget {
  return { ...bareTarget(given.name, "-w"), ...given };
}

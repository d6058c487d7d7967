import type { CheckId } from "../model/host-checks.ts";
import type { FailedState } from "../model/host-result.ts";
import type { ResolvedTarget } from "../ssh/resolved-target.ts";
import type { FleetResult } from "../ssh/visit-host.ts";
import { wordsForSsh } from "../ssh/words-for-ssh.ts";

interface Failed {
  readonly state: FailedState | undefined;
  readonly resolved: ResolvedTarget;
  /** Where the host was named. */
  readonly origin: string;
  /** Its words for ssh. */
  readonly login: string;
}

const fixes: Readonly<Record<CheckId, (failed: Failed) => string | null>> = {
  resolve: ({ resolved, origin }) => `getent hosts ${resolved.hostname}; named in ${origin}`,
  connect: ({ login }) => `ssh -v ${login} true`,
  "host-key": ({ login }) => `ssh -v ${login} true`,
  login: ({ state, login }) => (state === "auth" ? `ssh-copy-id ${login}` : `ssh -v ${login} true`),
  shell: ({ login }) => `ssh ${login} 'exec sh -c true'`,
  "kernel-log": ({ state }) =>
    state === "no-permission" ? "as root on it: sysctl -w kernel.dmesg_restrict=0" : null,
  sudo: ({ resolved: { user } }) =>
    `as root on it: echo '${user} ALL=(root) NOPASSWD: /usr/bin/dmesg' >/etc/sudoers.d/inquest`,
  ps: () => "install procps (procps-ng) on it",
};

/**
 * What a person does against a check that failed, a command where there is one. Names and users in it have passed
 * the resolver, which refuses every character that a shell knows.
 */
export function fixOf(
  id: CheckId,
  state: FailedState | undefined,
  { resolved, target: { origin } }: Pick<FleetResult, "resolved" | "target">,
): string | null {
  if (state === "interrupted" || state === "local-error") return null;
  if (state === "skipped-deadline") return "allow more with --deadline";
  if (state === "output-limit") return "allow more with --max-output";
  if (resolved === null) return id === "resolve" ? `look at ${origin}` : null;
  const login = wordsForSsh(resolved);
  return fixes[id]({ state, resolved, origin, login });
}

import { expandTokens } from "./expand-tokens.ts";
import { HostFailureError } from "./host-failure-error.ts";
import { jumpFailure } from "./jump-failure.ts";
import { parseJump } from "./parse-jump.ts";
import type { Resolver } from "./resolve.ts";
import type { ResolvedTarget } from "./resolved-target.ts";

/** More hops than any network has: a configuration that sends us in circles with changing names ends here. */
const mostHops = 16;

/** The jump hosts on the way to a target, the outermost first, each resolved as a host of its own. */
export async function resolveJumpChain(
  target: ResolvedTarget,
  resolver: Pick<Resolver, "resolveJump">,
): Promise<readonly ResolvedTarget[]> {
  const chain: ResolvedTarget[] = [];
  for (let next = target; next.proxyJump !== null;) {
    const list = expandTokens(next.proxyJump, "ProxyJump", next);
    const hop = parseJump(list);
    if (hop === null) throw new HostFailureError("jump-failed", `ProxyJump ${list}: not understood`);
    const jump = await resolver.resolveJump(hop).catch((error: unknown) => {
      throw jumpFailure(hop.name, error);
    });
    const isLoop = chain.some(
      (one) => jumpKey([one]) === jumpKey([jump]) && one.proxyJump === jump.proxyJump,
    );
    if (isLoop || chain.length === mostHops)
      throw new HostFailureError("jump-failed", `ProxyJump ${list}: jump hosts lead in a circle`);
    chain.unshift(jump);
    next = jump;
  }
  return chain;
}

/** What tells one chain of jump connections from another. */
export function jumpKey(chain: readonly ResolvedTarget[]): string {
  return JSON.stringify(
    chain.map(({ user, hostname, port, hostKeyAlias, proxyCommand }) => [
      user,
      hostname,
      port,
      hostKeyAlias,
      proxyCommand,
    ]),
  );
}

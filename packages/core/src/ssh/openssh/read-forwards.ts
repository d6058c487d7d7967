import { forwardFailure } from "../forward.ts";
import type { HostFailureError } from "../host-failure-error.ts";
import type { ResolvedTarget } from "../resolved-target.ts";

/** Why a jump host did not reach a target; null: it did, or nobody said. */
export type ForwardFailureOf = (target: ResolvedTarget) => HostFailureError | null;

/** What is kept of the targets that a jump host did not reach; older ones are forgotten. */
const mostFailures = 1_000;

/** Follows what a jump host says of the targets that it is to forward to. */
export function readForwards(lines: Set<(line: string) => void>): ForwardFailureOf {
  const targets = new Map<string, string>();
  const failures = new Map<string, string>();
  let asked: string | null = null;
  lines.add((line) => {
    asked = /^debug1: channel_connect_stdio_fwd: (.+)$/.exec(line)?.[1] ?? asked;
    const opened = /^debug1: channel (\d+): new \[?stdio-forward/.exec(line)?.[1];
    if (opened !== undefined && asked !== null) {
      targets.set(opened, asked);
      failures.delete(asked);
    }
    const [, channel = "", words] = /^channel (\d+): open failed: (.*)$/.exec(line) ?? [];
    const target = targets.get(channel);
    if (words === undefined || target === undefined) return;
    failures.set(target, words);
    const [oldest] = failures.keys();
    if (failures.size > mostFailures && oldest !== undefined) failures.delete(oldest);
  });
  return (target) => {
    const words = failures.get(`${target.hostname}:${target.port}`);
    if (words === undefined) return null;
    // The reason's name (channels.c, reason2txt), then what the jump host says itself.
    const [, reason, said = words] = /^([a-z ]+): (.*)$/.exec(words) ?? [];
    return forwardFailure(target, said.slice(0, 200), reason === "connect failed");
  };
}

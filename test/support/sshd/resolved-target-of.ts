import { defaultTarget } from "../../../packages/core/src/ssh/default-target.ts";
import type { ResolvedTarget } from "../../../packages/core/src/ssh/resolved-target.ts";

/** A host as OpenSSH's defaults resolve it, but for what the test says of it. */
export function resolvedTargetOf(name: string, changes: Partial<ResolvedTarget> = {}): ResolvedTarget {
  const question = { name, user: null, port: null, jump: null, identityFile: null, address: null };
  return { ...defaultTarget(question, { user: "tester", home: "/home/tester" }), ...changes };
}

import { hash } from "node:crypto";

/** An id that the same facts always lead to: prefix and 12 hex digits of SHA-256 over the parts. */
export function stableId(prefix: "k" | "o" | "e", ...parts: readonly string[]): string {
  return `${prefix}-${hash("sha256", parts.join("\0")).slice(0, 12)}`;
}

import { join } from "node:path";
import { provideSshd, putOnPath } from "./provide-sshd.ts";

/**
 * Vitest's globalSetup: fetches OpenSSH once, before test files run side by side, and lets the many commands that
 * tests start from source be compiled once (half of what such a start costs).
 */
export async function setup(): Promise<void> {
  process.env["NODE_COMPILE_CACHE"] ??= join(import.meta.dirname, "../../../node_modules/.cache/compiled");
  putOnPath(await provideSshd());
}

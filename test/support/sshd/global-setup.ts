import { provideSshd, putOnPath } from "./provide-sshd.ts";

/** Vitest's globalSetup: fetches OpenSSH once, before test files run side by side. */
export async function setup(): Promise<void> {
  putOnPath(await provideSshd());
}

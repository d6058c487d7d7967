import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { provideSshd, putOnPath } from "./provide-sshd.ts";

/** A running ssh-agent of the tests' own. */
export interface TestAgent {
  /** What SSH_AUTH_SOCK would say. */
  readonly socket: string;
  /** `ssh-add ARGS`: a key file, or `-D` for none. */
  readonly add: (...args: readonly string[]) => void;
  readonly stop: () => void;
}

/** Starts an ssh-agent. It ends with the command it runs, and that with our end of its standard input. */
export async function startAgent(folder: string): Promise<TestAgent> {
  putOnPath(await provideSshd());
  const socket = join(folder, "agent");
  const agent = spawn("ssh-agent", ["-a", socket, "cat"], { stdio: ["pipe", "ignore", "ignore"] });
  while (!existsSync(socket)) {
    if (agent.exitCode !== null) throw new Error(`ssh-agent ended with ${agent.exitCode}`);
    await sleep(10);
  }
  return {
    socket,
    add: (...args) =>
      void execFileSync("ssh-add", args, { env: { ...process.env, SSH_AUTH_SOCK: socket }, stdio: "pipe" }),
    stop: () => void agent.stdin.end(),
  };
}

import { startSsh } from "./start-ssh.ts";

/** Whether there is an ssh to be run. */
export async function hasSsh(): Promise<boolean> {
  const ssh = startSsh(["-V"], "own");
  ssh.stdout.resume();
  ssh.stderr.resume();
  return (await ssh.ended) === 0;
}

import { spawn } from "node:child_process";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A port that answers no SYN: its process is stopped and its queue is full. */
export async function startBlackhole(): Promise<{ readonly port: number; readonly stop: () => void }> {
  const program =
    'const s=require("net").createServer();s.listen({port:0,host:"127.0.0.1",backlog:1},()=>console.log(s.address().port))';
  const child = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "ignore"] });
  const port = await new Promise<number>((resolve) => {
    child.stdout.once("data", (chunk: Buffer) => resolve(Number(chunk.toString())));
  });
  child.kill("SIGSTOP");
  const fillers = Array.from({ length: 4 }, () => connect(port, "127.0.0.1").on("error", () => {}));
  await sleep(200);
  const stop = (): void => {
    fillers.forEach((filler) => filler.destroy());
    child.kill("SIGKILL");
  };
  return { port, stop };
}

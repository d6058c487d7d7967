import type { Client, ClientChannel } from "ssh2";
import type { CommandEnd, CommandListener } from "./connection.ts";
import { HostFailureError } from "./host-failure-error.ts";

/**
 * How long a host that has told its exit status may stay silent before that is the end. sshd may tell it before the
 * last output, and a background child may hold the pipe for ever: `close` alone cannot be waited for.
 */
const graceMs = 1_000;

/** Runs one command over a connection of ssh2; never throws. */
export function startCommand(
  client: Client,
  command: string,
  stdin: Buffer,
  listener: CommandListener,
): void {
  const onChannel = (channel: ClientChannel): void => {
    let end: CommandEnd | null = null;
    let grace: NodeJS.Timeout | undefined;
    const startGrace = (): void => {
      clearTimeout(grace);
      grace = setTimeout(close, graceMs);
    };
    const close = (): void => {
      clearTimeout(grace);
      listener.closed(end);
    };
    const onData = (stream: "stdout" | "stderr", chunk: Buffer): void => {
      listener.data(stream, chunk);
      if (end !== null) startGrace();
    };
    channel.on("error", (error: Error) =>
      listener.failed(new HostFailureError("command-failed", error.message)),
    );
    channel.on("data", (chunk: Buffer) => onData("stdout", chunk));
    // Undrained stderr stalls stdout: they share one window.
    channel.stderr.on("data", (chunk: Buffer) => onData("stderr", chunk));
    channel.on("exit", (code: number | null, signal?: string) => {
      end = { code, signal: signal ?? null };
      listener.exited(end);
      startGrace();
    });
    channel.on("close", close);
    listener.opened();
    channel.end(stdin);
  };
  try {
    client.exec(command, (error, channel) => {
      if (error) listener.failed(refused(error));
      else onChannel(channel);
    });
  } catch (error) {
    listener.failed(refused(error));
  }
}

function refused(error: unknown): HostFailureError {
  const message = error instanceof Error ? error.message : String(error);
  return new HostFailureError(
    "command-failed",
    `the host does not run the command: ${message.slice(0, 200)}`,
  );
}

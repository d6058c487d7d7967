import type { Client, ClientChannel } from "ssh2";
import type { CommandListener } from "./connection.ts";
import { HostFailureError } from "./host-failure-error.ts";

/** Runs one command over a connection of ssh2; never throws. */
export function startCommand(
  client: Client,
  command: string,
  stdin: Buffer,
  listener: CommandListener,
): void {
  const onChannel = (channel: ClientChannel): void => {
    channel.on("error", (error: Error) =>
      listener.failed(new HostFailureError("command-failed", error.message)),
    );
    channel.on("data", (chunk: Buffer) => listener.data("stdout", chunk));
    // Undrained stderr stalls stdout: they share one window.
    channel.stderr.on("data", (chunk: Buffer) => listener.data("stderr", chunk));
    channel.on("exit", (code: number | null, signal?: string) =>
      listener.exit({ code, signal: signal ?? null }),
    );
    channel.on("close", listener.closed);
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

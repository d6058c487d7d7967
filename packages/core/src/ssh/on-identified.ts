import type { Duplex } from "node:stream";

/** A line that is longer is no identification, nor what may come before one (RFC 4253, 4.2: 255 bytes). */
const mostBytes = 1024;

/**
 * Calls once the peer has sent its identification line, whatever lines it sent before: ssh2 does not say so. It listens
 * from when ssh2 does: a listener of ours alone would take from the stream what ssh2 has not seen.
 */
export function onIdentified(stream: Duplex, then: () => void): void {
  let text = "";
  const look = (chunk: Buffer): void => {
    // What follows the line may have come with it.
    text += chunk.toString("latin1");
    if (/^SSH-[^\n]*\n/mu.test(text)) {
      stream.off("data", look);
      then();
    } else text = text.slice(-mostBytes);
  };
  const join = (event: string | symbol): void => {
    if (event !== "data") return;
    stream.off("newListener", join);
    stream.on("data", look);
  };
  stream.on("newListener", join);
}

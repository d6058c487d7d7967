import { createServer } from "node:net";
import type { Server, Socket } from "node:net";

/** Ports that are no sshd. */
export interface Peers {
  /** A port on 127.0.0.1 that does this with each of its callers. */
  readonly start: (onSocket: (socket: Socket) => void) => Promise<number>;
  readonly close: () => void;
}

/** Opens ports for tests of what a host may do instead of speaking SSH. */
export function openPeers(): Peers {
  const servers: Server[] = [];
  return {
    start: async (onSocket) => {
      const server = createServer((socket) => onSocket(socket.on("error", () => {})));
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const bound = server.address();
      return typeof bound === "object" && bound !== null ? bound.port : 0;
    },
    close: () => servers.forEach((server) => server.close()),
  };
}

import type { HostFailureError } from "./host-failure-error.ts";
import type { Way } from "./way.ts";

/** How a command on a host ended, as the host tells it. */
export interface CommandEnd {
  /** Exit status; null when a signal ended the command. */
  readonly code: number | null;
  /** `SIGKILL`, …; null when the command ended by itself, or by a signal that nobody named. */
  readonly signal: string | null;
}

/** Who is told what becomes of one command. */
export interface CommandListener {
  /** The host takes the command; its standard input is written next. */
  readonly opened: () => void;
  readonly data: (stream: "stdout" | "stderr", chunk: Buffer) => void;
  /** It ended; null: how is told with `closed`. Output may still follow, until a second passes without any. */
  readonly exited: (end: CommandEnd | null) => void;
  /** Nothing more follows. Null: the host never said how the command ended. */
  readonly closed: (end: CommandEnd | null) => void;
  /** It could not be run or not be followed to its end. */
  readonly failed: (failure: HostFailureError) => void;
}

/** A connection that is logged in, by whichever transport. */
export interface Connection {
  /** Runs one command line in the login shell, these bytes its standard input; never throws. */
  readonly start: (command: string, stdin: Buffer, listener: CommandListener) => void;
  /** Names who is told when the connection fails from now on, or has just failed; once. */
  readonly watch: (onFailure: (failure: HostFailureError) => void) => void;
  /** The failure with the reason of what lies on the way to the host, where that was what broke. */
  readonly explain: Way["explain"];
  /** Ends it politely; the socket is gone a second later in any case. */
  readonly end: () => void;
  /** Ends it at once. */
  readonly destroy: () => void;
}

import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { styleText } from "node:util";
import { now } from "@inquest/core";
import type { EpochMs } from "@inquest/core";
import { ClosedPipe } from "./closed-pipe.ts";

/** One way out of the command. */
export interface TextSink {
  /** Waits while the reader is slower than we are. Rejects with ClosedPipe once nobody reads stdout any more. */
  readonly write: (text: string) => Promise<void>;
  /** The same for bytes, as they are: for what hosts say, never to a terminal. */
  readonly writeBytes: (bytes: Uint8Array) => Promise<void>;
  readonly isTty: boolean;
  /** Width of the terminal; null without one, or where it claims 0 columns. */
  readonly columns: number | null;
  /** Whether escape sequences for colour are welcome: a TTY, NO_COLOR, FORCE_COLOR, --no-color. */
  readonly color: boolean;
  /** The terminal itself, for what redraws itself in place; null where there is none, or it claims 0 columns. */
  readonly terminal: NodeJS.WriteStream | null;
}

/** Everything a command knows of the world outside: tests bring their own. */
export interface Io {
  /** Data. */
  readonly stdout: TextSink;
  /** Errors, and progress where it is a TTY. */
  readonly stderr: TextSink;
  /** One line of narration (summary, hint) on stderr; -q silences it. */
  readonly narrate: (line: string) => Promise<void>;
  /** One line on stderr about what was asked for and not done; -q does not silence it. */
  readonly warn: (line: string) => Promise<void>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that file names on the command line are relative to. */
  readonly cwd: string;
  /** IANA zone of the collector. */
  readonly zone: string;
  /** The collector's clock. */
  readonly now: () => EpochMs;
  /** From the first call on SIGINT and SIGTERM abort this signal (reason: the signal's name); a second one kills. */
  readonly interruption: () => AbortSignal;
  /** Leaves SIGINT to a program in the foreground, such as a pager, until the function that it gives is called. */
  readonly leaveInterrupts: () => () => void;
  /** Asks for a secret without echo; null where nobody can be asked (no TTY, --no-input). */
  readonly promptSecret: (question: string) => Promise<string | null>;
  /** All of stdin. */
  readonly readStdin: () => Promise<Uint8Array>;
  /** stdin as it comes in. */
  readonly stdin: () => AsyncIterable<Uint8Array>;
}

/** The real process as the Io of a command. */
export function processIo(): Io {
  const stderr = streamSink(process.stderr, false);
  return {
    stdout: streamSink(process.stdout, true),
    stderr,
    narrate: (line) => stderr.write(`${line}\n`),
    warn: (line) => stderr.write(`${line}\n`),
    env: process.env,
    cwd: callersFolder(),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    now,
    interruption,
    leaveInterrupts,
    promptSecret,
    readStdin,
    stdin: () => process.stdin,
  };
}

/** Under `pnpm inquest` the working directory is the workspace; the caller's own is in INIT_CWD. */
function callersFolder(): string {
  const { INIT_CWD, npm_lifecycle_event } = process.env;
  const fromScript = npm_lifecycle_event === "inquest" || npm_lifecycle_event === "demo";
  return fromScript && INIT_CWD !== undefined ? INIT_CWD : process.cwd();
}

function streamSink(stream: NodeJS.WriteStream, needsReader: boolean): TextSink {
  let closed = false;
  stream.on("error", () => {
    closed = true;
  });
  const write = async (content: string | Uint8Array): Promise<void> =>
    new Promise((resolve, reject) => {
      const done = (): void => {
        if (closed && needsReader) reject(new ClosedPipe());
        else resolve();
      };
      if (closed) done();
      else
        stream.write(content, (error) => {
          closed ||= error instanceof Error;
          done();
        });
    });
  return {
    write,
    writeBytes: write,
    isTty: stream.isTTY,
    columns: stream.isTTY && stream.columns > 0 ? stream.columns : null,
    // ora redraws without end in a terminal that claims 0 columns.
    terminal: stream.isTTY && stream.columns > 0 ? stream : null,
    color: styleText("bold", "x", { stream }) !== "x",
  };
}

let listening: AbortController | null = null;

function interruption(): AbortSignal {
  if (listening !== null) return listening.signal;
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => controller.abort(signal));
  listening = controller;
  return controller.signal;
}

function ignore(): void {}

function leaveInterrupts(): () => void {
  process.on("SIGINT", ignore);
  return () => void process.off("SIGINT", ignore);
}

async function promptSecret(question: string): Promise<string | null> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return null;
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true, historySize: 0 });
  try {
    return await new Promise<string | null>((resolve) => {
      terminal.once("SIGINT", () => {
        process.kill(process.pid, "SIGINT");
        resolve(null);
      });
      terminal.once("close", () => resolve(null));
      terminal.question("").then(resolve, () => resolve(null));
    });
  } finally {
    terminal.close();
    process.stderr.write("\n");
  }
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

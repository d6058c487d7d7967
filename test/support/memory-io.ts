import { ClosedPipe } from "../../packages/cli/src/closed-pipe.ts";
import type { Io, TextSink } from "../../packages/cli/src/io.ts";

/** A world without a process: what a command wrote can be read back, and its clock stands still. */
export interface MemoryIo extends Io {
  /** All that went to stdout. */
  readonly out: () => string;
  /** The same, byte for byte. */
  readonly outBytes: () => Buffer;
  /** All that went to stderr, narration included. */
  readonly err: () => string;
  /** As a signal would. */
  readonly interrupt: (signal: "SIGINT" | "SIGTERM") => void;
}

export interface MemoryWorld {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly zone?: string;
  readonly nowMs?: number;
  readonly stdin?: string;
  /** Answers to promptSecret, in turn. */
  readonly secrets?: readonly string[];
  /** A terminal of this width on both streams. */
  readonly columns?: number;
  readonly color?: boolean;
  /** The reader of stdout goes away after this many writes. */
  readonly closesAfter?: number;
}

/** Opens such a world. */
export function memoryIo(world: MemoryWorld = {}): MemoryIo {
  const written: { out: Buffer[]; err: Buffer[] } = { out: [], err: [] };
  const controller = new AbortController();
  const secrets = [...(world.secrets ?? [])];
  const look = {
    isTty: world.columns !== undefined,
    columns: world.columns ?? null,
    color: world.color ?? false,
    terminal: null,
  };
  const sink = (to: Buffer[], mostWrites: number): TextSink => {
    const writeBytes = async (bytes: Uint8Array): Promise<void> => {
      if (to.length >= mostWrites) throw new ClosedPipe();
      to.push(Buffer.from(bytes));
    };
    return { ...look, write: async (text) => writeBytes(Buffer.from(text)), writeBytes };
  };
  const stderr = sink(written.err, Infinity);
  return {
    stdout: sink(written.out, world.closesAfter ?? Infinity),
    stderr,
    narrate: (line) => stderr.write(`${line}\n`),
    warn: (line) => stderr.write(`${line}\n`),
    env: world.env ?? {},
    cwd: world.cwd ?? "/nowhere",
    zone: world.zone ?? "Europe/Berlin",
    now: () => world.nowMs ?? Date.parse("2026-11-23T03:00:00Z"),
    interruption: () => controller.signal,
    leaveInterrupts: () => () => {},
    promptSecret: async () => secrets.shift() ?? null,
    readStdin: async () => new TextEncoder().encode(world.stdin ?? ""),
    stdin: async function* () {
      yield new TextEncoder().encode(world.stdin ?? "");
    },
    out: () => Buffer.concat(written.out).toString(),
    outBytes: () => Buffer.concat(written.out),
    err: () => Buffer.concat(written.err).toString(),
    interrupt: (signal) => controller.abort(signal),
  };
}

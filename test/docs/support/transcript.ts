import { run } from "../../../packages/cli/src/run.ts";
import { memoryIo } from "../../support/memory-io.ts";
import { wordsOf } from "./words-of.ts";

/** Where the lines of a page are typed. */
export interface Desk {
  readonly cwd: string;
  readonly home: string;
  readonly zone: string;
  readonly nowMs: number;
}

/** What differs from one making of the pages to the next, and what the pages show in its place. */
const masks: readonly (readonly [RegExp, string])[] = [
  [/127\.0\.0\.1:\d+/g, "10.0.0.1:22"],
  [/127\.0\.0\.1/g, "10.0.0.1"],
  [/\bport \d+/g, "port 22"],
  [/-p \d{4,5}\b/g, "-p 22"],
  // The scene has an ssh_config of its own; a reader has none to name.
  [/-F \S+ssh_config /g, ""],
];

/** Types the lines of one console block and answers what the terminal then shows: stdout and stderr as they came. */
export async function typeBlock(block: string, desk: Desk): Promise<string> {
  const shown: string[] = [];
  let code = 0;
  const lines = block.split("\n").filter((text) => text.startsWith("$ "));
  // The demo shows lines of its own, which it types itself.
  for (const line of lines[0] === "$ inquest demo" ? lines.slice(0, 1) : lines) {
    shown.push(`${line}\n`);
    if (line === "$ echo $?") {
      shown.push(`${code}\n`);
      continue;
    }
    const written: string[] = [];
    code = await typeLine(wordsOf(line.replace(/^\$ inquest /, "")), desk, written);
    const masked = masks.reduce(
      (text, [pattern, instead]) => text.replace(pattern, instead),
      written.join("").replaceAll(desk.home, "/home/you").replaceAll(desk.cwd, "/home/you"),
    );
    shown.push(masked.replace(/[ \t]+$/gm, ""));
  }
  return shown.join("").replace(/\n*$/, "\n");
}

async function typeLine(words: readonly string[], desk: Desk, written: string[]): Promise<number> {
  const env = { HOME: desk.home, USER: "you", PATH: process.env["PATH"] ?? "" };
  const io = memoryIo({ cwd: desk.cwd, zone: desk.zone, nowMs: desk.nowMs, env });
  const sink = {
    ...io.stdout,
    write: async (text: string): Promise<void> => void written.push(text),
    writeBytes: async (bytes: Uint8Array): Promise<void> => void written.push(Buffer.from(bytes).toString()),
  };
  const told = (line: string): Promise<void> => sink.write(`${line}\n`);
  return run(words, { ...io, stdout: sink, stderr: sink, narrate: told, warn: told });
}

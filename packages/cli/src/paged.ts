import type { Io } from "./io.ts";
import { openPager } from "./pager.ts";
import type { Pager } from "./pager.ts";
import { displayWidth } from "./render/display-width.ts";

/** The words of the pager to use: INQUEST_PAGER, else PAGER, else less; null for `cat` or nothing. */
function pagerWords({ INQUEST_PAGER, PAGER }: Io["env"]): readonly string[] | null {
  const words = (INQUEST_PAGER ?? PAGER ?? "less").split(/\s+/).filter((word) => word !== "");
  return words.length === 0 || words[0] === "cat" ? null : words;
}

/**
 * Does `work` with a stdout that is held back until it is longer than the screen, and then goes to a pager; where stdout
 * is no terminal, or there is no pager, it is as it was. What is told on stderr meanwhile comes after it. A reader who
 * leaves the pager early changes no exit code.
 */
export async function paged(io: Io, work: (io: Io) => Promise<number>): Promise<number> {
  const { terminal } = io.stdout;
  const words = pagerWords(io.env);
  if (terminal === null || !(terminal.rows > 0) || words === null) return work(io);
  const { rows, columns } = terminal;
  const held: (string | Uint8Array)[] = [];
  const told: string[] = [];
  const state: { way: "held" | "pager" | "straight"; pager: Pager | null; giveBack: () => void } = {
    way: "held",
    pager: null,
    giveBack: () => {},
  };
  let heldRows = 0;
  const put = (content: string | Uint8Array): Promise<void> => {
    if (state.pager !== null) return state.pager.write(content);
    return typeof content === "string" ? io.stdout.write(content) : io.stdout.writeBytes(content);
  };
  const letGo = async (): Promise<void> => {
    for (const content of held.splice(0)) await put(content);
  };
  const write = async (content: string | Uint8Array): Promise<void> => {
    if (state.way !== "held") return put(content);
    held.push(content);
    heldRows += rowsOf(content, columns);
    // The prompt of the shell takes a row, too.
    if (heldRows < rows) return;
    state.pager = await openPager(words, io.env);
    state.way = state.pager === null ? "straight" : "pager";
    if (state.pager !== null) state.giveBack = io.leaveInterrupts();
    await letGo();
  };
  const tell = async (text: string): Promise<void> => {
    if (held.length === 0 && state.pager === null) await io.stderr.write(text);
    else told.push(text);
  };
  try {
    return await work({
      ...io,
      stdout: { ...io.stdout, write, writeBytes: write },
      stderr: { ...io.stderr, write: tell },
      narrate: (line) => tell(`${line}\n`),
      warn: (line) => tell(`${line}\n`),
    });
  } finally {
    await letGo();
    await state.pager?.close();
    state.giveBack();
    for (const text of told) await io.stderr.write(text);
  }
}

/** Rows that a text takes on a terminal of this width, its last line's end not counted. */
function rowsOf(content: string | Uint8Array, columns: number): number {
  const lines = (typeof content === "string" ? content : Buffer.from(content).toString()).split("\n");
  const ended = lines.slice(0, -1);
  return ended.reduce((sum, line) => sum + Math.max(1, Math.ceil(displayWidth(line) / columns)), 0);
}

import { spawn } from "node:child_process";
import { once } from "node:events";

/** A program that shows text page by page on the terminal. */
export interface Pager {
  /** Waits while the pager is slower than we are; what comes after its reader has left is dropped. */
  readonly write: (content: string | Uint8Array) => Promise<void>;
  /** Ends the text and waits until the reader leaves. */
  readonly close: () => Promise<void>;
}

/** Starts a pager, words apart and without a shell; null where there is no such program. */
export async function openPager(
  [program = "", ...args]: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<Pager | null> {
  // As git and journalctl have it: no pager for less than a screen, colours as they are, the text stays on the screen.
  const child = spawn(program, args, {
    stdio: ["pipe", "inherit", "inherit"],
    env: { LESS: "FRSX", LV: "-c", ...env },
  });
  const left = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let hasLeft = false;
  child.stdin.on("error", () => {
    hasLeft = true;
  });
  try {
    await once(child, "spawn");
  } catch {
    return null;
  }
  child.once("close", () => {
    hasLeft = true;
  });
  return {
    write: async (content) => {
      if (hasLeft) return;
      const taken = new Promise<void>((resolve) => child.stdin.write(content, () => resolve()));
      await Promise.race([taken, left]);
    },
    close: async () => {
      child.stdin.end();
      await left;
    },
  };
}

import { UsageError } from "../errors.ts";

/** Reads what one line of a list, or one entry of YAML or JSON, names; `origin` is its file and line. */
export type Attempt = <T>(origin: string, read: () => readonly T[]) => readonly T[];

/** Lets every error out: a bad line is no skipped host. */
export const strictly: Attempt = (_origin, read) => read();

/** Reads on behind bad lines, and keeps what was wrong with each. */
export interface LineSkipper {
  readonly attempt: Attempt;
  /** One message a bad line, by its file and line. */
  readonly skipped: ReadonlyMap<string, string>;
}

/**
 * A skipper for one list. It skips a line only for what is wrong on that line itself: nothing comes of it, also not of
 * its good words. What other lines depend on (a section's header, a group's variables) is never skipped.
 */
export function lineSkipper(): LineSkipper {
  const skipped = new Map<string, string>();
  const attempt: Attempt = (origin, read) => {
    try {
      return read();
    } catch (error) {
      const isOfLine = error instanceof UsageError && error.message.startsWith(`${origin}: `);
      if (!isOfLine || error.code !== "host-list-syntax") throw error;
      skipped.set(origin, error.message);
      return [];
    }
  };
  return { attempt, skipped };
}

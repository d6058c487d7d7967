/** One line of a capture, whose it is and what it says. */
export interface CapturedLine {
  /** The host that the capture names, as written; of a block of equal answers the folded word, `web[01-03,07]`. Null: none. */
  readonly host: string | null;
  /** The file that the capture names (`grep -H`, `tail`), or null. */
  readonly file: string | null;
  /** The line as that host printed it; of ansible's one-line form its whole answer, its lines joined by \n. Hostile text. */
  readonly line: string;
}

/** Every way in which one file holds the lines of several hosts or files. */
export type CaptureForm = "dshbak" | "pssh" | "ansible" | "host-prefix" | "grep" | "tail" | "indented";

/** A form in which a file holds lines of others. */
export interface Capture {
  readonly form: CaptureForm;
  /**
   * A splitter to be given every line in order: block forms remember whose block it is. Null: a line of the capture
   * itself, or one that belongs to nobody.
   */
  readonly split: () => (line: string) => CapturedLine | null;
}

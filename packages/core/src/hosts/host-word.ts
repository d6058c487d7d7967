/** One word of a host list taken apart, its name not yet expanded. */
export interface HostWord {
  /** As written, for messages. */
  readonly word: string;
  readonly user: string | null;
  /** A name with ranges, or an IP literal without its brackets. */
  readonly name: string;
  readonly port: number | null;
}

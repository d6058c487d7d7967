/** What a configuration says of one option. */
export interface Setting {
  readonly value: string | boolean | readonly string[];
  /** File and line. */
  readonly place: string;
}

/** Settings by the long name of their option. */
export type Config = ReadonlyMap<string, Setting>;

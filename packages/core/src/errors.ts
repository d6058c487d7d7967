/**
 * What stops a command. A host that cannot be read is never one of these: that is a value, a HostResult.
 * `main` catches them once, prints message and hint, and exits with `exitCode`.
 */
export class InquestError extends Error {
  /** A short constant a program can test, such as `host-list-syntax`. */
  readonly code: string;
  /** The next step for the reader, or null when there is none. */
  readonly hint: string | null;
  /** Exit code of the contract: 2 usage, 74 local failure. */
  readonly exitCode: number;

  constructor(
    code: string,
    message: string,
    options: { hint?: string; exitCode?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.hint = options.hint ?? null;
    this.exitCode = options.exitCode ?? 2;
  }
}

/** The command line, a configuration or a host list says something we cannot act on. Exit 2. */
export class UsageError extends InquestError {}

/** The store, an output file or another local thing failed. Exit 74. */
export class LocalError extends InquestError {
  constructor(code: string, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(code, message, { ...options, exitCode: 74 });
  }
}

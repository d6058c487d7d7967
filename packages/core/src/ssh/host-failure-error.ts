import type { FailedState, HostFailure } from "../model/host-result.ts";

/** One host's failure on its way up inside this folder; `runOnFleet` turns it into a value. */
export class HostFailureError extends Error {
  readonly failure: HostFailure;
  /** True where a second try may pass: the connection was dropped before login. */
  readonly passing: boolean;
  /** The command that a person types against it, where there is exactly one; else null. */
  readonly fix: string | null;

  constructor(state: FailedState, reason: string, passing = false, fix: string | null = null) {
    super(reason);
    this.name = "HostFailureError";
    this.failure = { state, reason };
    this.passing = passing;
    this.fix = fix;
  }
}

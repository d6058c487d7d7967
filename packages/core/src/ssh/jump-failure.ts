import { HostFailureError } from "./host-failure-error.ts";

/** A jump host's failure as that of the hosts behind it; what is our own fault or end stays what it is. */
export function jumpFailure(jump: string, error: unknown, passing = false): HostFailureError {
  if (!(error instanceof HostFailureError)) return new HostFailureError("local-error", String(error));
  const { state, reason } = error.failure;
  if (state === "interrupted" || state === "jump-failed") return error;
  return new HostFailureError("jump-failed", `jump host ${jump}: ${reason}`, passing, error.fix);
}

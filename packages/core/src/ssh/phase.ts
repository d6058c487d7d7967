/** How far a visit has come, in order; words of its failure reasons. */
export type Phase = "start" | "name lookup" | "connect" | "key exchange" | "login" | "channel open" | "command";

/** Whether the host had not yet let us in: the connect clock runs, and a dropped connection may be tried again. */
export function isBeforeLogin(phase: Phase): boolean {
  return phase !== "channel open" && phase !== "command";
}

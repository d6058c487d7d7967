/** How far a visit has come, in order; words of its failure reasons. */
export type Phase =
  | "start"
  | "name lookup"
  | "connect"
  | "banner exchange"
  | "key exchange"
  | "login"
  | "channel open"
  | "command";

/** Whether the host had not yet let us in: the connect clock runs. */
export function isBeforeLogin(phase: Phase): boolean {
  return phase !== "channel open" && phase !== "command";
}

/** Whether a dropped connection may be tried again: nothing was said of who we are, so no refusal can be meant. */
export function isBeforeNaming(phase: Phase): boolean {
  return isBeforeLogin(phase) && phase !== "login";
}

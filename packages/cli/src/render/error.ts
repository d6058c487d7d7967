import type { InquestError } from "@inquest/core";
import { sanitize } from "./sanitize.ts";

/** What stopped a command, and the next step where there is one, each on a line of its own. */
export function formatError({ message, hint }: InquestError): string {
  return `${sanitize(message)}\n${hint === null ? "" : `hint: ${sanitize(hint)}\n`}`;
}

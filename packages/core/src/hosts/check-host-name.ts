import { isAddress } from "./is-address.ts";
import { hostListError, quoted } from "./host-list-error.ts";

const hostName = /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?$/u;
/** RFC 1035, 2.3.4, as text. */
const longestName = 253;

/**
 * Refuses what is neither a DNS name nor an address. The name becomes a word of a command line and a key of the
 * store: no shell metacharacter and no leading dash may ever pass.
 */
export function checkHostName(name: string, place: string): void {
  if (name.length <= longestName && hostName.test(name)) return;
  if (isAddress(name)) return;
  if (name.length > longestName) {
    const problem = `host ${quoted(name)} is longer than ${longestName} characters`;
    throw hostListError(place, problem, "separate hosts by spaces, commas or lines");
  }
  throw hostListError(place, `host ${quoted(name)} is not a host name`, hintFor(name));
}

function hintFor(name: string): string {
  const braces = /\{(\d+)\.\.(\d+)\}/u.exec(name);
  if (braces !== null) return `quote it for the shell or use [${braces[1]}-${braces[2]}]`;
  if (name.startsWith("-")) return "a name does not start with a dash";
  if (name.startsWith("^")) return "read a list with -f FILE";
  if (name === "") return "write user@host:port, with a host";
  return "names are made of letters, digits, dots, dashes and underscores";
}

import { isAddress } from "./is-address.ts";
import { hostListError, quoted } from "./host-list-error.ts";
import type { HostWord } from "./host-word.ts";

/** Login names, with the `DOMAIN\name` and `name@domain` of directory services. */
const login = /^[A-Za-z_][A-Za-z0-9_.-]*(?:[\\@][A-Za-z0-9_.-]+)?\$?$/u;

/** Whether a text can be a login name. No leading dash, no character that a shell takes for its own but `$` at the end. */
export function isLogin(text: string): boolean {
  return login.test(text);
}

/** A port number out of a list, named in `word`. */
export function parsePort(text: string, word: string, place: string): number {
  const port = /^\d{1,5}$/u.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) {
    const problem = `port ${quoted(text)} of host ${quoted(word)} is not between 1 and 65535`;
    throw hostListError(place, problem, "write web1:2222, or leave the port to ssh_config");
  }
  return port;
}

/** `[fe80::1]:22`, `fe80::1` (no port there: it would be read as part of the address), `web[1-3]:22`. */
function splitPort(text: string, word: string, place: string): { name: string; port: number | null } {
  if (/^\[[^\]]*:/u.test(text)) {
    const found = /^\[([^\]]*)\](?::(.*))?$/u.exec(text);
    if (found === null) {
      const problem = text.includes("]") ? "is followed by something else" : "has no closing bracket";
      throw hostListError(place, `address ${quoted(word)} ${problem}`, "write [fe80::1]:22");
    }
    const [, name = "", port] = found;
    return {
      name: parseAddress(name, word, place),
      port: port === undefined ? null : parsePort(port, word, place),
    };
  }
  const colon = text.indexOf(":");
  if (colon === -1) return { name: text, port: null };
  if (colon !== text.lastIndexOf(":")) return { name: parseAddress(text, word, place), port: null };
  return { name: text.slice(0, colon), port: parsePort(text.slice(colon + 1), word, place) };
}

function parseAddress(address: string, word: string, place: string): string {
  if (isAddress(address)) return address;
  throw hostListError(
    place,
    `address ${quoted(word)} is not an IPv6 address`,
    "write [fe80::1]:22 or web1:22",
  );
}

/** `[user@]name[:port]`; the user ends at the last @. */
export function parseHostWord(word: string, place: string): HostWord {
  if (word.startsWith("-")) {
    const hint = "a list holds names; options belong in ssh_config or on the command line";
    throw hostListError(place, `host ${quoted(word)} starts with a dash`, hint);
  }
  const at = word.lastIndexOf("@");
  const user = at === -1 ? null : word.slice(0, at);
  if (user !== null && !isLogin(user)) {
    throw hostListError(
      place,
      `user ${quoted(user)} of host ${quoted(word)} is not a login name`,
      "write user@host",
    );
  }
  return { word, user, ...splitPort(word.slice(at + 1), word, place) };
}

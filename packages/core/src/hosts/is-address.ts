import { isIPv6 } from "node:net";

/** An IPv6 literal, a zone at its end or not. Node alone takes anything for a zone: `fe80::1%;id`. */
export function isAddress(text: string): boolean {
  return /^[0-9A-Fa-f:.]+(?:%[A-Za-z0-9_.-]+)?$/u.test(text) && isIPv6(text);
}

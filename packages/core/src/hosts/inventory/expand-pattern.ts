import { isAddress } from "../is-address.ts";
import { checkHostName } from "../check-host-name.ts";
import { expandRanges, mostFromRanges } from "../expand-ranges.ts";
import { hostListError, quoted } from "../host-list-error.ts";
import { parsePort } from "../parse-host-word.ts";

/** The hosts that a pattern of an inventory stands for. */
export interface PatternHosts {
  readonly names: readonly string[];
  readonly port: number | null;
}

/** Reads one pattern, written at `place`; the ranges of one inventory share an allowance. */
export type ExpandPattern = (pattern: string, place: string) => PatternHosts;

const letters = /^(?:([a-z]):([a-z])|([A-Z]):([A-Z]))$/u;
const writeRange = "write web[01:20], web[0:10:5] or db-[a:f]";

/**
 * Ansible's host patterns (inventory/manager, detect_range and expand_hostname_range): `web[01:20]`, `[0:10:5]`,
 * `db-[a:f]`, `bare:2201`, `[fe80::1]:22`; the first range turns slowest. `web[01-20]` is taken too.
 */
export function patternReader(): ExpandPattern {
  let room = mostFromRanges;
  return (pattern, place) => {
    if (pattern.startsWith("-")) {
      const hint = "an inventory holds names; options belong in ssh_config or on the command line";
      throw hostListError(place, `host ${quoted(pattern)} starts with a dash`, hint);
    }
    const { name, port } = splitPort(pattern, place);
    const names = isAddress(name) ? [name] : expand(name, pattern, place, room);
    if (names.length > 1) room -= names.length;
    for (const found of names) checkHostName(found, place);
    return { names, port };
  };
}

function splitPort(pattern: string, place: string): { name: string; port: number | null } {
  if (isAddress(pattern)) return { name: pattern, port: null };
  const address = /^\[([^\]]*)\](?::(.*))?$/su.exec(pattern);
  if (address?.[1] !== undefined && isAddress(address[1]))
    return {
      name: address[1],
      port: address[2] === undefined ? null : parsePort(address[2], pattern, place),
    };
  const colon = pattern.lastIndexOf(":");
  if (colon === -1 || pattern.includes("]", colon)) return { name: pattern, port: null };
  return { name: pattern.slice(0, colon), port: parsePort(pattern.slice(colon + 1), pattern, place) };
}

function expand(name: string, pattern: string, place: string, room: number): readonly string[] {
  const pieces = name.split(/(\[[^[\]]*\])/u).map((piece) => {
    if (!piece.startsWith("[")) return checkLiteral(piece, pattern, place);
    return piece.includes(":")
      ? expandRange(piece.slice(1, -1), pattern, place, room)
      : expandRanges(piece, place, room);
  });
  if (pieces.length > 1 && pieces.reduce((product, piece) => product * piece.length, 1) > room)
    throw tooMany(pattern, place);
  return pieces.reduce<readonly string[]>(
    (names, piece) => names.flatMap((before) => piece.map((part) => before + part)),
    [""],
  );
}

function checkLiteral(text: string, pattern: string, place: string): readonly string[] {
  if (!/[[\]]/u.test(text)) return [text];
  throw hostListError(place, `range ${quoted(pattern)} has a bracket without another`, writeRange);
}

/** `01:20`, `0:10:5`, `:9`, `a:f`: the inside of one pair of brackets. */
function expandRange(inside: string, pattern: string, place: string, room: number): readonly string[] {
  if (letters.test(inside)) {
    const [low, high] = [inside.charCodeAt(0), inside.charCodeAt(2)];
    if (high < low)
      throw hostListError(place, `range ${quoted(pattern)} runs backwards`, "write the first letter first");
    return Array.from({ length: high - low + 1 }, (_, index) => String.fromCharCode(low + index));
  }
  const [, from = "", to = "", step = "1"] = /^(\d{0,15}):(\d{1,15})(?::(\d{1,15}))?$/u.exec(inside) ?? [];
  if (to === "" || Number(step) === 0)
    throw hostListError(place, `range ${quoted(pattern)} is not of numbers or letters`, writeRange);
  const first = from === "" ? "0" : from;
  const width = first.length > 1 && first.startsWith("0") ? first.length : 0;
  if (width > 0 && width !== to.length) {
    const hint = `give both ends the same width: [${first}:${to.padStart(width, "0")}]`;
    throw hostListError(place, `range ${quoted(pattern)} has ends of different widths`, hint);
  }
  if (Number(to) < Number(first))
    throw hostListError(place, `range ${quoted(pattern)} runs backwards`, "write the smaller number first");
  const length = Math.floor((Number(to) - Number(first)) / Number(step)) + 1;
  if (length > room) throw tooMany(pattern, place);
  return Array.from({ length }, (_, index) =>
    String(Number(first) + index * Number(step)).padStart(width, "0"),
  );
}

function tooMany(pattern: string, place: string): Error {
  const problem = `range ${quoted(pattern)} makes more than ${mostFromRanges} hosts`;
  return hostListError(place, problem, "name fewer hosts at a time");
}

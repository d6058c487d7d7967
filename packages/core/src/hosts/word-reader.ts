import { isIP } from "node:net";
import { bareTarget, type HostTarget } from "../model/host.ts";
import { checkHostName } from "./check-host-name.ts";
import { expandRanges, mostFromRanges } from "./expand-ranges.ts";
import { isAddress } from "./is-address.ts";
import { parseHostWord } from "./parse-host-word.ts";

/** Reads one word of a list, named at `place`: `admin@web[01-03]:2222` are three hosts. */
export type ReadWord = (word: string, place: string) => readonly HostTarget[];

/**
 * A reader for the words of one list, whose ranges share one allowance. The `host` of what it reads is the bare
 * name: only the whole selection knows what must be told apart.
 */
export function wordReader(): ReadWord {
  let room = mostFromRanges;
  return (word, place) => {
    const { user, name, port } = parseHostWord(word, place);
    const names = isAddress(name) || name === "" ? [name] : expandRanges(name, place, room);
    if (names.length > 1) room -= names.length;
    return names.map((expanded) => {
      checkHostName(expanded, place);
      return toTarget(expanded, place, { user, port });
    });
  };
}

function toTarget(name: string, place: string, login: Pick<HostTarget, "user" | "port">): HostTarget {
  return { ...bareTarget(name, place), ...login, address: isIP(name) === 0 ? null : name };
}

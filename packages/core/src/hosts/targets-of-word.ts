import { isAddress } from "./is-address.ts";
import type { HostTarget } from "../model/host.ts";
import { checkHostName } from "./check-host-name.ts";
import { expandRanges } from "./expand-ranges.ts";
import { parseHostWord } from "./parse-host-word.ts";

/**
 * The hosts that one word of a list stands for: `admin@web[01-03]:2222` are three. `room` is how many hosts
 * ranges may still make. Their `host` is their name: only the whole selection knows what must be told apart.
 */
export function targetsOfWord(word: string, place: string, room: number): HostTarget[] {
  const { user, name, port } = parseHostWord(word, place);
  const names = isAddress(name) || name === "" ? [name] : expandRanges(name, place, room);
  return names.map((expanded) => {
    checkHostName(expanded, place);
    return { host: expanded, name: expanded, user, port, groups: [], origin: place };
  });
}

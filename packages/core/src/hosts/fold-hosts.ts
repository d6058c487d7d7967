import { foldNumbers } from "./fold-numbers.ts";

/** A name, or a range of names folded so far. */
interface Word {
  readonly text: string;
  /** How many hosts it stands for. */
  readonly hosts: number;
}

/** One number of a word, and the word around it: `web[\0].cm3`. */
interface Place {
  readonly around: string;
  readonly digits: string;
}

/** What expandNodes would read back; an IPv6 address is not. */
const foldable = /^[A-Za-z0-9_@.[\],-]+(?::\d+)?$/u;
/** Digits that may become a range, and what holds digits that may not: users, ranges, ports, more than a double can. */
const numbers = /^.*@|\[[^\]]*\]|:\d+$|\d{16,}|(\d+)/gu;

function placesOf(text: string): Place[] {
  if (!foldable.test(text)) return [];
  const places: Place[] = [];
  for (const { 1: digits, index } of text.matchAll(numbers)) {
    if (digits === undefined) continue;
    places.push({ around: `${text.slice(0, index)}[\0]${text.slice(index + digits.length)}`, digits });
  }
  return places;
}

/** Folds every word over one of its numbers: the one that most others share the rest with, the last of those. */
function foldOnce(words: readonly Word[]): Word[] {
  const places = words.map((word) => placesOf(word.text));
  const sharing = new Map<string, number>();
  for (const { around } of places.flat()) sharing.set(around, (sharing.get(around) ?? 0) + 1);
  const folded: Word[] = [];
  const groups = new Map<string, { word: Word; digits: string }[]>();
  for (const [index, word] of words.entries()) {
    let best: Place | null = null;
    let most = 1;
    for (const place of places[index] ?? []) {
      const shared = sharing.get(place.around) ?? 0;
      if (shared > 1 && shared >= most) [best, most] = [place, shared];
    }
    const group = groups.get(best?.around ?? "");
    if (best === null) folded.push(word);
    else if (group === undefined) groups.set(best.around, [{ word, digits: best.digits }]);
    else group.push({ word, digits: best.digits });
  }
  for (const [around, members] of groups) {
    const [first] = members;
    if (first === undefined) continue;
    const inside = foldNumbers(members.map(({ digits }) => digits));
    const text = members.length === 1 ? first.word.text : around.replace("\0", () => inside);
    folded.push({ text, hosts: members.length * first.word.hosts });
  }
  return folded;
}

/**
 * Host names folded for people, as `nodeset -f` does: `web[01-03],db1`; the largest range first, then by name.
 * expandNodes reads it back to the same set, unless there are more than it allows.
 */
export function foldHosts(names: Iterable<string>): string {
  let words: readonly Word[] = [...new Set(names)].map((text) => ({ text, hosts: 1 }));
  for (let before = Infinity; words.length < before;) {
    before = words.length;
    words = foldOnce(words);
  }
  return words
    .toSorted((a, b) => b.hosts - a.hosts || (a.text < b.text ? -1 : 1))
    .map((word) => word.text)
    .join(",");
}

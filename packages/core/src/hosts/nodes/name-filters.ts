import { hostListError, quoted } from "../host-list-error.ts";

/** A filter over all names that are selected. */
export interface NameFilter {
  /** Whether what matches stays, or goes. */
  readonly keeps: boolean;
  readonly matches: (name: string) => boolean;
}

/** pdsh's `/re/` and `-/re/`, up to a comma or a blank; the last slash may be missing. */
const filterWord = /(?<![^\s,])([-!]?)\/([^\s,]*?)\/?(?=[\s,]|$)/gu;
/** POSIX classes (regex(7)), which pdsh's expressions may have and ours have not. */
const classes: ReadonlyMap<string, string> = new Map([
  ["alnum", "A-Za-z0-9"],
  ["alpha", "A-Za-z"],
  ["digit", "0-9"],
  ["lower", "a-z"],
  ["upper", "A-Z"],
  ["xdigit", "A-Fa-f0-9"],
]);

/**
 * The filters of an expression, and what is left of it (pdsh(1), -w): `/re/` keeps the hosts whose name matches, `-/re/`
 * takes them away, wherever they were named. The expressions are extended ones (regcomp(3), REG_EXTENDED).
 */
export function takeFilters(
  expression: string,
  place: string,
): { readonly rest: string; readonly filters: readonly NameFilter[] } {
  const filters: NameFilter[] = [];
  const rest = expression.replaceAll(filterWord, (_word, sign: string, pattern: string) => {
    const regex = toRegex(pattern, place);
    filters.push({ keeps: sign === "", matches: (name) => regex.test(name) });
    return "";
  });
  return { rest, filters };
}

function toRegex(pattern: string, place: string): RegExp {
  const text = pattern.replaceAll(/\[:(\w+):\]/gu, (all, name: string) => classes.get(name) ?? all);
  try {
    if (text === "") throw new SyntaxError("it is empty");
    return new RegExp(text, "u");
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^.*: /su, "") : String(error);
    throw hostListError(
      place,
      `regular expression ${quoted(`/${pattern}/`)} is not understood (${why})`,
      "write /web[0-9]+/; it ends at a comma or a blank",
    );
  }
}

import { UsageError } from "../errors.ts";

const longestShown = 80;

/** A value of a host list between quotes, on one line and harmless to a terminal, shortened where it is long. */
export function quoted(value: string): string {
  const shown = value.length > longestShown ? `${value.slice(0, longestShown)}…` : value;
  const visible = shown.replaceAll(
    /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
  return `"${visible}"`;
}

/** What is wrong with a host list: `<place>: <thing> "<value>" <problem>`. */
export function hostListError(place: string, problem: string, hint: string): UsageError {
  return new UsageError("host-list-syntax", `${place}: ${problem}`, { hint });
}

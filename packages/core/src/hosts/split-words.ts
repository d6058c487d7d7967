import { checkRangeBlanks } from "./check-range-blanks.ts";

/** Words between blanks and commas; a comma between brackets belongs to a range: `web[1,3] db1,db2` has three. Throws UsageError. */
export function splitWords(text: string, place: string): string[] {
  checkRangeBlanks(text, place);
  return text.match(/(?:\[[^\]\s]*\]?|[^\s,[])+/gu) ?? [];
}

/** Words between blanks and commas; a comma between brackets belongs to a range: `web[1,3] db1,db2` has three. */
export function splitWords(text: string): string[] {
  return text.match(/(?:\[[^\]\s]*\]?|[^\s,[])+/gu) ?? [];
}

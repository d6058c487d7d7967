/** The words of a command line as a shell would split it; what follows a comment, a pipe, a list or a redirection is left out. */
export function wordsOf(line: string): readonly string[] {
  const words: string[] = [];
  for (const [, double, single, bare] of line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)) {
    if (bare !== undefined && /^(?:#|\||&&|;|>)/.test(bare)) break;
    words.push(double ?? single ?? bare ?? "");
  }
  return words;
}

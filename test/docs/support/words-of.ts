/** The words of a command line as a shell would split it; what follows a comment, a pipe, a list or a redirection is left out. */
export function wordsOf(line: string): readonly string[] {
  const plain = line.replace(/ +#.*$/, "").replace(/ *(?:\||&&|;|>).*$/, "");
  return [...plain.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? "",
  );
}

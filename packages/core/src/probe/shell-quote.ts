/**
 * One word for the command line of any login shell a host may have: POSIX sh, csh, fish. They agree on single
 * quotes but for three characters, which stand outside of them: ' in double quotes, \ and ! behind a backslash
 * (csh expands ! even between single quotes, fish reads \\ and \' there).
 */
export function shellQuote(word: string): string {
  // eslint-disable-next-line no-control-regex -- csh cannot quote a newline; no path of ours has the others
  if (/[\u0000-\u001f\u007f]/u.test(word)) {
    throw new Error(`a control character cannot be quoted for every shell: ${JSON.stringify(word)}`);
  }
  if (/^[A-Za-z0-9_./:,@%+-]+$/u.test(word)) return word;
  const parts = word.split(/(['\\!])/u).map((part) => {
    if (part === "") return "";
    if (part === "'") return `"'"`;
    if (part === "\\" || part === "!") return `\\${part}`;
    return `'${part}'`;
  });
  return word === "" ? "''" : parts.join("");
}

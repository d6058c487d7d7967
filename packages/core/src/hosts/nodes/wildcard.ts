/** Whether a word of an expression is ClusterShell's wildcard: `web*.cm3`, `db?`. */
export function isWildcard(word: string): boolean {
  return /[*?]/u.test(word);
}

/** Tells whether a name matches a wildcard, `*` for any text and `?` for one character; blind to case. Linear. */
export function wildcard(pattern: string): (name: string) => boolean {
  const wanted = pattern.toLowerCase();
  return (given) => {
    const name = given.toLowerCase();
    let [at, in_pattern, star, retry] = [0, 0, -1, 0];
    while (at < name.length) {
      const next = wanted[in_pattern];
      if (next === "*") {
        star = in_pattern++;
        retry = at;
      } else if (next === "?" || next === name[at]) {
        in_pattern++;
        at++;
      } else if (star !== -1) {
        in_pattern = star + 1;
        at = ++retry;
      } else return false;
    }
    return /^\**$/u.test(wanted.slice(in_pattern));
  };
}

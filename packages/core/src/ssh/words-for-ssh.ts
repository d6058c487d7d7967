import type { ResolvedTarget } from "./resolved-target.ts";

/**
 * What a person types behind `ssh` or `ssh-copy-id` to come to the same host by the same way: the -F of the run, jump
 * hosts (as -o, which both commands take), port, login. `-F fleet.cfg -p 2222 ops@web1`
 */
export function wordsForSsh({ configFile, proxyJump, port, user, name }: ResolvedTarget): string {
  const config = configFile === null ? "" : `-F ${quoteForSh(configFile)} `;
  const jump = proxyJump === null ? "" : `-o ProxyJump=${quoteForSh(proxyJump)} `;
  return `${config}${jump}-p ${port} ${user}@${name}`;
}

/** One word for the reader's own POSIX shell, in quotes only where it needs them. */
export function quoteForSh(word: string): string {
  return /^[\w./:,@%+~][\w./:,@%+-]*$/u.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

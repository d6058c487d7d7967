/** Characters that ssh refuses too (ssh.c, valid_hostname and valid_ruser): they have a meaning to some shell. */
const unsafe = /^-|[\s'`"$\\;&<>|(){}\p{Cc}]/u;

/** Whether a host or user name must not become a word of a command line. */
export function isUnsafeWord(word: string): boolean {
  return word === "" || unsafe.test(word);
}

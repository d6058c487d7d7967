/** A kernel release as `uname -r` or /proc/sys/kernel/osrelease gives it, one printable word; else null. */
export function parseKernelRelease(text: string | undefined): string | null {
  const release = text?.trim() ?? "";
  return /^[\x21-\x7e]{1,128}$/u.test(release) ? release : null;
}

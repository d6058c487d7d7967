// ESC [ 1 ; 31 m, ESC ( B, ESC =, SO, SI: what a program draws with on a terminal (ECMA-48, 5.4; ECMA-35; DEC VT220)
// oxlint-disable-next-line no-control-regex
const escapes = /\u001B(?:\[[\d;?]{0,32}[A-Za-z]|[()][A-Z0-9]|[=>])|[\u000E\u000F]/g;

/** A text without the escape sequences by which it was drawn on a terminal. */
export function withoutEscapes(text: string): string {
  return text.replace(escapes, "");
}

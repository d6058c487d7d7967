/** `#012`: a control character as rsyslog writes it ($EscapeControlCharactersOnReceive, parser.c); 011 is a TAB. */
const octal = /#(0[0-3][0-7]|177)(?!\d)/g;

/** Undoes rsyslog's escapes; `#012` becomes the line break that it was. */
export function undoOctalEscapes(text: string): string {
  if (!text.includes("#0")) return text;
  return text.replaceAll(octal, (_whole, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

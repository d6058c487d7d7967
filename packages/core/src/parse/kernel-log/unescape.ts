/**
 * Undoes the \xNN escapes of /dev/kmsg (msg_print_ext_body, kernel/printk/printk.c) and of util-linux dmesg.
 * They stand for bytes: several may make one UTF-8 character; what is not UTF-8 becomes U+FFFD.
 */
export function unescapeText(text: string): string {
  if (!text.includes("\\x")) return text;
  return text.replaceAll(/(?:\\x[0-9a-fA-F]{2})+/g, (run) =>
    Buffer.from(run.replaceAll("\\x", ""), "hex").toString("utf8"),
  );
}

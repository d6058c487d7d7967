import type { ParsedArgs } from "../command.ts";
import type { Io } from "../io.ts";
import { flagOf } from "../options/option-values.ts";

/** The password of -A, asked for once; null without. pgm's users type -A -b: then nobody is asked, keys and agent go on. */
export async function askPassword(args: ParsedArgs, io: Io): Promise<string | null> {
  if (!flagOf(args, "ask-password")) return null;
  if (flagOf(args, "batch")) {
    await io.narrate("-b wins over -A: no password is asked for; keys and agent are used");
    return null;
  }
  const password = await io.promptSecret("Password for the hosts: ");
  if (password === null) await io.warn("no terminal to ask for a password on; keys and agent are used");
  return password;
}

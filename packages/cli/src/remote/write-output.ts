import type { TextSink } from "../io.ts";
import { toTerminalText } from "../render/terminal-text.ts";

/** Writes what a host said: to a terminal as harmless text, to anything else byte for byte. */
export async function writeOutput(sink: TextSink, bytes: Buffer): Promise<void> {
  if (bytes.length > 0) await (sink.isTty ? sink.write(toTerminalText(bytes)) : sink.writeBytes(bytes));
}

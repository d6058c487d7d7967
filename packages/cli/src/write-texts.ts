/** Texts are gathered to about this many characters: one write a row would be slow. */
const chunkChars = 65_536;

/** Writes texts in their order, a good many at once, as fast as the reader takes them. */
export async function writeTexts(
  write: (text: string) => Promise<void>,
  texts: AsyncIterable<string>,
): Promise<void> {
  let chunk: string[] = [];
  let size = 0;
  for await (const text of texts) {
    chunk.push(text);
    size += text.length;
    if (size < chunkChars) continue;
    await write(chunk.join(""));
    chunk = [];
    size = 0;
  }
  if (size > 0) await write(chunk.join(""));
}

import { InquestError, UsageError } from "../errors.ts";
import type { HostListFormat, ListText } from "./formats/host-list-format.ts";
import { quoted } from "./host-list-error.ts";
import { lineSkipper, strictly } from "./skip-bad-lines.ts";
import { hostListFormats } from "./host-list-formats.ts";

/**
 * The grammar of a list, by its content. A list that another grammar reads too, as other hosts, is refused: nobody
 * can see from the outcome that the wrong ones were visited.
 */
export function detectFormat(list: ListText): HostListFormat {
  for (const format of hostListFormats) {
    const line = format.detect(list);
    if (line === null) continue;
    const rivals = format.rivals(list);
    if (rivals.length === 0) return format;
    const good = withoutBadLines(format, list);
    const hosts = namesIn(format, good);
    for (const rival of hostListFormats.filter(({ name }) => rivals.includes(name))) {
      const others = namesIn(rival, good);
      if (hosts === null || others === null || hosts === others) continue;
      const shown = quoted((list.lines[line - 1] ?? "").trim());
      throw new UsageError(
        "host-list-ambiguous",
        `${list.place}:${line}: line ${shown} may be ${format.name} or ${rival.name}, and they name different hosts`,
        { hint: `say which with --hosts-format ${format.name} or --hosts-format ${rival.name}` },
      );
    }
    return format;
  }
  throw new Error("the last format takes everything");
}

/** The list without the lines that the run skips in this grammar: what is left is read strictly in both. */
function withoutBadLines(format: HostListFormat, list: ListText): ListText {
  if (list.attempt === strictly) return list;
  const { attempt, skipped } = lineSkipper();
  try {
    format.parse({ ...list, attempt });
  } catch (error) {
    if (!(error instanceof InquestError)) throw error;
  }
  const lines = list.lines.map((line, index) => (skipped.has(`${list.place}:${index + 1}`) ? "" : line));
  return { ...list, lines, text: lines.join("\n"), attempt: strictly };
}

/** Who is named under a grammar, as one text; null where it cannot be read so. */
function namesIn(format: HostListFormat, list: ListText): string | null {
  try {
    const { mentions } = format.parse(list);
    return mentions.map(({ user, host, port }) => `${user ?? ""}@${host}:${port ?? ""}`).join(" ");
  } catch (error) {
    if (error instanceof InquestError) return null;
    throw error;
  }
}

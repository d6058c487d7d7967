import { UsageError } from "../errors.ts";
import { expandNodes } from "../hosts/expand-nodes.ts";
import type { Capture } from "../parse/capture/capture.ts";
import type { ImportStep, ImportWishes } from "./import-step.ts";
import { hostOfFileName } from "./host-of-file-name.ts";
import { lineSplitter } from "./line-splitter.ts";
import { openSavedFile } from "./open-saved-file.ts";
import { recognise } from "./recognise.ts";
import type { SampledFile } from "./sample-files.ts";
import { savedStream } from "./saved-stream.ts";
import type { SavedStream } from "./saved-stream.ts";

/** So many lines of a host tell what its share of a capture is. */
const decidingLines = 200;

/** One host's lines of a capture, before and after it is known what they are. */
interface Share {
  lines: string[];
  stream: SavedStream | null;
}

/** Reads a file that holds the lines of many hosts (pdsh, clush, ansible, pgm …): each host's are read as a file of its own. */
export async function* importCapture(
  { file, content, lines: sample, host: otherwise }: SampledFile,
  capture: Capture,
  wishes: ImportWishes,
): AsyncGenerator<ImportStep, void, undefined> {
  const shares = new Map<string | null, Share>();
  const open = (host: string | null, share: Share): SavedStream => {
    share.stream ??= savedStream(
      {
        name: file.name,
        host,
        modifiedMs: file.modifiedMs,
        recognised: recognise(share.lines, wishes.format, wishes.alertPattern),
        sample,
        carried: null,
        next: null,
        yearTurns: null,
      },
      wishes,
    );
    return share.stream;
  };
  const flush = (host: string | null, share: Share): readonly ImportStep[] => {
    const stream = open(host, share);
    const bytes = Buffer.from(share.lines.map((line) => `${line}\n`).join(""));
    share.lines = [];
    return stream.push(bytes);
  };
  const split = capture.split();
  const take = (line: string): readonly ImportStep[] => {
    const found = split(line);
    if (found === null) return [];
    return hostsOf(found.host ?? hostOfPart(found.file) ?? otherwise).flatMap((host) => {
      const share = shares.get(host) ?? { lines: [], stream: null };
      shares.set(host, share);
      share.lines.push(...found.line.split("\n"));
      return share.lines.length >= decidingLines ? flush(host, share) : [];
    });
  };
  const { chunks, cut } = content ?? openSavedFile(file.path);
  const lines = lineSplitter();
  for await (const bytes of chunks) for (const line of lines.push(bytes)) yield* take(line);
  for (const line of lines.end()) yield* take(line);
  const why = cut();
  for (const [host, share] of shares) {
    yield* flush(host, share);
    for (const step of open(host, share).end().steps) {
      yield why === null || step.kind !== "file" ? step : { ...step, gaps: [...step.gaps, why] };
    }
  }
}

/** A block of clush -b or dshbak stands for each of its hosts; a word that is none of ours is a name as it is. */
function hostsOf(word: string | null): readonly (string | null)[] {
  if (word === null || !/[[,]/.test(word)) return [word];
  try {
    return expandNodes(word, "capture").targets.map(({ host }) => host);
  } catch (error) {
    if (error instanceof UsageError) return [word];
    throw error;
  }
}

function hostOfPart(path: string | null): string | null {
  return path === null ? null : hostOfFileName(path);
}

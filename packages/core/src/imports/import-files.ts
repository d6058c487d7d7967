import type { YearTurn } from "../clock/written-time.ts";
import type { KernelRecord } from "../model/kernel-record.ts";
import { countYears } from "./count-years.ts";
import { importCapture } from "./import-capture.ts";
import type { ImportStep, ImportWishes } from "./import-step.ts";
import type { SavedFile } from "./list-saved-files.ts";
import { openSavedFile } from "./open-saved-file.ts";
import { sampleFiles } from "./sample-files.ts";
import type { SampledFile } from "./sample-files.ts";
import { savedStream } from "./saved-stream.ts";

/**
 * Reads saved files in the order of their times; those of one host are one stream: a report cut at a file's end is
 * completed by the next file. Throws UsageError where no host is to be found, before anything has been read.
 */
export async function* importFiles(
  files: readonly SavedFile[],
  wishes: ImportWishes,
): AsyncGenerator<ImportStep, void, undefined> {
  const { sampled, skipped } = await sampleFiles(files, wishes);
  yield* skipped;
  let openEnd: Uint8Array | null = null;
  for (const [at, one] of sampled.entries()) {
    const next = sampled[at + 1];
    if (one.capture === null) {
      const follows = next !== undefined && continues(one, next) ? next.firstRecord : null;
      openEnd = yield* importFile(one, wishes, openEnd, follows);
    } else {
      yield* importCapture(one, one.capture, wishes);
    }
  }
}

/** Whether a file goes on where another of the same host ended. */
function continues(before: SampledFile, after: SampledFile): boolean {
  const isSameKind = JSON.stringify(before.recognised) === JSON.stringify(after.recognised);
  return after.capture === null && after.host !== null && after.host === before.host && isSameKind;
}

/** A file whose dates have no year, and that can be read twice, has its New Years counted beforehand. */
async function yearTurnsOf(
  { file, content, firstRecord }: SampledFile,
  { capturedMs, nowMs }: ImportWishes,
): Promise<readonly YearTurn[] | null> {
  if (content !== null || firstRecord?.written?.hasYear !== false) return null;
  return countYears(openSavedFile(file.path).chunks, Math.min(capturedMs ?? file.modifiedMs ?? nowMs, nowMs));
}

async function* importFile(
  sampled: SampledFile,
  wishes: ImportWishes,
  carried: Uint8Array | null,
  next: KernelRecord | null,
): AsyncGenerator<ImportStep, Uint8Array | null, undefined> {
  const { file, host, recognised, lines, content } = sampled;
  const yearTurns = await yearTurnsOf(sampled, wishes);
  const { chunks, cut } = content ?? openSavedFile(file.path);
  const stream = savedStream(
    {
      name: file.name,
      host,
      modifiedMs: file.modifiedMs,
      recognised,
      sample: lines,
      carried,
      next,
      yearTurns,
    },
    wishes,
  );
  let isOurs = recognised.kind !== "log" || !recognised.isGuess;
  for await (const bytes of chunks) {
    for (const step of stream.push(bytes)) {
      isOurs = true;
      yield step;
    }
  }
  const { steps, openEnd } = stream.end();
  if (!isOurs && openEnd === null && steps.every(({ kind }) => kind === "file")) {
    yield {
      kind: "skipped",
      name: file.name,
      reason: "no kernel log, ps, top, uptime or alert is recognised in it",
    };
    return null;
  }
  const why = cut();
  for (const step of steps)
    yield why === null || step.kind !== "file" ? step : { ...step, gaps: [...step.gaps, why] };
  return openEnd;
}

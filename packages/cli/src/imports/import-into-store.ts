import { importFiles, now } from "@inquest/core";
import type { ImportedFile, ImportWishes, SavedFile } from "@inquest/core";
import type { Store } from "@inquest/store";
import type { FileTally, Imported } from "../render/imported.ts";

/** Reads saved files into the store, each stretch committed as it is read: what was read stays whatever comes after. */
export async function importIntoStore(
  store: Store,
  files: readonly SavedFile[],
  wishes: ImportWishes,
): Promise<Imported> {
  const run = await store.startRun({ label: "import", startedMs: now(), selected: 0 });
  const counts = new Map<string, { newIncidents: number; knownIncidents: number }>();
  const countsOf = ({ file, host }: ImportedFile): { newIncidents: number; knownIncidents: number } => {
    const key = JSON.stringify([file, host]);
    const known = counts.get(key) ?? { newIncidents: 0, knownIncidents: 0 };
    counts.set(key, known);
    return known;
  };
  const tallies: FileTally[] = [];
  const skipped: { readonly name: string; readonly reason: string }[] = [];
  for await (const step of importFiles(files, wishes)) {
    if (step.kind === "skipped") skipped.push({ name: step.name, reason: step.reason });
    else if (step.kind === "batch") {
      const saved = await store.saveImport(run, step.batch);
      const tally = countsOf(step.batch.file);
      tally.newIncidents += saved.newIncidents;
      tally.knownIncidents += saved.knownIncidents;
    } else {
      tallies.push({ file: step.file, lines: step.lines, gaps: step.gaps, ...countsOf(step.file) });
    }
  }
  await store.finishRun(run, now());
  return { run, tallies, skipped };
}

import type { EpochMs } from "../model/units.ts";
import type { ImportedFile } from "../model/visit.ts";
import { builtInAlert, parseAlert } from "../parse/alert.ts";
import type { SavedKind } from "../parse/saved-kind.ts";
import type { ImportStep } from "./import-step.ts";
import { lineSplitter } from "./line-splitter.ts";
import { counted } from "./loss-words.ts";
import { outputReader } from "./output-reader.ts";

/** What is known of a saved output before it is read. */
export interface OutputOrigin {
  readonly file: Omit<ImportedFile, "host">;
  /** Null for alerts, whose lines name their hosts. */
  readonly host: string | null;
  readonly kind: SavedKind;
  /** Nothing in it is later, collector clock. */
  readonly latestMs: EpochMs;
  readonly alertPattern: RegExp | null;
}

/** What a ps of ten thousand processes with all their arguments takes. */
const mostBytes = 16 * 1024 * 1024;

/** Collects a saved ps, top, uptime or list of alerts, which only tells something whole. */
export function outputStream({ file, host, kind, latestMs, alertPattern }: OutputOrigin): {
  push(bytes: Uint8Array): readonly ImportStep[];
  end(): { readonly steps: readonly ImportStep[]; readonly openEnd: null };
} {
  const pattern = alertPattern ?? builtInAlert;
  const lines = lineSplitter();
  const hosts = new Map<string, string[]>();
  let [size, dropped, unread] = [0, 0, 0];
  const take = (line: string): void => {
    const of = kind === "alerts" ? (parseAlert(line, pattern)?.host ?? null) : host;
    if (of === null) {
      if (line.trim() !== "") unread += 1;
      return;
    }
    size += line.length;
    if (size > mostBytes) dropped += 1;
    else {
      const own = hosts.get(of) ?? [];
      own.push(line);
      hosts.set(of, own);
    }
  };
  return {
    push: (bytes) => {
      for (const line of lines.push(bytes)) take(line);
      return [];
    },
    end: () => {
      for (const line of lines.end()) take(line);
      const steps = [...hosts].flatMap(([name, own]): readonly ImportStep[] => {
        const saved: ImportedFile = { ...file, host: name };
        const bytes = Buffer.from(own.map((line) => `${line}\n`).join(""));
        const content = outputReader(saved, latestMs, pattern)(bytes);
        const { snapshot, sightings } = content;
        const undated = sightings.filter(({ incident }) => incident.time.atMs === null).length;
        const isUndated = snapshot !== null && snapshot.takenAtMs === null;
        const gaps = [
          ...(unread > 0 ? [`${counted(unread, "line")} in no form that is known`] : []),
          ...(dropped > 0 ? [`${counted(dropped, "line")} beyond 16 MiB not read`] : []),
          ...(undated > 0 ? [`${counted(undated, "alert")} without a date: name --captured-at`] : []),
          ...(isUndated ? ["when it was taken is not said: name --captured-at"] : []),
        ];
        return [
          { kind: "batch", batch: { ...content, part: 0, line: 0 } },
          { kind: "file", file: saved, lines: own.length, gaps },
        ];
      });
      return { steps, openEnd: null };
    },
  };
}

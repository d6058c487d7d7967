import type { EpochMs } from "../model/units.ts";
import type { ImportBatch, ImportedFile } from "../model/visit.ts";
import type { SavedFormatName } from "./recognise.ts";

/** What the command line says of the files to import. */
export interface ImportWishes {
  /** Host of files that name none. */
  readonly host: string | null;
  readonly format: SavedFormatName | null;
  /** When they were saved. */
  readonly capturedMs: EpochMs | null;
  /** When the machine whose stamps they hold had booted. */
  readonly bootAtMs: EpochMs | null;
  /** Zone of times written without one: IANA name or offset. */
  readonly zone: string;
  /** Form of alert lines, where it is not the one built in. */
  readonly alertPattern: RegExp | null;
  /** Collector clock: nothing in a file is later. */
  readonly nowMs: EpochMs;
  /** Bytes of stdin, for the file `-`. */
  readonly stdin: () => AsyncIterable<Uint8Array>;
}

/** One step of an import: something to store, the end of a file for one of its hosts, or a file that is none of ours. */
export type ImportStep =
  | { readonly kind: "batch"; readonly batch: ImportBatch }
  | {
      readonly kind: "file";
      readonly file: ImportedFile;
      /** Null where lines of several hosts are mixed and were not counted apart. */
      readonly lines: number | null;
      readonly gaps: readonly string[];
    }
  | { readonly kind: "skipped"; readonly name: string; readonly reason: string };

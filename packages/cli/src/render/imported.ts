import type { ImportedFile } from "@inquest/core";

/** What one file brought for one host. */
export interface FileTally {
  readonly file: ImportedFile;
  /** Lines of the file that are this host's; null where a file holds several hosts' and nobody counted them apart. */
  readonly lines: number | null;
  readonly newIncidents: number;
  readonly knownIncidents: number;
  /** What is missing or was not understood, in words. */
  readonly gaps: readonly string[];
}

/** What an import brought. */
export interface Imported {
  readonly run: number;
  readonly tallies: readonly FileTally[];
  /** Files in which nothing was recognised, and why. */
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}

import type { HostTarget } from "../../model/host.ts";
import type { Attempt } from "../skip-bad-lines.ts";

/** A file that a list includes. */
interface IncludedList {
  /** Its name, for messages and origins. */
  readonly place: string;
  readonly text: string;
}

/** Finds and reads a file that a list includes as `name`, at `place`; throws UsageError. Core opens no file. */
export type ReadIncluded = (name: string, place: string) => IncludedList;

/** A list as it came: no byte order mark, no NUL. */
export interface ListText {
  /** Its file name. */
  readonly place: string;
  readonly text: string;
  /** The same in lines, without their ends. */
  readonly lines: readonly string[];
  readonly include: ReadIncluded;
  /** Around the reading of each line or entry that no other depends on. */
  readonly attempt: Attempt;
}

/** A group that a list defines. */
export interface ListedGroup {
  /** As it stands in HostTarget.groups. */
  readonly label: string;
  /** ClusterShell's source of groups, where the list has any. */
  readonly source: string | null;
  readonly name: string;
}

/** What one grammar reads out of a list. */
export interface ListContent {
  /** Every mention of a host in order, duplicates included. */
  readonly mentions: readonly HostTarget[];
  /** Groups by name; empty ones too. */
  readonly groups: readonly ListedGroup[];
  /** What a reader of the list should know, one sentence each, its line before it. */
  readonly notes: readonly string[];
}

/** One grammar of host lists: a row of the table and a file beside it. */
export interface HostListFormat {
  readonly name: string;
  /** Number of the line that shows this grammar, from 1, or null where nothing does. */
  readonly detect: (list: ListText) => number | null;
  /** Grammars that such a list may also be written in, though it means other hosts there. */
  readonly rivals: (list: ListText) => readonly string[];
  /** Throws with file and line at the first thing that cannot be read. */
  readonly parse: (list: ListText) => ListContent;
}

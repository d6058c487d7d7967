/** What of a process a column tells. */
export type PsField = "pid" | "ppid" | "uid" | "user" | "rss" | "vsz" | "start" | "command";

/** One column of a table of ps or top. */
export interface PsColumn {
  readonly heading: string;
  /** Null: a column that is read past. */
  readonly field: PsField | null;
  /** Where its heading begins in the header line. */
  readonly from: number;
  readonly isLast: boolean;
  /** What its words look like; null: anything. */
  readonly shape: RegExp | null;
  /** Numbers are set to the right: a long one grows towards its neighbour. */
  readonly isNumber: boolean;
}

const absent = "[-?]";
const id = new RegExp(`^(?:\\d{1,20}|${absent})$`);
const size = new RegExp(`^(?:\\d{1,20}|\\d{1,20}(?:[.,]\\d{1,3})?[kmgtp]|${absent})$`, "i");
// %CPU of a Xen guest: 60702042; busybox: 0%
const share = new RegExp(`^(?:\\d{1,20}(?:[.,]\\d{1,3})?%?|${absent})$`);
// 0:22, 21114574:24, 1-02:03:04, 5:39.57, 3h12
const spent = new RegExp(`^(?:\\d[\\dhdm:.,-]{0,24}|${absent})$`);
// Ssl, SW<, R+; "S <" of busybox
const state = /^(?:[A-Za-z][A-Za-z+<>|]{0,7}|[A-Z] [<N]|[-?])$/;

const numbers: ReadonlySet<RegExp | null> = new Set([id, size, share]);

/** The columns that are understood, by their heading in procps, busybox, BSD and macOS; any other is read past as one word. */
const known: ReadonlyMap<string, readonly [field: PsField | null, shape: RegExp | null]> = new Map([
  ["PID", ["pid", id]],
  ["PPID", ["ppid", id]],
  ["UID", ["uid", null]],
  ["EUID", ["uid", null]],
  ["USER", ["user", null]],
  ["EUSER", ["user", null]],
  ["RSS", ["rss", size]],
  ["RSZ", ["rss", size]],
  ["RES", ["rss", size]],
  ["VSZ", ["vsz", size]],
  ["VIRT", ["vsz", size]],
  ["SHR", [null, size]],
  ["STARTED", ["start", null]],
  ["START", ["start", null]],
  ["STIME", ["start", null]],
  ["%CPU", [null, share]],
  ["%MEM", [null, share]],
  ["%VSZ", [null, share]],
  ["STAT", [null, state]],
  ["S", [null, state]],
  ["TIME", [null, spent]],
  ["TIME+", [null, spent]],
  ["LWP", [null, id]],
  ["NLWP", [null, id]],
  ["COMMAND", ["command", null]],
  ["CMD", ["command", null]],
] as const);

/** Longer lines are no header, more columns nobody asks for. */
const [longestHeader, mostColumns] = [2000, 64];

/** `PID`, `%CPU`, `TIME+`, and the few that have lower case: `nTH`, `vMj`. */
const heading = /^[%#A-Za-z][A-Z0-9%+_:/-]{0,15}$/;

/** Reads a header line of ps or top; null where the line is none. */
export function psColumnsOf(line: string): readonly PsColumn[] | null {
  if (line.length > longestHeader || !/\bPID\b/.test(line)) return null;
  const words = [...line.matchAll(/\S+/g)];
  const headings = words.map(([word]) => word);
  const isHeader =
    headings.length >= 2 &&
    headings.length <= mostColumns &&
    headings.includes("PID") &&
    headings.every((word) => heading.test(word)) &&
    headings.some((word) => word !== "PID" && known.has(word));
  if (!isHeader) return null;
  return words.map(({ 0: word, index }, at) => {
    const [field, shape] = known.get(word) ?? [null, null];
    return {
      heading: word,
      field,
      from: index,
      isLast: at === words.length - 1,
      shape,
      isNumber: numbers.has(shape),
    };
  });
}

import { deepestTree, type TreeNode } from "./tree-node.ts";

/** One line that says something. */
interface Row {
  readonly indent: number;
  readonly line: number;
  /** Null: an item of a list. */
  readonly key: string | null;
  /** Null: nothing on this line, it may stand below. */
  readonly value: TreeNode | null;
}

/** More lines than any list needs are the library's to judge. */
const mostLines = 1_000_000;

const word = String.raw`[A-Za-z0-9_/][\w./@:,=+[\]-]*`;
const inQuotes = String.raw`"[ !#-[\]-~]*"|'[ -&(-~]*'`;
const keyInBraces = String.raw`[A-Za-z_]\w{0,99}`;
const valueInBraces = String.raw`[A-Za-z0-9_/][\w./@=+-]*|${inQuotes}`;
const pair = `${keyInBraces}: +(?:${valueInBraces})`;

/** `  web[1:3]:`, `  web1: {ansible_port: 2222}`, `  - web1  # rack 7`. */
const row = new RegExp(
  String.raw`^( *)(?:(\w[\w.@:[\]/-]{0,199}?):|-)(?: +(${word}(?: ${word})*|${inQuotes}|~|\{ *(?:${pair}(?: *, *${pair})* *)?\}))?(?: +#[ -~]*| *)$`,
  "u",
);
const pairs = new RegExp(`(${keyInBraces}): +(${valueInBraces})`, "gu");

/**
 * The plain part of YAML that inventories and groups are written in, read in a tenth of the library's time: block
 * mappings and lists, and on one line a word, a text in quotes or a mapping of such. Gives exactly the library's tree.
 * Null: there is more in the text, or something is wrong with it, and the library is to read it.
 */
export function plainBlockTree(text: string): TreeNode | null {
  const rows = rowsOf(text);
  if (rows === null || rows.length === 0) return null;
  let at = 0;
  const block = (indent: number, depth: number): TreeNode | null => {
    const first = rows[at];
    if (first === undefined || depth > deepestTree / 2) return null;
    const { line } = first;
    if (first.key === null) {
      const items: TreeNode[] = [];
      for (let item = first; item.indent === indent && item.key === null; item = rows[at] ?? end) {
        if (item.value === null) return null;
        items.push(item.value);
        at++;
      }
      return { kind: "list", line, items };
    }
    const entries = new Map<string, { line: number; value: TreeNode }>();
    for (let entry = first; entry.indent === indent && entry.key !== null; entry = rows[at] ?? end) {
      if (entries.has(entry.key)) return null;
      at++;
      const below = rows[at] ?? end;
      const isBelow = below.indent > indent || (below.indent === indent && below.key === null);
      let value = entry.value;
      if (value === null)
        value = isBelow ? block(below.indent, depth + 1) : { kind: "text", line: entry.line, text: null };
      if (value === null) return null;
      entries.set(entry.key, { line: entry.line, value });
    }
    return { kind: "map", line, entries };
  };
  const tree = block(rows[0]?.indent ?? 0, 0);
  return at === rows.length ? tree : null;
}

/** Stands behind the last row. */
const end: Row = { indent: -1, line: 0, key: null, value: null };

function rowsOf(text: string): readonly Row[] | null {
  const lines = text.split(/\r?\n/u);
  if (lines.length > mostLines) return null;
  const rows: Row[] = [];
  let isOpen = false;
  for (const [index, content] of lines.entries()) {
    if (/^ *(?:#[ -~]*)?$/u.test(content)) continue;
    if (content === "---" && rows.length === 0 && !isOpen) {
      isOpen = true;
      continue;
    }
    const found = row.exec(content);
    if (found === null) return null;
    const [, blanks = "", key = null, value] = found;
    const line = index + 1;
    const node = value === undefined ? null : nodeOf(value, line);
    if ((key !== null && isNull(key)) || (value !== undefined && node === null)) return null;
    rows.push({ indent: blanks.length, line, key, value: node });
  }
  return rows;
}

function nodeOf(value: string, line: number): TreeNode | null {
  if (value.startsWith("{")) {
    const entries = new Map<string, { line: number; value: TreeNode }>();
    pairs.lastIndex = 1;
    for (let found = pairs.exec(value); found !== null; found = pairs.exec(value)) {
      const [, key = "", given = ""] = found;
      const node = nodeOf(given, line);
      if (entries.has(key) || isNull(key) || node === null) return null;
      entries.set(key, { line, value: node });
    }
    return { kind: "map", line, entries };
  }
  if (/^["']/u.test(value)) return { kind: "text", line, text: value.slice(1, -1) || null };
  // A colon at a word's end makes a key of it.
  if (/:(?: |$)/u.test(value)) return null;
  return { kind: "text", line, text: isNull(value) ? null : value };
}

function isNull(text: string): boolean {
  return /^(?:~|null)$/iu.test(text);
}

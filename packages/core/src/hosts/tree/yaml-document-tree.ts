import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type Document } from "yaml";
import { hostListError, quoted } from "../host-list-error.ts";
import { deepestTree, type MapNode, type TreeNode } from "./tree-node.ts";

/** Aliases repeat what they name: a text of a few lines could stand for more than any memory holds. */
const mostNodes = 5_000_000;

/**
 * Any YAML text as a tree with line numbers, by the library. Every scalar stays text: host `0123` is not the number 123, and `no` is a
 * name. `<<` merges mappings. Throws with file and line.
 */
export function yamlDocumentTree(text: string, place: string): TreeNode {
  const lines = new LineCounter();
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line);
  const wrong = (line: number, problem: string): Error =>
    hostListError(
      `${place}:${line}`,
      problem,
      "check the indentation, or force another grammar with --hosts-format",
    );
  const document = parse(text, lines, place);
  const [error] = document.errors;
  // The library catches its own stack overflow and reports it in the engine's words.
  if (/call stack/iu.test(error?.message ?? "")) throw wrong(1, "YAML is nested too deeply");
  if (error !== undefined) {
    throw wrong(
      lineAt(error.pos[0]),
      `YAML is not understood (${quoted(error.message.replace(/ at line .*/su, ""))})`,
    );
  }
  let nodes = 0;
  const toTree = (given: unknown, depth: number, near: number): TreeNode => {
    const node = isAlias(given) ? (given.resolve(document) ?? null) : given;
    const range = isNode(node) ? node.range : null;
    const line = range === undefined || range === null ? near : lineAt(range[0]);
    if (++nodes > mostNodes || depth > deepestTree) throw wrong(line, "YAML is nested too deeply");
    if (isSeq(node))
      return { kind: "list", line, items: node.items.map((item) => toTree(item, depth + 1, line)) };
    if (isMap(node)) {
      const entries = new Map<string, { line: number; value: TreeNode }>();
      const merged: MapNode[] = [];
      for (const { key, value } of node.items) {
        const name = toTree(key, depth + 1, line);
        if (name.kind !== "text") throw wrong(name.line, "a key is not a text");
        const tree = toTree(value, depth + 1, name.line);
        if (name.text === "<<") merged.push(...mapsOf(tree));
        else if (entries.has(name.text ?? ""))
          throw wrong(name.line, `key ${quoted(name.text ?? "")} is given twice`);
        else entries.set(name.text ?? "", { line: name.line, value: tree });
      }
      for (const { entries: defaults } of merged)
        for (const [key, entry] of defaults) if (!entries.has(key)) entries.set(key, entry);
      return { kind: "map", line, entries };
    }
    const scalar = isScalar(node) ? String(node.value) : "";
    const isNull =
      scalar === "" || (isScalar(node) && node.type === "PLAIN" && /^(?:~|null)$/iu.test(scalar));
    return { kind: "text", line, text: isNull ? null : scalar };
  };
  return toTree(document.contents, 0, 1);
}

function mapsOf(tree: TreeNode): readonly MapNode[] {
  if (tree.kind === "map") return [tree];
  return tree.kind === "list" ? tree.items.filter((item) => item.kind === "map") : [];
}

function parse(text: string, lineCounter: LineCounter, place: string): Document {
  try {
    // Keys are compared here: the library compares each with all before it, minutes for 100,000 hosts.
    return parseDocument(text, {
      schema: "failsafe",
      lineCounter,
      prettyErrors: false,
      uniqueKeys: false,
      logLevel: "error",
    });
  } catch (error) {
    if (error instanceof RangeError) throw hostListError(place, "YAML is nested too deeply", "flatten it");
    throw error;
  }
}

import { hostListError, quoted } from "../host-list-error.ts";
import { deepestTree, type TreeNode } from "./tree-node.ts";

const blanks = /[ \t\r\n]*/uy;
const bareWord = /[^\s,:[\]{}"]+/uy;
const bareValue = /^(?:null|true|false|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)$/u;

/** A JSON text as a tree with line numbers, which JSON.parse does not tell. Throws with file and line. */
export function jsonTree(text: string, place: string): TreeNode {
  let at = 0;
  let line = 1;
  const skip = (): string | undefined => {
    blanks.lastIndex = at;
    const found = blanks.exec(text)?.[0] ?? "";
    for (let end = found.indexOf("\n"); end !== -1; end = found.indexOf("\n", end + 1)) line++;
    at += found.length;
    return text[at];
  };
  const wrong = (problem = `JSON is not understood at ${quoted(text.slice(at, at + 20))}`): Error =>
    hostListError(`${place}:${line}`, at < text.length ? problem : "JSON ends too early", "check it with jq");
  const expect = (sign: string): void => {
    if (skip() !== sign) throw wrong();
    at++;
  };
  const string = (): string => {
    const start = at;
    for (at++; ; at++) {
      at = text.indexOf('"', at);
      if (at === -1) {
        at = text.length;
        throw wrong();
      }
      let slashes = 0;
      while (text[at - 1 - slashes] === "\\") slashes++;
      if (slashes % 2 === 0) break;
    }
    at++;
    try {
      return String(JSON.parse(text.slice(start, at)));
    } catch {
      throw hostListError(
        `${place}:${line}`,
        `string ${quoted(text.slice(start, at))} is not JSON`,
        "check it with jq",
      );
    }
  };
  const value = (depth: number): TreeNode => {
    const sign = skip();
    const start = line;
    if (depth > deepestTree) throw wrong("JSON is nested too deeply");
    if (sign === '"') return { kind: "text", line: start, text: string() };
    if (sign === "[") {
      const items: TreeNode[] = [];
      for (at++; skip() !== "]";) {
        if (items.length > 0) expect(",");
        items.push(value(depth + 1));
      }
      at++;
      return { kind: "list", line: start, items };
    }
    if (sign === "{") {
      const entries = new Map<string, { line: number; value: TreeNode }>();
      for (at++; skip() !== "}";) {
        if (entries.size > 0) expect(",");
        if (skip() !== '"') throw wrong();
        const keyLine = line;
        const key = string();
        expect(":");
        if (entries.has(key))
          throw hostListError(`${place}:${keyLine}`, `key ${quoted(key)} is given twice`, "keep one");
        entries.set(key, { line: keyLine, value: value(depth + 1) });
      }
      at++;
      return { kind: "map", line: start, entries };
    }
    bareWord.lastIndex = at;
    const word = bareWord.exec(text)?.[0] ?? "";
    if (!bareValue.test(word)) throw wrong();
    at += word.length;
    return { kind: "text", line: start, text: word === "null" ? null : word };
  };
  const tree = value(0);
  if (skip() !== undefined) throw wrong();
  return tree;
}

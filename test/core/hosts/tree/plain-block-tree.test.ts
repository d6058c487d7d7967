import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InquestError } from "../../../../packages/core/src/errors.ts";
import { plainBlockTree } from "../../../../packages/core/src/hosts/tree/plain-block-tree.ts";
import type { TreeNode } from "../../../../packages/core/src/hosts/tree/tree-node.ts";
import { yamlDocumentTree } from "../../../../packages/core/src/hosts/tree/yaml-document-tree.ts";

const byLibrary = (text: string): TreeNode | string => {
  try {
    return yamlDocumentTree(text, "inv.yml");
  } catch (error) {
    if (error instanceof InquestError) return error.message;
    throw error;
  }
};

/** Pieces of lines, of the plain part and from just beyond it. */
const keys = [
  "web",
  "all",
  "hosts",
  "w[1:3]",
  "db.cm3",
  "a:b",
  "a::",
  "null",
  "~",
  "<<",
  "? a",
  '"q"',
  "a b",
  "12",
];
const values = [
  ..."web1|web[1-3],db1|0123|10.0.0.1|yes|null|Null|~|'a b'|\"a\"|''|'it''s'|\"a\\n\"|a b|a: b|a:|a #b|a#b|b:2|*x|&x".split(
    "|",
  ),
  ..."{}|{a: 1}|{ a: 1, b: 'x, y' }|{a: 1, a: 2}|{a: }|{a}|{null: 1}|{a: b:c}|{a: {b: 1}}|[a, b]|[]|@grp|!t x|'a|>|%a".split(
    "|",
  ),
  ..."-J bastion|- a|-|a, b|a]|a }|{a: null}|{a: 1} x|# c|a\tb|é|- |{a: 1,b: 2}|{a: 1 }|{a: ''}|a - b|=x|x:|::".split(
    "|",
  ),
];
const line = fc
  .record({
    indent: fc.constantFrom(0, 0, 2, 2, 4, 4, 1, 3, 6),
    lead: fc.constantFrom("key", "key", "key", "key", "item", "value", "other"),
    key: fc.oneof({ weight: 3, arbitrary: fc.constantFrom("a", "b", "c", "d1") }, fc.constantFrom(...keys)),
    value: fc.oneof(
      { weight: 2, arbitrary: fc.constant("") },
      { weight: 2, arbitrary: fc.constantFrom("web1", "web[1-3]", "'x'") },
      fc.constantFrom(...values),
    ),
    other: fc.constantFrom("", "# rack 7", "---", "...", "%YAML 1.2", "\t", "  "),
    tail: fc.constantFrom("", "", "", "", " ", " # note", "#x", "\r"),
  })
  .map(({ indent, lead, key, value, other, tail }) => {
    if (lead === "other") return other;
    const content = value === "" ? "" : ` ${value}`;
    const start = lead === "key" ? `${key}:` : lead === "item" ? "-" : "";
    return " ".repeat(indent) + start + content + tail;
  });
const text = fc.array(line, { minLength: 1, maxLength: 8 }).map((lines) => lines.join("\n"));

describe("plainBlockTree", () => {
  it.each([
    "all:\n  hosts:\n    web1:\n    web[01:20].cm3: {ansible_port: 2222, ansible_user: 'ops'}\n  vars:\n    ansible_user: ops\n",
    "# groups\n---\nroles:\n  web: web[1-3],db1  # rack 7\n  db:\n  - db1\n  - 'db2'\n  none:\n\nracks:\n  r7: \"@web\"\n",
    "  a:\n    - 0123\r\n  b: ~\r\n",
    "all:\n  children:\n    eu:\n      children:\n        web:\n          hosts:\n            10.0.0.1:\n",
    "g1: web1\ng2:\n",
  ])("reads what inventories and groups are made of, as the library does: %j", (given) => {
    const tree = plainBlockTree(given);
    expect(tree).not.toBeNull();
    expect(tree).toEqual(byLibrary(given));
  });

  it.each([
    ["a key given twice", "a:\n  b: 1\n  b: 2\n"],
    ["an anchor", "a: &x\n  b: 1\n"],
    ["a text over two lines", "a: web1\n  web2\n"],
    ["a merge", "a:\n  <<: {b: 1}\n"],
    ["a tab", "a:\n\tb: 1\n"],
    ["an indentation that fits nowhere", "a:\n    b: 1\n  c: 2\n"],
    ["a mapping in a list", "a:\n  - b: 1\n"],
    ["a flow list", "a: [web1, web2]\n"],
    ["two documents", "a: 1\n---\nb: 2\n"],
    ["nothing", "# only words\n"],
  ])("leaves %s to the library", (_what, given) => {
    expect(plainBlockTree(given)).toBeNull();
  });

  it("gives the library's tree, lines included, or nothing", () => {
    let read = 0;
    fc.assert(
      fc.property(text, (given) => {
        const tree = plainBlockTree(given);
        if (tree === null) return;
        read++;
        expect(tree).toEqual(byLibrary(given));
      }),
      { seed: 20_261_123, numRuns: 20_000 },
    );
    expect(read).toBeGreaterThan(1_000);
  });
});

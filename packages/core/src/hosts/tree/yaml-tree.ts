import { plainBlockTree } from "./plain-block-tree.ts";
import type { TreeNode } from "./tree-node.ts";
import { yamlDocumentTree } from "./yaml-document-tree.ts";

/** A YAML text as a tree with line numbers; every scalar stays text. Throws with file and line. */
export function yamlTree(text: string, place: string): TreeNode {
  return plainBlockTree(text) ?? yamlDocumentTree(text, place);
}

/** A node of a YAML or JSON text, with the line it stands on, from 1. */
export type TreeNode = TextNode | ListNode | MapNode;

/** A scalar as it is written, numbers and booleans too: `0123` is not 123. */
interface TextNode {
  readonly kind: "text";
  readonly line: number;
  /** Null where there is none, or where it says null. */
  readonly text: string | null;
}

/** A sequence. */
interface ListNode {
  readonly kind: "list";
  readonly line: number;
  readonly items: readonly TreeNode[];
}

/** A mapping; a key stands once in it. */
export interface MapNode {
  readonly kind: "map";
  readonly line: number;
  readonly entries: ReadonlyMap<string, MapEntry>;
}

/** A value of a mapping, with the line of its key. */
interface MapEntry {
  readonly line: number;
  readonly value: TreeNode;
}

/** Deeper than this nobody writes a host list; readers of trees go by recursion. */
export const deepestTree = 60;

/** The text of a node that should be one, or null; a mapping or a list is null too. */
export function textOfNode(node: TreeNode | undefined): string | null {
  return node?.kind === "text" ? node.text : null;
}

import type { SourceText } from "../text/source-text.ts";

/** An element with everything inside it. */
export interface XmlNode {
  /** Without its prefix. */
  readonly name: string;
  /** From the message's own root; "" for the root. */
  readonly path: string;
  /** Of its start tag. */
  readonly start: number;
  readonly currency: string | null;
  /** Values of attributes that no schema of ISO 20022 has. */
  readonly strange: readonly SourceText[];
  text: SourceText | null;
  readonly children: XmlNode[];
  /** What it says was put somewhere, or says nothing to a screener. */
  seen: boolean;
}

export function childOf(node: XmlNode, name: string): XmlNode | undefined {
  return node.children.find((child) => child.name === name);
}

/** The first element at the end of a path of names. */
export function nodeAt(node: XmlNode, ...names: readonly string[]): XmlNode | undefined {
  let found: XmlNode | undefined = node;
  for (const name of names) found = found === undefined ? undefined : childOf(found, name);
  return found;
}

export function childrenOf(node: XmlNode, name: string): readonly XmlNode[] {
  return node.children.filter((child) => child.name === name);
}

/** Name of what stands for a text beside elements, where the element that it is in ends too late to tell it. */
export const BESIDE = "";

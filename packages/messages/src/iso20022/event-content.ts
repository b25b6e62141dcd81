import type { XmlNode } from "../xml/node.ts";

/** Names, texts and currencies of an element, without prefixes, comments and blanks. */
export function contentOf(node: XmlNode): unknown {
  const { name, text, currency, strange, children } = node;
  return [name, text?.text ?? "", currency ?? "", strange.map((one) => one.text), children.map(contentOf)];
}

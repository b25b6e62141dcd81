import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

import type { XmlNode } from "../xml/node.ts";

const DIGITS = 32;

/** The same content gives the same id, whatever it stands in and however it is laid out. */
export function eventIdOf(parts: readonly unknown[]): string {
  return `msg-${bytesToHex(sha256(utf8ToBytes(JSON.stringify(parts)))).slice(0, DIGITS)}`;
}

/** Names, texts and currencies of an element, without prefixes, comments and blanks. */
export function contentOf(node: XmlNode): unknown {
  const { name, text, currency, strange, children } = node;
  return [name, text?.text ?? "", currency ?? "", strange.map((one) => one.text), children.map(contentOf)];
}

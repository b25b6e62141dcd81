import { cleanText } from "../format/clean-text.ts";
import type { XmlElement } from "../format/xml-records.ts";

/** The children of that name. */
export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** Clean text of the first child of that name, "" without one. */
export function fieldOf(element: XmlElement, name: string): string {
  return cleanText(element.children.find((child) => child.name === name)?.text ?? "");
}

/** Clean texts of `<NAME><VALUE>…</VALUE>…</NAME>`, the empty ones left out. */
export function valuesOf(element: XmlElement, name: string): readonly string[] {
  return childrenOf(element, name)
    .flatMap((child) => childrenOf(child, "VALUE").map((value) => cleanText(value.text)))
    .filter((text) => text !== "");
}

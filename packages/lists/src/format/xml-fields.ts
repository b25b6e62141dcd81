import { cleanText } from "./clean-text.ts";
import type { XmlElement } from "./xml-records.ts";

/** The children of that name. */
export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** The elements at the end of a path of names: `descendantsOf(entry, "akaList", "aka")`. */
export function descendantsOf(element: XmlElement, ...path: readonly string[]): readonly XmlElement[] {
  let found: readonly XmlElement[] = [element];
  for (const name of path) found = found.flatMap((parent) => childrenOf(parent, name));
  return found;
}

/** Clean text of the first child of that name, "" without one. */
export function fieldOf(element: XmlElement, name: string): string {
  return cleanText(element.children.find((child) => child.name === name)?.text ?? "");
}

/** Clean text of an attribute, "" without it. */
export function attributeOf(element: XmlElement, name: string): string {
  return cleanText(element.attributes[name] ?? "");
}

/** Clean texts of `<NAME><VALUE>…</VALUE>…</NAME>`, the empty ones left out. */
export function valuesOf(element: XmlElement, name: string): readonly string[] {
  return descendantsOf(element, name, "VALUE")
    .map((value) => cleanText(value.text))
    .filter((text) => text !== "");
}

/** Whether it or anything in it says something. */
export function hasContent(element: XmlElement): boolean {
  return (
    element.text.trim() !== "" ||
    Object.values(element.attributes).some((value) => value.trim() !== "") ||
    element.children.some(hasContent)
  );
}

import { CordonError } from "@cordon/errors";

import type { Tally } from "../tally.ts";
import { hasContent } from "./xml-fields.ts";
import type { XmlElement } from "./xml-records.ts";

/** By the name of an element, the names of its children and, behind an `@`, its attributes, with spaces between. */
export type KnownElements = Readonly<Record<string, string>>;

export interface ElementCheck {
  /** The list's name in messages. */
  readonly list: string;
  readonly known: KnownElements;
  readonly unknown: Tally;
}

const longestName = 64;

const known = new WeakMap<KnownElements, ReadonlyMap<string, ReadonlySet<string>>>();

function setsOf(elements: KnownElements): ReadonlyMap<string, ReadonlySet<string>> {
  const ready = known.get(elements);
  if (ready !== undefined) return ready;
  const sets = new Map(Object.entries(elements).map(([name, parts]) => [name, new Set(parts.split(" "))] as const));
  known.set(elements, sets);
  return sets;
}

/**
 * Counts what a record holds that is not known, by its name: `element address/county`, `attribute aka@weak`. Throws
 * LIST_MALFORMED for a new element or attribute that speaks of names: it could hold one that nobody would be screened
 * against.
 */
export function countUnknownElements(element: XmlElement, check: ElementCheck): void {
  const parts = setsOf(check.known).get(element.name);
  const meet = (what: string, name: string): void => {
    if (/name|alias|aka/i.test(name))
      throw new CordonError(
        "LIST_MALFORMED",
        `${check.list} list: a new ${what} about names at line ${String(element.line)}`,
        { details: { [what]: name.slice(0, longestName), line: element.line } },
      );
    check.unknown.count(
      `${what} ${element.name.slice(0, longestName)}${what === "element" ? "/" : "@"}${name.slice(0, longestName)}`,
    );
  };
  for (const [name, value] of Object.entries(element.attributes))
    if (parts?.has(`@${name}`) !== true && value.trim() !== "") meet("attribute", name);
  for (const child of element.children) {
    if (parts?.has(child.name) === true) countUnknownElements(child, check);
    else if (hasContent(child)) meet("element", child.name);
  }
}

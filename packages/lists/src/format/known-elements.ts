import { CordonError } from "@cordon/errors";

import type { Tally } from "../tally.ts";
import { hasContent } from "./xml-fields.ts";
import type { XmlElement } from "./xml-records.ts";

/**
 * By the name of an element, the names of its children and, behind an `@`, its attributes, with spaces between;
 * `#text` where it has text of its own beside them, a `*` behind a child that is read as often as it comes. An element
 * that is not a key holds text alone.
 */
export type KnownElements = Readonly<Record<string, string>>;

export interface ElementCheck {
  /** The list's name in messages. */
  readonly list: string;
  readonly known: KnownElements;
  readonly unknown: Tally;
}

const longestName = 64;
const aboutNames = /name|alias|aka/i;

/** Of XML itself: they say nothing about an entry. */
const ofXml = /^xmlns(?::|$)|^xml:|^xsi:/;

/** An attribute that names a row of another table holds no name. */
const isReference = /ID$/;

const known = new WeakMap<KnownElements, ReadonlyMap<string, ReadonlySet<string>>>();

function setsOf(elements: KnownElements): ReadonlyMap<string, ReadonlySet<string>> {
  const ready = known.get(elements);
  if (ready !== undefined) return ready;
  const sets = new Map(Object.entries(elements).map(([name, parts]) => [name, partsOf(parts)] as const));
  known.set(elements, sets);
  return sets;
}

/** A child behind which a `*` stands is in the set with it and without. */
function partsOf(parts: string): ReadonlySet<string> {
  return new Set(parts.split(" ").flatMap((part) => (part.endsWith("*") ? [part.slice(0, -1), part] : [part])));
}

/** Whether an element that nobody reads speaks of names, by its own name or by that of anything inside it. */
function speaksOfNames({ name, attributes, children }: XmlElement): boolean {
  return (
    aboutNames.test(name) ||
    Object.keys(attributes).some((attribute) => aboutNames.test(attribute)) ||
    children.some(speaksOfNames)
  );
}

function refuse(what: string, name: string, { check, line }: { readonly check: ElementCheck; readonly line: number }) {
  return new CordonError("LIST_MALFORMED", `${check.list} list: ${what} at line ${String(line)}`, {
    details: { element: name.slice(0, longestName), line },
  });
}

/** Elements of text alone are read once in each parent, but for those that may repeat. */
function refuseRepeatedName(element: XmlElement, check: ElementCheck): void {
  const sets = setsOf(check.known);
  const parts = sets.get(element.name);
  const seen = new Set<string>();
  for (const child of element.children) {
    if (parts?.has(child.name) !== true || parts.has(`${child.name}*`) || sets.has(child.name)) continue;
    if (!aboutNames.test(child.name) || child.text.trim() === "") continue;
    if (seen.has(child.name))
      throw refuse("an element about names twice in one place", child.name, { check, line: child.line });
    seen.add(child.name);
  }
}

/**
 * Counts what a record holds that is not known, by its name: `element address/county`, `attribute aka@weak`,
 * `text in address`. Throws LIST_MALFORMED where it speaks of names, or stands inside or beside one: it could be a name
 * that nobody would be screened against.
 */
export function countUnknownElements(element: XmlElement, check: ElementCheck): void {
  const parts = setsOf(check.known).get(element.name);
  const isText = parts === undefined || parts.has("#text");
  const isName = isText && aboutNames.test(element.name);
  const { line } = element;
  const own = element.name.slice(0, longestName);
  const holdsChildren = parts !== undefined && [...parts].some((part) => !part.startsWith("@"));
  if (holdsChildren && !parts.has("#text") && element.text.trim() !== "") {
    if (aboutNames.test(element.name)) throw refuse("text in an element about names", element.name, { check, line });
    check.unknown.count(`text in ${own}`);
  }
  for (const [name, value] of Object.entries(element.attributes)) {
    if (parts?.has(`@${name}`) === true || value.trim() === "" || ofXml.test(name)) continue;
    if ((isName && parts === undefined && !isReference.test(name)) || aboutNames.test(name))
      throw refuse("a new attribute about names", name, { check, line });
    check.unknown.count(`attribute ${own}@${name.slice(0, longestName)}`);
  }
  refuseRepeatedName(element, check);
  for (const child of element.children) {
    if (parts?.has(child.name) === true) countUnknownElements(child, check);
    else if (hasContent(child)) {
      if (isName || speaksOfNames(child))
        throw refuse("a new element about names", child.name, { check, line: child.line });
      check.unknown.count(`element ${own}/${child.name.slice(0, longestName)}`);
    }
  }
}

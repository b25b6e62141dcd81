import { CordonError } from "@cordon/errors";

import type { XmlElement } from "../format/xml-records.ts";
import type { Tally } from "../tally.ts";

/** Elements of a record that are read. */
const read = new Set([
  "FIRST_NAME",
  "SECOND_NAME",
  "THIRD_NAME",
  "FOURTH_NAME",
  "NAME_ORIGINAL_SCRIPT",
  "UN_LIST_TYPE",
  "REFERENCE_NUMBER",
  "LISTED_ON",
  "NATIONALITY",
  "LAST_DAY_UPDATED",
  "INDIVIDUAL_ALIAS",
  "ENTITY_ALIAS",
  "INDIVIDUAL_DATE_OF_BIRTH",
  "INDIVIDUAL_DOCUMENT",
]);

/** Elements of a record that are known and have no place in `Designation` yet, or say nothing about the entry. */
const notRead = new Set([
  "DATAID",
  "VERSIONNUM",
  "LIST_TYPE",
  "SORT_KEY",
  "SORT_KEY_LAST_MOD",
  "TITLE",
  "DESIGNATION",
  "GENDER",
  "COMMENTS1",
  "SUBMITTED_BY",
  "SUBMITTED_ON",
  "NATIONALITY2",
  "DELISTED_ON",
  "INDIVIDUAL_ADDRESS",
  "ENTITY_ADDRESS",
  "INDIVIDUAL_PLACE_OF_BIRTH",
]);

const bookkeeping = new Set(["DATAID", "VERSIONNUM", "LIST_TYPE", "SORT_KEY", "SORT_KEY_LAST_MOD"]);

/** What is read inside the elements that have parts; other parts are counted as not kept. */
const readParts: Readonly<Record<string, ReadonlySet<string>>> = {
  INDIVIDUAL_ALIAS: new Set(["QUALITY", "ALIAS_NAME", "DATE_OF_BIRTH"]),
  ENTITY_ALIAS: new Set(["QUALITY", "ALIAS_NAME"]),
};

function hasText(element: XmlElement): boolean {
  return element.text.trim() !== "" || element.children.some(hasText);
}

/**
 * Counts what a record holds beyond what is read, by element name. Throws LIST_MALFORMED for a new element that
 * speaks of names: it could hold a name nobody would then be screened against.
 */
export function countElements(record: XmlElement, unknown: Tally, notKept: Tally): void {
  for (const element of record.children) {
    const { name } = element;
    if (!read.has(name) && !notRead.has(name)) {
      if (/NAME|ALIAS/.test(name))
        throw new CordonError("LIST_MALFORMED", `UN list: a new element about names at line ${String(element.line)}`, {
          details: { element: name.slice(0, 64), line: element.line },
        });
      unknown.count(`element ${name.slice(0, 64)}`);
    } else if (notRead.has(name) && !bookkeeping.has(name) && hasText(element)) notKept.count(name);
    const parts = readParts[name];
    if (parts === undefined) continue;
    for (const part of element.children)
      if (!parts.has(part.name) && hasText(part)) notKept.count(`${name}/${part.name}`);
  }
}

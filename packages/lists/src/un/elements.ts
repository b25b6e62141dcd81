import { CordonError } from "@cordon/errors";

import { hasContent } from "../format/xml-fields.ts";
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

/** The publisher's own bookkeeping: it says nothing about the entry. */
const bookkeeping = new Set(["DATAID", "VERSIONNUM", "LIST_TYPE", "SORT_KEY", "SORT_KEY_LAST_MOD"]);

const address = ["STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY", "NOTE"];

/** What is read inside the elements that have parts. */
const readParts: Readonly<Record<string, ReadonlySet<string>>> = {
  INDIVIDUAL_ALIAS: new Set(["QUALITY", "ALIAS_NAME", "DATE_OF_BIRTH", "CITY_OF_BIRTH", "COUNTRY_OF_BIRTH", "NOTE"]),
  ENTITY_ALIAS: new Set(["QUALITY", "ALIAS_NAME", "NOTE"]),
  INDIVIDUAL_DATE_OF_BIRTH: new Set(["TYPE_OF_DATE", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR", "NOTE"]),
  INDIVIDUAL_DOCUMENT: new Set([
    "TYPE_OF_DOCUMENT",
    "TYPE_OF_DOCUMENT2",
    "NUMBER",
    "ISSUING_COUNTRY",
    "COUNTRY_OF_ISSUE",
    "CITY_OF_ISSUE",
    "DATE_OF_ISSUE",
    "NOTE",
  ]),
  INDIVIDUAL_ADDRESS: new Set(address),
  ENTITY_ADDRESS: new Set(address),
  INDIVIDUAL_PLACE_OF_BIRTH: new Set(address),
};

/**
 * Counts what a record holds beyond what is read, by element name. Throws LIST_MALFORMED for a new element that
 * speaks of names: it could hold a name nobody would then be screened against.
 */
export function countElements(record: XmlElement, unknown: Tally): void {
  for (const element of record.children) {
    const { name } = element;
    if (!read.has(name) && !bookkeeping.has(name)) {
      if (/NAME|ALIAS/.test(name))
        throw new CordonError("LIST_MALFORMED", `UN list: a new element about names at line ${String(element.line)}`, {
          details: { element: name.slice(0, 64), line: element.line },
        });
      unknown.count(`element ${name.slice(0, 64)}`);
    }
    const parts = readParts[name];
    if (parts === undefined) continue;
    for (const part of element.children)
      if (!parts.has(part.name) && hasContent(part)) unknown.count(`element ${name}/${part.name.slice(0, 64)}`);
  }
}

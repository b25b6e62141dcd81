import { CordonError } from "@cordon/errors";
import type { Designation } from "@cordon/matching/listed";

import { cleanText } from "../format/clean-text.ts";
import { readXmlList, refusalOf } from "../format/read-xml-list.ts";
import { childrenOf, descendantsOf, fieldOf, hasContent } from "../format/xml-fields.ts";
import type { XmlElement } from "../format/xml-records.ts";
import type { ParseOptions } from "../parse-options.ts";
import type { ParsedList } from "../parsed-list.ts";
import { dateOfIso, dayMonthNameYear, dayMonthYear } from "../publisher/dates.ts";
import type { Tally } from "../tally.ts";
import type { UkColumn } from "./columns.ts";
import { createUkEntry, ukKey } from "./entry.ts";
import { ukElements, ukGroups } from "./xml-elements.ts";

const rootName = "Designations";
const recordName = "Designation";
const indicators = "SanctionsImposedIndicators";

type Row = Partial<Record<UkColumn, string>>;

const refuse = refusalOf("UK list (XML)");

/**
 * Reads the XML edition of the UK Sanctions List, one `Designation` for each Unique ID, from bytes cut anywhere. It
 * says the same as the CSV in elements, so each group of elements is read as a row of the CSV: the designations are
 * equal, whichever edition they come from.
 *
 * Throws LIST_EMPTY for a file with no content; LIST_TOO_LARGE past a limit; LIST_MALFORMED, with the line, for what
 * is not this list or not complete, for a DOCTYPE, another root, a new element about names, an unknown name type,
 * alias strength or designation type, a Unique ID that is missing or occurs twice, an entry without a name.
 */
export function parseUkXml(chunks: AsyncIterable<Uint8Array>, options: ParseOptions = {}): Promise<ParsedList> {
  return readXmlList(chunks, options, ({ unknown, notKept }) => {
    let publishedAt: string | null = null;
    return {
      list: "uk",
      refuse,
      recordDepth: 2,
      key: "a Unique ID",
      onStart: ({ name, line }) => {
        if (name !== rootName) throw refuse(`a root element other than ${rootName}`, line);
      },
      designationOf: (record) => {
        if (record.name === "DateGenerated") {
          publishedAt = publicationDate(cleanText(record.text));
          return null;
        }
        if (record.name !== recordName) throw refuse("an entry of another kind", record.line);
        return designationOf(record, unknown, notKept);
      },
      publishedAt: () => publishedAt,
      publishedIn: "report date",
    };
  });
}

function publicationDate(text: string): string | null {
  return dayMonthYear(text) ?? dayMonthNameYear(text) ?? dateOfIso(text);
}

function designationOf(record: XmlElement, unknown: Tally, notKept: Tally): Designation {
  const key = ukKey(fieldOf(record, "UniqueID"), record.line);
  const type = fieldOf(record, "IndividualEntityShip");
  const entry = createUkEntry({ key, line: record.line, unknown, notKept });
  const rows = rowsOf(record, unknown);
  const measures = measuresOf(record, unknown);
  if (measures !== "" && !rows.some((row) => row["Sanctions Imposed"] !== undefined))
    rows.push({ "Sanctions Imposed": measures });
  for (const row of rows)
    entry.addRow((column) => (column === "Designation Type" ? type : (row[column] ?? "")), record.line);
  return entry.designation();
}

/** What an element holds as rows of the CSV: its own leaves in one, or in several where one repeats; then its groups. */
function rowsOf(element: XmlElement, unknown: Tally): Row[] {
  const rows: Row[] = [];
  let row: Row = {};
  const groups: XmlElement[] = [];
  for (const child of element.children) {
    if (child.name === indicators) continue;
    const column = child.children.length === 0 ? ukElements.get(child.name) : undefined;
    countOwn(child, { isGroup: column === undefined && ukGroups.has(child.name), unknown });
    if (column === undefined) {
      if (!ukGroups.has(child.name)) countUnknown(child, unknown);
      groups.push(child);
    } else if (child.text.trim() !== "") {
      if (row[column] !== undefined) {
        rows.push(row);
        row = {};
      }
      row[column] = child.text;
    }
  }
  return [...rows, ...(Object.keys(row).length > 0 ? [row] : []), ...groups.flatMap((group) => rowsOf(group, unknown))];
}

const aboutNames = /name|alias/i;

function countUnknown(element: XmlElement, unknown: Tally): void {
  if (!hasContent(element)) return;
  if (aboutNames.test(element.name)) throw refuseName("a new element", element);
  unknown.count(`element ${element.name.slice(0, 64)}`);
}

/** A group with text of its own, or attributes that say something: none was ever published. */
function countOwn(
  element: XmlElement,
  { isGroup, unknown }: { readonly isGroup: boolean; readonly unknown: Tally },
): void {
  const kinds = [
    ...(isGroup && element.text.trim() !== "" ? ["text in"] : []),
    ...Object.entries(element.attributes).flatMap(([name, value]) =>
      value.trim() === "" || /^(?:xmlns|xml|xsi)(?::|$)/.test(name) ? [] : [`attribute ${name.slice(0, 64)} of`],
    ),
  ];
  for (const kind of kinds) {
    if (aboutNames.test(element.name)) throw refuseName(kind, element);
    unknown.count(`${kind} ${element.name.slice(0, 64)}`);
  }
}

function refuseName(what: string, element: XmlElement): CordonError {
  return new CordonError("LIST_MALFORMED", `UK list (XML): ${what} about names at line ${String(element.line)}`, {
    details: { element: element.name.slice(0, 64), line: element.line },
  });
}

/** `<AssetFreeze>true</AssetFreeze>`: the measures in the words and the order of the CSV. */
function measuresOf(record: XmlElement, unknown: Tally): string {
  const stated = childrenOf(record, indicators).flatMap(({ children }) => children);
  for (const { text } of stated)
    if (!/^(?:true|false|)$/i.test(text.trim())) unknown.count("indicator that is neither true nor false");
  const imposed = stated.filter(({ text }) => text.trim().toLowerCase() === "true").map(({ name }) => wordsOf(name));
  const said = descendantsOf(record, "SanctionsImposed").map(({ text }) => text.toLowerCase());
  if (
    said.some((text) => text.trim() !== "") &&
    imposed.some((measure) => !said.join("|").includes(measure.toLowerCase()))
  )
    unknown.count("indicator of a measure that is not imposed");
  return imposed.join("|");
}

/** `AssetFreeze` in words: `Asset freeze`. */
function wordsOf(name: string): string {
  return name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

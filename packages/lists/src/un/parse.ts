import { CordonError } from "@cordon/errors";
import type { Designation, DesignationType } from "@cordon/matching";

import { countUnknownElements } from "../format/known-elements.ts";
import { textPieces } from "../format/text-pieces.ts";
import { createXmlRecordsReader, type XmlElement, type XmlStart } from "../format/xml-records.ts";
import { compileParseOptions, type ParseOptions } from "../parse-options.ts";
import { type ParsedList, parsedList } from "../parsed-list.ts";
import { dateOfIso } from "../publisher/dates.ts";
import { createTally } from "../tally.ts";
import { unElements } from "./elements.ts";
import { unDesignation } from "./entry.ts";

const rootName = "CONSOLIDATED_LIST";

/** The groups of the list, and what a record in each is. */
const groups: Readonly<Record<string, { readonly record: string; readonly type: DesignationType }>> = {
  INDIVIDUALS: { record: "INDIVIDUAL", type: "PERSON" },
  ENTITIES: { record: "ENTITY", type: "ORGANISATION" },
};

function refuse(what: string, line: number): CordonError {
  return new CordonError("LIST_MALFORMED", `UN list: ${what} at line ${String(line)}`, { details: { line } });
}

function checkStart({ name, attributes, line }: XmlStart, depth: number): void {
  if (depth === 1 && name !== rootName) throw refuse(`a root element other than ${rootName}`, line);
  if (Object.keys(attributes).some((attribute) => attribute === "xmlns"))
    throw refuse("a namespace this parser does not know", line);
  if (depth === 2 && !Object.hasOwn(groups, name)) throw refuse("a group other than INDIVIDUALS and ENTITIES", line);
}

/**
 * Reads the UN Security Council's consolidated list, its XML edition
 * (https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list), from bytes cut anywhere, one entry at a
 * time. The key is REFERENCE_NUMBER. Measures are not in the file.
 *
 * Throws LIST_EMPTY for a file with no content; LIST_TOO_LARGE past a limit; LIST_MALFORMED, with the line, for what
 * is not this list or not complete, for a DOCTYPE, an unknown root, namespace, group or alias quality, a new element
 * about names, a missing or repeated REFERENCE_NUMBER, an entry without a name.
 */
export async function parseUnConsolidated(
  chunks: AsyncIterable<Uint8Array>,
  options: ParseOptions = {},
): Promise<ParsedList> {
  const limits = compileParseOptions(options);
  const unknown = createTally();
  const notKept = createTally();
  const designations = new Map<string, Designation>();
  let publishedAt: string | null = null;

  const reader = createXmlRecordsReader(limits, {
    onStart: (start, depth) => {
      checkStart(start, depth);
      if (depth === 1) publishedAt = dateOfIso(start.attributes["dateGenerated"] ?? "");
    },
    onRecord: (record: XmlElement, groupName) => {
      const group = groups[groupName];
      if (group === undefined || record.name !== group.record) throw refuse("an entry of another kind", record.line);
      countUnknownElements(record, { list: "UN", known: unElements, unknown });
      const designation = unDesignation(record, group.type, { unknown, notKept });
      if (designations.has(designation.id)) throw refuse("a REFERENCE_NUMBER that occurs twice", record.line);
      designations.set(designation.id, designation);
    },
  });
  for await (const text of textPieces(chunks, limits.maxBytes)) reader.push(text);
  reader.end();
  if (publishedAt === null) unknown.count("dateGenerated");

  return parsedList({
    list: "un",
    designations: [...designations.values()],
    publishedAt,
    rows: designations.size,
    unknown: unknown.counts(),
    notKept: notKept.counts(),
  });
}

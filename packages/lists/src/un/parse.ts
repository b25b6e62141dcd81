import type { DesignationType } from "@cordon/matching/listed";

import { countUnknownElements } from "../format/known-elements.ts";
import { readXmlList, refusalOf } from "../format/read-xml-list.ts";
import type { XmlStart } from "../format/xml-records.ts";
import type { ParseOptions } from "../parse-options.ts";
import type { ParsedList } from "../parsed-list.ts";
import { dateOfIso } from "../publisher/dates.ts";
import { unElements } from "./elements.ts";
import { unDesignation } from "./entry.ts";

const rootName = "CONSOLIDATED_LIST";

/** The groups of the list, and what a record in each is. */
const groups: Readonly<Record<string, { readonly record: string; readonly type: DesignationType }>> = {
  INDIVIDUALS: { record: "INDIVIDUAL", type: "PERSON" },
  ENTITIES: { record: "ENTITY", type: "ORGANISATION" },
};

const refuse = refusalOf("UN list");

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
export function parseUnConsolidated(
  chunks: AsyncIterable<Uint8Array>,
  options: ParseOptions = {},
): Promise<ParsedList> {
  return readXmlList(chunks, options, (tallies) => {
    let publishedAt: string | null = null;
    return {
      list: "un",
      refuse,
      recordDepth: 3,
      key: "a REFERENCE_NUMBER",
      onStart: (start, depth) => {
        checkStart(start, depth);
        if (depth === 1) publishedAt = dateOfIso(start.attributes["dateGenerated"] ?? "");
      },
      designationOf: (record, groupName) => {
        const group = groups[groupName];
        if (group === undefined || record.name !== group.record) throw refuse("an entry of another kind", record.line);
        countUnknownElements(record, { list: "UN", known: unElements, unknown: tallies.unknown });
        return unDesignation(record, group.type, tallies);
      },
      publishedAt: () => publishedAt,
      publishedIn: "dateGenerated",
    };
  });
}

import { readXmlList, refusalOf } from "../format/read-xml-list.ts";
import type { ParseOptions } from "../parse-options.ts";
import type { ParsedList } from "../parsed-list.ts";
import { dateOfIso } from "../publisher/dates.ts";
import { euDesignation } from "./entry.ts";

const namespaceOf = /\/fpi\/fsd\/export$/;
const refuse = refusalOf("EU list");

/**
 * Reads the Commission's Financial Sanctions File, XML edition 1.1, from bytes cut anywhere, one entity at a time. The
 * key is `euReferenceNumber`, or `logicalId` where there is none.
 *
 * Throws LIST_EMPTY for a file with no content; LIST_TOO_LARGE past a limit; LIST_MALFORMED, with the line, for what
 * is not this list or not complete, a DOCTYPE, another root or namespace, an unknown subject type, a `strong` that is
 * neither true nor false, a new part about names, a key that is missing or occurs twice, an entity without a name.
 */
export function parseEuSanctions(chunks: AsyncIterable<Uint8Array>, options: ParseOptions = {}): Promise<ParsedList> {
  return readXmlList(chunks, options, (tallies) => {
    let publishedAt: string | null = null;
    return {
      list: "eu",
      refuse,
      recordDepth: 2,
      key: "a reference number",
      onStart: ({ name, attributes, line }) => {
        if (name !== "export") throw refuse("a root element other than export", line);
        const namespace = attributes["xmlns"];
        if (namespace !== undefined && !namespaceOf.test(namespace))
          throw refuse("a namespace this parser does not know", line);
        publishedAt = dateOfIso(attributes["generationDate"] ?? "");
      },
      designationOf: (record) => {
        if (record.name !== "sanctionEntity") throw refuse("an entry of another kind", record.line);
        return euDesignation(record, tallies);
      },
      publishedAt: () => publishedAt,
      publishedIn: "generationDate",
    };
  });
}

import { CordonError } from "@cordon/errors";
import type { Designation } from "@cordon/matching";

import { textPieces } from "../format/text-pieces.ts";
import { createXmlRecordsReader } from "../format/xml-records.ts";
import { compileParseOptions, type ParseOptions } from "../parse-options.ts";
import { type ParsedList, parsedList } from "../parsed-list.ts";
import { dateOfIso } from "../publisher/dates.ts";
import { createTally } from "../tally.ts";
import { euDesignation } from "./entry.ts";

const namespaceOf = /\/fpi\/fsd\/export$/;

function refuse(what: string, line: number): CordonError {
  return new CordonError("LIST_MALFORMED", `EU list: ${what} at line ${String(line)}`, { details: { line } });
}

/**
 * Reads the Commission's Financial Sanctions File, XML edition 1.1, from bytes cut anywhere, one entity at a time. The
 * key is `euReferenceNumber`, or `logicalId` where there is none.
 *
 * Throws LIST_EMPTY for a file with no content; LIST_TOO_LARGE past a limit; LIST_MALFORMED, with the line, for what
 * is not this list or not complete, a DOCTYPE, another root or namespace, an unknown subject type, a `strong` that is
 * neither true nor false, a new part about names, a key that is missing or occurs twice, an entity without a name.
 */
export async function parseEuSanctions(
  chunks: AsyncIterable<Uint8Array>,
  options: ParseOptions = {},
): Promise<ParsedList> {
  const limits = compileParseOptions(options);
  const unknown = createTally();
  const notKept = createTally();
  const designations = new Map<string, Designation>();
  let publishedAt: string | null = null;

  const reader = createXmlRecordsReader(
    limits,
    {
      onStart: ({ name, attributes, line }) => {
        if (name !== "export") throw refuse("a root element other than export", line);
        const namespace = attributes["xmlns"];
        if (namespace !== undefined && !namespaceOf.test(namespace))
          throw refuse("a namespace this parser does not know", line);
        publishedAt = dateOfIso(attributes["generationDate"] ?? "");
      },
      onRecord: (record) => {
        if (record.name !== "sanctionEntity") throw refuse("an entry of another kind", record.line);
        const designation = euDesignation(record, { unknown, notKept });
        if (designations.has(designation.id)) throw refuse("a reference number that occurs twice", record.line);
        designations.set(designation.id, designation);
      },
    },
    2,
  );
  for await (const text of textPieces(chunks, limits.maxBytes)) reader.push(text);
  reader.end();
  if (publishedAt === null) unknown.count("generationDate");

  return parsedList({
    list: "eu",
    designations: [...designations.values()],
    publishedAt,
    rows: designations.size,
    unknown: unknown.counts(),
    notKept: notKept.counts(),
  });
}

import { readerByFirstCharacter } from "../format/first-character.ts";
import { textPieces } from "../format/text-pieces.ts";
import { compileParseOptions, type ParseOptions } from "../parse-options.ts";
import { type ParsedList, parsedList } from "../parsed-list.ts";
import { createTally } from "../tally.ts";
import { ofsiCsvReader, type OfsiHandlers } from "./csv.ts";
import { createOfsiEntry, type OfsiEntry, refuseOfsi } from "./entry.ts";
import type { OfsiRecord } from "./fields.ts";
import { ofsiXmlReader } from "./xml.ts";

function keyOf(record: OfsiRecord): string {
  const key = record.field("groupId").trim();
  if (!/^\d{1,9}$/.test(key)) throw refuseOfsi("no usable Group ID", record.line);
  return key;
}

/**
 * Reads OFSI's Consolidated List of Financial Sanctions Targets, CSV or XML of the 2022 format, from bytes cut
 * anywhere. It was closed on 28 January 2026; this is for back data. The records of one Group ID are one designation.
 *
 * Throws LIST_EMPTY for a file with no content; LIST_TOO_LARGE past a limit; LIST_MALFORMED, with the line, for
 * anything that is not this list or would change which names are matched: a needed column that is missing, an unknown
 * type of target, alias type or quality, a new element about names, a target without a name.
 */
export async function parseOfsiConList(
  chunks: AsyncIterable<Uint8Array>,
  options: ParseOptions = {},
): Promise<ParsedList> {
  const limits = compileParseOptions(options);
  const unknown = createTally();
  const notKept = createTally();
  const entries = new Map<string, OfsiEntry>();
  let publishedAt: string | null = null;
  let rows = 0;

  const handlers: OfsiHandlers = {
    unknown,
    notKept,
    onPublished: (date) => {
      publishedAt = date;
    },
    onRecord: (record) => {
      const key = keyOf(record);
      const entry = entries.get(key) ?? createOfsiEntry(key, record.line, unknown);
      entries.set(key, entry);
      entry.add(record);
      rows += 1;
    },
  };
  const reader = readerByFirstCharacter((first) => (first === "<" ? ofsiXmlReader : ofsiCsvReader)(limits, handlers));
  for await (const text of textPieces(chunks, limits.maxBytes)) reader.push(text);
  reader.end();

  return parsedList({
    list: "ofsi",
    designations: [...entries.values()].map((entry) => entry.designation()),
    publishedAt,
    rows,
    unknown: unknown.counts(),
    notKept: notKept.counts(),
  });
}

import type { Designation } from "@cordon/matching/listed";

import { createCsvReader } from "../format/csv-reader.ts";
import { readerByFirstCharacter, type TextReader } from "../format/first-character.ts";
import { createJsonLines } from "../format/json-lines.ts";
import { textPieces } from "../format/text-pieces.ts";
import { compileParseOptions, type ParseLimits, type ParseOptions } from "../parse-options.ts";
import { type ParsedList, parsedList } from "../parsed-list.ts";
import { createTally } from "../tally.ts";
import { ownDesignation } from "./designation.ts";
import { type OwnLayout, type OwnRecord, ownLayout, ownRecordOfJson, ownRecordOfRow, refuseOwn } from "./record.ts";

type OnRecord = (record: OwnRecord) => void;

function csvReader(limits: ParseLimits, onRecord: OnRecord): TextReader {
  let layout: OwnLayout | null = null;
  return createCsvReader(limits, (cells, line) => {
    if (layout === null) layout = ownLayout(cells, line);
    else onRecord(ownRecordOfRow(layout, cells, line));
  });
}

function jsonReader(limits: ParseLimits, onRecord: OnRecord): TextReader {
  return createJsonLines(limits, (value, line) => {
    onRecord(ownRecordOfJson(value, line));
  });
}

/**
 * Reads the firm's own list, CSV or newline-delimited JSON, as docs/specs/own-list.md has it, from bytes cut anywhere.
 * A row is an entry. Nothing is guessed and nothing is left out: the whole file is refused for one row that is wrong.
 *
 * Throws LIST_EMPTY for a file with no content; LIST_TOO_LARGE past a limit; LIST_MALFORMED, with line and column,
 * for everything else, a repeated id among it.
 */
export async function parseOwnList(chunks: AsyncIterable<Uint8Array>, options: ParseOptions = {}): Promise<ParsedList> {
  const limits = compileParseOptions(options);
  const designations = new Map<string, Designation>();
  const unknown = createTally();
  const onRecord: OnRecord = (record) => {
    const designation = ownDesignation(record, unknown);
    if (designations.has(designation.id)) throw refuseOwn("a value that occurs twice", record.line, "id");
    designations.set(designation.id, designation);
  };
  const reader = readerByFirstCharacter((first) => (first === "{" ? jsonReader : csvReader)(limits, onRecord));
  for await (const text of textPieces(chunks, limits.maxBytes)) reader.push(text);
  reader.end();
  return parsedList({
    list: "own",
    designations: [...designations.values()],
    publishedAt: null,
    rows: designations.size,
    unknown: unknown.counts(),
    notKept: {},
  });
}

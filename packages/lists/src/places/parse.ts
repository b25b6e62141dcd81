import type { Designation } from "@cordon/matching/listed";

import { createCsvReader } from "../format/csv-reader.ts";
import { textPieces } from "../format/text-pieces.ts";
import { compileParseOptions, type ParseOptions } from "../parse-options.ts";
import { type ParsedList, parsedList } from "../parsed-list.ts";
import { placeDesignation } from "./designation.ts";
import { type PlaceLayout, placeLayout, placeRecord, refusePlace } from "./record.ts";

/**
 * Reads a list of places or words, CSV as docs/specs/places.md has it, from bytes cut anywhere. A row is an entry. Nothing is guessed
 * and nothing is left out: the whole file is refused for one row that is wrong.
 *
 * Throws LIST_EMPTY for a file with no content; LIST_TOO_LARGE past a limit; LIST_MALFORMED, with line and column, for
 * everything else, a repeated id among it.
 */
export async function parsePlaceList(
  list: "places" | "words",
  chunks: AsyncIterable<Uint8Array>,
  options: ParseOptions = {},
): Promise<ParsedList> {
  const limits = compileParseOptions(options);
  const designations = new Map<string, Designation>();
  let layout: PlaceLayout | null = null;
  const reader = createCsvReader(limits, (cells, line) => {
    if (layout === null) {
      layout = placeLayout(cells, line);
      return;
    }
    const designation = placeDesignation(list, placeRecord(layout, cells, line));
    if (designations.has(designation.id)) throw refusePlace("a value that occurs twice", line, "id");
    designations.set(designation.id, designation);
  });
  for await (const text of textPieces(chunks, limits.maxBytes)) reader.push(text);
  reader.end();
  return parsedList({
    list,
    designations: [...designations.values()],
    publishedAt: null,
    rows: designations.size,
    unknown: {},
    notKept: {},
  });
}

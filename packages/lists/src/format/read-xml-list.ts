import { CordonError } from "@cordon/errors";
import type { Designation, ListName } from "@cordon/matching/listed";

import { compileParseOptions, type ParseOptions } from "../parse-options.ts";
import { type ParsedList, parsedList } from "../parsed-list.ts";
import { createTally, type Tally } from "../tally.ts";
import { textPieces } from "./text-pieces.ts";
import { createXmlRecordsReader, type RecordDepth, type XmlElement, type XmlStart } from "./xml-records.ts";

export interface ListTallies {
  readonly unknown: Tally;
  readonly notKept: Tally;
}

/** What one publisher's edition has of its own. */
export interface XmlEdition {
  readonly list: ListName;
  readonly refuse: RefuseLine;
  readonly recordDepth: RecordDepth;
  /** What an entry is known by, in the refusal of one that stands twice: `a Unique ID`. */
  readonly key: string;
  /** Refuses a root, a namespace or a group that is not this list's. */
  readonly onStart: (start: XmlStart, depth: number) => void;
  /** Null for a record that is no entry. */
  readonly designationOf: (record: XmlElement, group: string) => Designation | null;
  /** Asked behind the last record; ISO 8601. */
  readonly publishedAt: () => string | null;
  /** The element or attribute that says so: counted as unknown where it cannot be read. */
  readonly publishedIn: string;
  /** Refuses a file that is complete XML and not a complete list. */
  readonly onEnd?: (entries: number) => void;
  /** What stands behind the entries is told of them here. */
  readonly finished?: (designation: Designation) => Designation;
}

export type RefuseLine = (what: string, line: number) => CordonError;

/** How a parser refuses a list; `title`: `UK list (XML)`. */
export function refusalOf(title: string): RefuseLine {
  return (what, line) =>
    new CordonError("LIST_MALFORMED", `${title}: ${what} at line ${String(line)}`, { details: { line } });
}

/**
 * Reads a list of XML, one entry a record, from bytes cut anywhere; only the record at hand and the designations are in memory.
 * Throws LIST_EMPTY for a file with no content; LIST_TOO_LARGE past a limit; LIST_MALFORMED for what is not well formed or complete, a
 * DOCTYPE, an entry that stands twice, and what the edition refuses.
 */
export async function readXmlList(
  chunks: AsyncIterable<Uint8Array>,
  options: ParseOptions,
  open: (tallies: ListTallies) => XmlEdition,
): Promise<ParsedList> {
  const limits = compileParseOptions(options);
  const tallies = { unknown: createTally(), notKept: createTally() };
  const { list, refuse, recordDepth, key, onStart, designationOf, ...edition } = open(tallies);
  const designations = new Map<string, Designation>();
  const onRecord = (record: XmlElement, group: string): void => {
    const designation = designationOf(record, group);
    if (designation === null) return;
    if (designations.has(designation.id)) throw refuse(`${key} that occurs twice`, record.line);
    designations.set(designation.id, designation);
  };

  const reader = createXmlRecordsReader(limits, { onStart, onRecord }, recordDepth);
  for await (const text of textPieces(chunks, limits.maxBytes)) reader.push(text);
  reader.end();
  edition.onEnd?.(designations.size);
  const publishedAt = edition.publishedAt();
  if (publishedAt === null) tallies.unknown.count(edition.publishedIn);
  const { finished = (designation) => designation } = edition;
  const completed = Array.from(designations.values(), finished);

  return parsedList({
    list,
    designations: completed,
    publishedAt,
    rows: designations.size,
    unknown: tallies.unknown.counts(),
    notKept: tallies.notKept.counts(),
  });
}

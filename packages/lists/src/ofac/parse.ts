import { CordonError } from "@cordon/errors";
import type { Designation, NameKind } from "@cordon/screening";

import { detached } from "../format/clean-text.ts";
import { compileParseOptions, type ParseLimits, type ParseOptions } from "../parse-options.ts";
import { type ParsedList, parsedList } from "../parsed-list.ts";
import { createTally, type Tally } from "../tally.ts";
import { ofacAliasKinds, ofacDesignation, ofacTypes } from "./entry.ts";
import { readRemarks } from "./remarks.ts";
import {
  addFile,
  altFile,
  commentsFile,
  type OfacFile,
  type OnOfacRow,
  readOfacRows,
  refuse,
  sdnFile,
} from "./rows.ts";

/** The four files of one publication. All are needed: names stand in three of them. */
export interface OfacFiles {
  readonly sdn: AsyncIterable<Uint8Array>;
  readonly alt: AsyncIterable<Uint8Array>;
  readonly add: AsyncIterable<Uint8Array>;
  readonly comments: AsyncIterable<Uint8Array>;
}

/** The names of the files as published, in lower case. */
export const ofacFileNames: Readonly<Record<keyof OfacFiles, string>> = {
  sdn: sdnFile.name,
  alt: altFile.name,
  add: addFile.name,
  comments: commentsFile.name,
};

interface Alias {
  readonly text: string;
  readonly kind: NameKind;
}

/** What the smaller files hold, by entry number, and on which line. */
interface ByEntry<T> {
  readonly values: Map<string, T>;
  readonly lines: Map<string, number>;
}

interface Reading {
  readonly limits: ParseLimits;
  readonly unknown: Tally;
  readonly notKept: Tally;
}

/** Columns of sdn.csv after the entry number. */
type SdnCells = readonly [
  name: string | null,
  type: string | null,
  programmes: string | null,
  title: string | null,
  callSign: string | null,
  vesselType: string | null,
  tonnage: string | null,
  grossTonnage: string | null,
  flag: string | null,
  owner: string | null,
  remarks: string | null,
];

const notKeptColumns = { 3: "title", 5: "vessel type", 6: "tonnage", 7: "gross tonnage", 8: "flag", 9: "owner" };

/**
 * Reads OFAC's list of Specially Designated Nationals, its CSV files without headers (OFAC's data specification,
 * https://ofac.treasury.gov/sdn-list-data-formats-data-schemas), from bytes cut anywhere. Only the smaller files are
 * held in memory; sdn.csv is streamed. It gives no date, so `publishedAt` is null.
 *
 * Throws LIST_EMPTY for a file with no content; LIST_TOO_LARGE past a limit; LIST_MALFORMED, with file and line, for a
 * row of another width, an unknown type of entry or alias, an entry twice or without a name, and for an alias or
 * comment of an entry that sdn.csv does not have: then the files are of different publications.
 */
export async function parseOfacSdn(files: OfacFiles, options: ParseOptions = {}): Promise<ParsedList> {
  const reading: Reading = {
    limits: compileParseOptions(options),
    unknown: createTally(),
    notKept: createTally(),
  };
  const { limits, unknown, notKept } = reading;
  const comments = await readComments(files.comments, reading);
  const aliases = await readAliases(files.alt, reading);
  const addresses = await readAddresses(files.add, reading);
  const designations = new Map<string, Designation>();

  const rows = await readOfacRows(sdnFile, files.sdn, {
    limits,
    unknown,
    onRow: (key, cells, line) => {
      const [name, typeCell, programmes, , callSign, , , , , , remarks] = cells as SdnCells;
      const type = ofacTypes.get(typeCell);
      if (type === undefined) throw refuse(sdnFile, "an SDN_Type that is not known", line);
      if (name === null) throw refuse(sdnFile, "an entry without a name", line);
      if (designations.has(key)) throw refuse(sdnFile, "an entry number that occurs twice", line);
      if (programmes === null) unknown.count("designation without a programme");
      for (const [at, column] of Object.entries(notKeptColumns)) if (cells[Number(at)] !== null) notKept.count(column);
      const entry = {
        key: detached(key),
        type,
        name,
        aliases: aliases.values.get(key) ?? [],
        programmes: programmes ?? "",
        callSign,
        remarks: readRemarks(`${remarks ?? ""}${comments.values.get(key) ?? ""}`, reading),
      };
      designations.set(entry.key, ofacDesignation(entry, unknown));
    },
  });
  refuseStrays(altFile, aliases, designations);
  refuseStrays(commentsFile, comments, designations);
  for (const key of addresses) if (!designations.has(key)) unknown.count("address of no entry");
  if (designations.size === 0) throw new CordonError("LIST_EMPTY", "OFAC list: sdn.csv has no entries");
  return parsedList({
    list: "ofac",
    designations: [...designations.values()],
    publishedAt: null,
    rows,
    unknown: unknown.counts(),
    notKept: notKept.counts(),
  });
}

async function readComments(chunks: AsyncIterable<Uint8Array>, reading: Reading): Promise<ByEntry<string>> {
  const values = new Map<string, string>();
  const lines = new Map<string, number>();
  const onRow: OnOfacRow = (key, [text = null], line) => {
    values.set(detached(key), `${values.get(key) ?? ""}${text ?? ""}`);
    lines.set(detached(key), line);
  };
  await readOfacRows(commentsFile, chunks, { ...reading, onRow }).catch((error: unknown) => {
    // No remarks are over the limit when none of this file is left.
    if (!(error instanceof CordonError && error.code === "LIST_EMPTY")) throw error;
  });
  return { values, lines };
}

async function readAliases(chunks: AsyncIterable<Uint8Array>, reading: Reading): Promise<ByEntry<Alias[]>> {
  const values = new Map<string, Alias[]>();
  const lines = new Map<string, number>();
  await readOfacRows(altFile, chunks, {
    ...reading,
    onRow: (key, [, type = null, text = null, remark = null], line) => {
      const kind = ofacAliasKinds.get((type ?? "").toLowerCase());
      if (kind === undefined) throw refuse(altFile, "an alt_type that is not known", line);
      if (text === null) throw refuse(altFile, "an alias without a name", line);
      if (remark !== null) reading.notKept.count("alias remark");
      const known = values.get(key);
      if (known === undefined) values.set(detached(key), [{ text, kind }]);
      else known.push({ text, kind });
      lines.set(detached(key), line);
    },
  });
  return { values, lines };
}

/** The keys only: designations have no room for addresses yet. */
async function readAddresses(chunks: AsyncIterable<Uint8Array>, reading: Reading): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  await readOfacRows(addFile, chunks, {
    ...reading,
    onRow: (key, cells) => {
      keys.add(detached(key));
      if (cells.slice(1).some((cell) => cell !== null)) reading.notKept.count("address");
    },
  });
  return keys;
}

function refuseStrays<T>(file: OfacFile, { lines }: ByEntry<T>, entries: ReadonlyMap<string, Designation>): void {
  for (const [key, line] of lines)
    if (!entries.has(key)) throw refuse(file, `an entry that ${sdnFile.name} does not have`, line);
}

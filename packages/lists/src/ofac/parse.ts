import { CordonError } from "@cordon/errors";
import type { Designation, DesignationType, ListedName, NameKind } from "@cordon/matching/listed";

import { cleanText, detached } from "../format/clean-text.ts";
import { compileParseOptions, type ParseLimits, type ParseOptions } from "../parse-options.ts";
import { type ParsedList, parsedList } from "../parsed-list.ts";
import { countryCode } from "../publisher/countries.ts";
import { type AddressParts, createEntryDetails, type EntryDetails } from "../publisher/entry-details.ts";
import { createEntryIdentifiers } from "../publisher/entry-identifiers.ts";
import { createTally, type Tally } from "../tally.ts";
import { ofacAliasKinds, ofacDesignation, type OfacEntry, ofacTypes } from "./entry.ts";
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
  readonly note: string | null;
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

/** Columns that are facts about a ship, by their place behind the entry number. */
const vesselColumns = { 5: "TYPE", 6: "TONNAGE", 7: "GROSS_TONNAGE", 8: "FLAG", 9: "OWNER" } as const;

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
      const [name, typeCell] = cells as SdnCells;
      const type = ofacTypes.get(typeCell ?? "entity");
      if (type === undefined) throw refuse(sdnFile, "an SDN_Type that is not known", line);
      if (name === null) throw refuse(sdnFile, "an entry without a name", line);
      if (designations.has(key)) throw refuse(sdnFile, "an entry number that occurs twice", line);
      const ownKey = detached(key);
      const parts: OfacCsvParts = {
        cells: cells as SdnCells,
        key: ownKey,
        type,
        name,
        aliases: aliases.values.get(key) ?? [],
        addresses: addresses.get(key) ?? [],
        comment: comments.values.get(key) ?? "",
      };
      designations.set(ownKey, ofacDesignation(entryOf(parts, reading), unknown));
    },
  });
  refuseStrays(altFile, aliases, designations);
  refuseStrays(commentsFile, comments, designations);
  for (const key of addresses.keys()) if (!designations.has(key)) unknown.count("address of no entry");
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

interface OfacCsvParts {
  readonly cells: SdnCells;
  readonly key: string;
  readonly type: DesignationType;
  readonly name: string;
  readonly aliases: readonly Alias[];
  readonly addresses: readonly AddressParts[];
  /** What of the remarks went over into the comments. */
  readonly comment: string;
}

/** OFAC tells weak a.k.a.s apart, so every other name is a strong one. */
function entryOf(parts: OfacCsvParts, { unknown, notKept }: Reading): OfacEntry {
  const { cells, key, type, name, aliases, addresses, comment } = parts;
  const [, , programmes, title, callSign, , , , , , published] = cells;
  const identifiers = createEntryIdentifiers(unknown);
  const details = createEntryDetails(notKept);
  if (callSign !== null) identifiers.add("OTHER", callSign, "Call Sign");
  for (const address of addresses) details.addAddress(address);
  addFacts(cells, details);
  details.addRemark("Title", title ?? "");
  for (const { note } of aliases) details.addRemark("Note on a name", note ?? "");
  const remarks = readRemarks(`${published ?? ""}${comment}`, { unknown, identifiers, details });
  return {
    list: "ofac",
    key,
    type,
    names: [
      { text: name, kind: "PRIMARY", strength: "STRONG" },
      ...aliases.map(({ text, kind }): ListedName => ({ text, kind, strength: "STRONG" })),
      ...remarks.weakNames.map((weak): ListedName => ({ ...weak, strength: "WEAK" })),
    ],
    // Several share a cell, with inner brackets only: `SDGT] [IFSR`.
    programmes: programmes === null ? [] : programmes.split("] [").map((programme) => programme.trim()),
    birthDates: remarks.birthDates,
    nationalities: remarks.nationalities,
    identifiers,
    details,
  };
}

function addFacts(cells: SdnCells, details: EntryDetails): void {
  for (const [at, kind] of Object.entries(vesselColumns)) details.addVesselFact(kind, cells[Number(at)] ?? "");
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
    onRow: (key, [number = null, type = null, text = null, remark = null], line) => {
      refuseMoved(altFile, number, line);
      const kind = ofacAliasKinds.get((type ?? "").toLowerCase());
      if (kind === undefined) throw refuse(altFile, "an alt_type that is not known", line);
      if (text === null) throw refuse(altFile, "an alias without a name", line);
      const note = remark === null || remark.trim() === "" ? null : cleanText(remark);
      const known = values.get(key);
      if (known === undefined) values.set(detached(key), [{ text, kind, note }]);
      else known.push({ text, kind, note });
      lines.set(detached(key), line);
    },
  });
  return { values, lines };
}

async function readAddresses(
  chunks: AsyncIterable<Uint8Array>,
  reading: Reading,
): Promise<ReadonlyMap<string, readonly AddressParts[]>> {
  const { unknown } = reading;
  const byKey = new Map<string, AddressParts[]>();
  await readOfacRows(addFile, chunks, {
    ...reading,
    onRow: (key, [number = null, street = null, town = null, country = null, remark = null], line) => {
      refuseMoved(addFile, number, line);
      if (country !== null && countryCode(country) === null) unknown.count("country not in the country table");
      const address = {
        lines: [street ?? "", town ?? ""],
        country: country ?? "",
        note: cleanText(remark ?? ""),
      };
      const known = byKey.get(key);
      if (known === undefined) byKey.set(detached(key), [address]);
      else known.push(address);
    },
  });
  return byKey;
}

/** The files have no header: that a number stands where numbers are is all that tells that no column has moved. */
function refuseMoved(file: OfacFile, number: string | null, line: number): void {
  if (number === null || !/^\d+$/.test(number)) throw refuse(file, "a row without a number of its own", line);
}

function refuseStrays<T>(file: OfacFile, { lines }: ByEntry<T>, entries: ReadonlyMap<string, Designation>): void {
  for (const [key, line] of lines)
    if (!entries.has(key)) throw refuse(file, `an entry that ${sdnFile.name} does not have`, line);
}

import { CordonError } from "@cordon/errors";
import { bytesToHex } from "@noble/hashes/utils.js";

import type { Designation } from "../designation.ts";
import { engineVersion } from "../engine-version.ts";
import { inIdOrder } from "../engine/order.ts";
import { buildIdentifiers } from "../evidence/identifier-index.ts";
import { listVariants } from "../normalise/list-variants.ts";
import { wholeKeys } from "../normalise/whole-keys.ts";
import { listKeys } from "../relations/keys.ts";
import { editsAllowed, termOf } from "../relations/similarity.ts";
import { type Buckets, bucketBuilder, MOST_IDS } from "../retrieval/buckets.ts";
import { deleteHashes, MOST_DELETES } from "../retrieval/deletes.ts";
import { hashText } from "../retrieval/hash.ts";
import { buildPostings, MOST_ROWS } from "../retrieval/postings.ts";
import { profileIndexOf, profiles } from "../score/profile.ts";
import { LONGEST_ROW } from "../score/score.ts";
import { weightOf } from "../weights/weight.ts";
import { encodeDesignations, encodeText } from "./designation-codec.ts";
import { digestOf, ownSha256, packSections, type Sections, type Sha256 } from "./layout.ts";
import type { SnapshotMeta } from "./open.ts";
import { packTraits, type RowTraits } from "./row-traits.ts";

/**
 * Compiles a list into a snapshot. Deterministic: equal designations in any order give equal bytes. A designation none
 * of whose names can be compared is kept and counted, see `OpenedIndex.withoutComparableName`.
 * Throws `LIST_MALFORMED` if an id occurs twice, `LIST_TOO_LARGE` beyond what the format can hold.
 */
export function compileSnapshot(designations: Iterable<Designation>, { sha256 }: HashOptions = {}): Uint8Array {
  const entities = inIdOrder(designations);
  const rows = collectRows(entities);
  const dictionary = buildDictionary(rows.tokenTexts);
  const { tokenWeights } = dictionary;
  const rowSections = {
    starts: Uint32Array.from(rows.starts),
    tokens: Uint32Array.from(rows.tokens, (id) => ((id << 8) | tokenWeights[id]!) >>> 0),
  };
  const profileOfEntity = Uint8Array.from(entities, ({ type }) => profileIndexOf(type));
  const postings = buildPostings({
    rows: rowSections,
    tokenCount: tokenWeights.length,
    profileCount: profiles.length,
    profileOf: (row) => profileOfEntity[rows.entities[row]!]!,
  });
  const sections: Sections = {
    meta: encodeText(JSON.stringify(metaOf(entities, rows.comparable.size))),
    ...dictionary,
    rowStarts: rowSections.starts,
    rowTokens: rowSections.tokens,
    rowEntities: Uint32Array.from(rows.entities),
    rowNames: Uint32Array.from(rows.names),
    rowTraits: Uint32Array.from(rows.traits, packTraits),
    postingStarts: postings.starts,
    postingWords: postings.words,
    spacelessStarts: rows.spaceless.starts,
    spacelessEntries: rows.spaceless.entries,
    ...packIdentifiers(entities),
    ...packEntities(entities),
  };
  return packSections(sections, sha256);
}

export interface HashOptions {
  /** The runtime's, see `openSnapshot`. */
  readonly sha256?: Sha256;
}

/** The identity of a snapshot: SHA-256 of its bytes, in hex. */
export function snapshotVersion(bytes: Uint8Array, { sha256 = ownSha256 }: HashOptions = {}): string {
  return bytesToHex(digestOf(bytes, sha256));
}

interface CollectedRows {
  readonly tokenTexts: readonly string[];
  readonly starts: readonly number[];
  readonly tokens: readonly number[];
  readonly entities: readonly number[];
  readonly names: readonly number[];
  readonly traits: readonly RowTraits[];
  readonly spaceless: Buckets;
  /** Entities with at least one row. */
  readonly comparable: ReadonlySet<number>;
}

function collectRows(entities: readonly Designation[]): CollectedRows {
  const tokenIds = new Map<string, number>();
  const starts = [0];
  const tokens: number[] = [];
  const rowEntities: number[] = [];
  const names: number[] = [];
  const traits: RowTraits[] = [];
  const spaceless = bucketBuilder();
  const comparable = new Set<number>();

  for (const [entity, { type, names: listed, place }] of entities.entries()) {
    // Nobody is called like that: a place is looked for as one, word by word.
    if (place !== undefined) continue;
    for (const [name, { text, kind, strength }] of listed.entries()) {
      const readings = listVariants(text, type);
      for (const [variant, reading] of readings.entries()) {
        if (reading.length > LONGEST_ROW) throw new CordonError("LIST_TOO_LARGE", "a listed name has too many words");
        for (const token of reading) {
          const id = tokenIds.get(token.text) ?? tokenIds.size;
          tokenIds.set(token.text, id);
          tokens.push(id);
        }
        if (variant === 0) for (const key of wholeKeys(text, reading)) spaceless.add(hashText(key), rowEntities.length);
        starts.push(tokens.length);
        rowEntities.push(entity);
        names.push(name);
        traits.push({ type, kind, strength, variant });
        comparable.add(entity);
      }
    }
  }
  if (rowEntities.length > MOST_ROWS || tokenIds.size > MOST_IDS)
    throw new CordonError("LIST_TOO_LARGE", "a snapshot can hold 16,777,216 rows and as many words");
  return {
    tokenTexts: [...tokenIds.keys()],
    starts,
    tokens,
    entities: rowEntities,
    names,
    traits,
    spaceless: spaceless.build(),
    comparable,
  };
}

function buildDictionary(texts: readonly string[]) {
  const exact = bucketBuilder();
  const deletes = bucketBuilder();
  const keys = bucketBuilder();
  const hashes = new Uint32Array(MOST_DELETES);
  for (const [id, text] of texts.entries()) {
    const term = termOf(text);
    exact.add(hashText(term.plain), id);
    for (const key of listKeys(term)) keys.add(key, id);
    if (term.mark !== "" || editsAllowed(text.length) === 0) continue;
    const count = deleteHashes(text, hashes, true);
    for (let i = 0; i < count; i++) deletes.add(hashes[i]!, id);
  }
  const { starts: exactStarts, entries: exactEntries } = exact.build();
  const { starts: deleteStarts, entries: deleteEntries } = deletes.build();
  const { starts: keyStarts, entries: keyEntries } = keys.build();
  const { offsets, bytes } = concatenate(texts.map(encodeText));
  return {
    tokenOffsets: offsets,
    tokenBytes: bytes,
    tokenWeights: Uint8Array.from(texts, weightOf),
    exactStarts,
    exactEntries,
    deleteStarts,
    deleteEntries,
    keyStarts,
    keyEntries,
  };
}

type IdentifierSection =
  | "identifierStarts"
  | "identifierEntries"
  | "identifierOffsets"
  | "identifierBytes"
  | "identifierEntities"
  | "identifierPlaces";

function packIdentifiers(entities: readonly Designation[]): Pick<Sections, IdentifierSection> {
  const identifiers = buildIdentifiers(entities, (keys) => concatenate(keys.map(encodeText)));
  return {
    identifierStarts: identifiers.buckets.starts,
    identifierEntries: identifiers.buckets.entries,
    identifierOffsets: identifiers.offsets,
    identifierBytes: identifiers.bytes,
    identifierEntities: identifiers.entities,
    identifierPlaces: identifiers.places,
  };
}

function packEntities(
  entities: readonly Designation[],
): Pick<Sections, "idOffsets" | "idBytes" | "entityOffsets" | "entityBytes" | "sharedTexts"> {
  const ids = concatenate(entities.map(({ id }) => encodeText(id)));
  const encoded = encodeDesignations(entities);
  const { offsets, bytes } = concatenate(encoded.entities);
  return {
    idOffsets: ids.offsets,
    idBytes: ids.bytes,
    entityOffsets: offsets,
    entityBytes: bytes,
    sharedTexts: encoded.texts,
  };
}

function concatenate(parts: readonly Uint8Array[]): { readonly offsets: Uint32Array; readonly bytes: Uint8Array } {
  const offsets = new Uint32Array(parts.length + 1);
  let length = 0;
  for (const [i, part] of parts.entries()) {
    length += part.length;
    offsets[i + 1] = length;
  }
  if (length > 0xffffffff) throw new CordonError("LIST_TOO_LARGE", "a snapshot can hold 4 GB at most");
  const bytes = new Uint8Array(length);
  for (const [i, part] of parts.entries()) bytes.set(part, offsets[i]);
  return { offsets, bytes };
}

function metaOf(entities: readonly Designation[], comparable: number): SnapshotMeta {
  const places = entities.flatMap(({ place }, position) => (place === undefined ? [] : [position]));
  const counts = new Map<string, number>();
  for (const { list } of entities) counts.set(list, (counts.get(list) ?? 0) + 1);
  const lists = [...counts.keys()].toSorted().map((list) => ({ list, entries: counts.get(list)! }));
  const withoutComparableName = entities.length - comparable - places.length;
  return { engineVersion, lists, withoutComparableName, ...(places.length === 0 ? {} : { places }) };
}

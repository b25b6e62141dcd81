import { atOnce } from "../at-once.ts";
import type { Designation } from "../designation.ts";
import { engineVersion } from "../engine-version.ts";
import type { IdentifierSections } from "../evidence/identifier-index.ts";
import type { Buckets } from "../retrieval/buckets.ts";
import { type Dictionary, openDictionary } from "../retrieval/dictionary.ts";
import { POSTING_WORDS, type Postings, type Rows } from "../retrieval/postings.ts";
import { profiles } from "../score/profile.ts";
import { decodeDesignation, decodeText, decodeTexts } from "./designation-codec.ts";
import { invalid, type Sections, type Sha256, unpackingSteps } from "./layout.ts";

export interface SnapshotMeta {
  readonly engineVersion: string;
  readonly lists: readonly { readonly list: string; readonly entries: number }[];
  readonly withoutComparableName: number;
  /** Places of the entries that are a place or a word, ascending. Absent: none is. */
  readonly places?: readonly number[];
}

/** A snapshot as the search reads it: views over its bytes, nothing decoded but the few words of `meta`. */
export interface Snapshot {
  readonly meta: SnapshotMeta;
  readonly dictionary: Dictionary;
  readonly rows: Rows & {
    readonly count: number;
    readonly entities: Uint32Array;
    readonly names: Uint32Array;
    readonly traits: Uint32Array;
  };
  readonly postings: Postings;
  /** Hash of a whole name without spaces to the row of its plain reading. */
  readonly spaceless: Buckets;
  readonly identifiers: IdentifierSections;
  readonly entityCount: number;
  entity(position: number): Designation;
  /** Its id alone, without reading the rest of it. Positions are in id order. */
  entityId(position: number): string;
}

/** Throws `SNAPSHOT_INVALID` for any damage and for a snapshot of another engine version. */
export function readSnapshot(bytes: Uint8Array, hash?: Sha256): Snapshot {
  return atOnce(readingSteps(bytes, hash));
}

/** The same, in steps of some milliseconds at 100,000 names. */
export function* readingSteps(bytes: Uint8Array, hash?: Sha256): Generator<void, Snapshot, void> {
  const s = yield* unpackingSteps(bytes, hash);
  const meta = readMeta(s.meta);
  if (meta.engineVersion !== engineVersion) {
    throw invalid("it was compiled by another version of the engine", { engineVersion: meta.engineVersion });
  }
  checkShape(s);
  const texts = readTexts(s.sharedTexts);
  const entityId = (position: number): string =>
    decodeText(s.idBytes.subarray(s.idOffsets[position], s.idOffsets[position + 1]));
  return {
    meta,
    dictionary: openDictionary({
      offsets: s.tokenOffsets,
      bytes: s.tokenBytes,
      weights: s.tokenWeights,
      exact: { starts: s.exactStarts, entries: s.exactEntries },
      deletes: { starts: s.deleteStarts, entries: s.deleteEntries },
      keys: { starts: s.keyStarts, entries: s.keyEntries },
    }),
    rows: {
      count: s.rowEntities.length,
      starts: s.rowStarts,
      tokens: s.rowTokens,
      entities: s.rowEntities,
      names: s.rowNames,
      traits: s.rowTraits,
    },
    postings: { starts: s.postingStarts, words: s.postingWords },
    spaceless: { starts: s.spacelessStarts, entries: s.spacelessEntries },
    identifiers: {
      buckets: { starts: s.identifierStarts, entries: s.identifierEntries },
      offsets: s.identifierOffsets,
      bytes: s.identifierBytes,
      entities: s.identifierEntities,
      places: s.identifierPlaces,
    },
    entityCount: s.entityOffsets.length - 1,
    entityId,
    entity: (position) =>
      decodeDesignation(
        entityId(position),
        s.entityBytes.subarray(s.entityOffsets[position], s.entityOffsets[position + 1]),
        texts,
      ),
  };
}

function readMeta(bytes: Uint8Array): SnapshotMeta {
  try {
    return JSON.parse(decodeText(bytes)) as SnapshotMeta;
  } catch {
    throw invalid("its description cannot be read");
  }
}

function readTexts(bytes: Uint8Array): readonly string[] {
  try {
    return decodeTexts(bytes);
  } catch {
    throw invalid("its texts cannot be read");
  }
}

/** The hash vouches for the bytes; this vouches that whoever wrote them wrote arrays that belong together. */
function checkShape(s: Sections): void {
  const tokens = s.tokenOffsets.length - 1;
  const rows = s.rowEntities.length;
  const agree =
    s.tokenWeights.length === tokens &&
    s.tokenOffsets.at(-1) === s.tokenBytes.length &&
    s.exactStarts.at(-1) === s.exactEntries.length &&
    s.deleteStarts.at(-1) === s.deleteEntries.length &&
    s.keyStarts.at(-1) === s.keyEntries.length &&
    s.rowStarts.length === rows + 1 &&
    s.rowStarts.at(-1) === s.rowTokens.length &&
    s.rowNames.length === rows &&
    s.rowTraits.length === rows &&
    s.spacelessStarts.at(-1) === s.spacelessEntries.length &&
    s.postingStarts.length === tokens * profiles.length + 1 &&
    s.postingStarts.at(-1)! * POSTING_WORDS === s.postingWords.length &&
    s.identifierStarts.at(-1) === s.identifierEntries.length &&
    s.identifierOffsets.length === s.identifierEntities.length + 1 &&
    s.identifierOffsets.at(-1) === s.identifierBytes.length &&
    s.identifierPlaces.length === s.identifierEntities.length &&
    s.idOffsets.length === s.entityOffsets.length &&
    s.idOffsets.at(-1) === s.idBytes.length &&
    s.entityOffsets.at(-1) === s.entityBytes.length;
  if (!agree) throw invalid("its sections do not belong together");
}

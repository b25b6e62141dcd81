import { CordonError } from "@cordon/errors";

import type { Designation } from "../designation.ts";
import { type Buckets, bucketBuilder, lookUp, MOST_IDS } from "../retrieval/buckets.ts";
import { hashText } from "../retrieval/hash.ts";
import { keysOfListed } from "./listed-keys.ts";

/** The identifiers of a snapshot in flat arrays: key k is `bytes[offsets[k] .. offsets[k + 1])`. */
export interface IdentifierSections {
  /** Hash of a key to its place. */
  readonly buckets: Buckets;
  readonly offsets: Uint32Array;
  readonly bytes: Uint8Array;
  /** Position of the designation that has it, in id order. */
  readonly entities: Uint32Array;
  /** Which of the designation's identifiers it is; `NO_IDENTIFIER` for a key that links entries. */
  readonly places: Uint32Array;
}

/** The place of a key that stands for an entry, not for an identifier. */
export const NO_IDENTIFIER = 0xffffffff;

/** Keys by which entries of one party are linked: its own id, and the other publishers' keys that it cites. */
export function linkKeys({ id, references }: Pick<Designation, "id" | "references">): readonly string[] {
  return [...new Set([id, ...references])].map((reference) => `entry:${reference}`);
}

/** A key and whose it is. */
export interface IdentifierRow {
  readonly key: string;
  readonly entity: number;
  readonly place: number;
}

/** Every key of every designation, in id order; a key that a designation has twice stands for the first of the two. */
function* identifierRows(entities: readonly Designation[]): Generator<IdentifierRow> {
  for (const [entity, designation] of entities.entries()) {
    const seen = new Set<string>();
    for (const [place, identifier] of designation.identifiers.entries())
      for (const key of keysOfListed(identifier)) {
        if (seen.has(key)) continue;
        seen.add(key);
        yield { key, entity, place };
      }
    for (const key of linkKeys(designation)) yield { key, entity, place: NO_IDENTIFIER };
  }
}

/** Throws `LIST_TOO_LARGE` beyond what the format can hold. */
export function buildIdentifiers(
  entities: readonly Designation[],
  pack: (parts: readonly string[]) => { readonly offsets: Uint32Array; readonly bytes: Uint8Array },
): IdentifierSections {
  const rows = [...identifierRows(entities)];
  if (rows.length > MOST_IDS) throw new CordonError("LIST_TOO_LARGE", "a snapshot can hold 16,777,216 identifiers");
  const buckets = bucketBuilder();
  for (const [at, { key }] of rows.entries()) buckets.add(hashText(key), at);
  return {
    buckets: buckets.build(),
    ...pack(rows.map(({ key }) => key)),
    entities: Uint32Array.from(rows, ({ entity }) => entity),
    places: Uint32Array.from(rows, ({ place }) => place),
  };
}

/** Calls `found` for each designation that has the key. `hash` is that of the key; it may err, so the key itself has the last word. */
export function lookUpIdentifier(
  sections: IdentifierSections,
  {
    key,
    hash,
    decode,
  }: { readonly key: string; readonly hash: number; readonly decode: (bytes: Uint8Array) => string },
  found: (entity: number, place: number) => void,
): void {
  const { buckets, offsets, bytes, entities, places } = sections;
  lookUp(buckets, hash, (at) => {
    if (decode(bytes.subarray(offsets[at], offsets[at + 1])) === key) found(entities[at]!, places[at]!);
  });
}

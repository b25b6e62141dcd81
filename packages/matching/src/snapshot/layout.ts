import { CordonError } from "@cordon/errors";
import { sha256 } from "@noble/hashes/sha2.js";

import { atOnce } from "../at-once.ts";

/** A new SHA-256, which is given bytes in pieces; its digest is 32 bytes long. Node's `createHash("sha256")` is one. */
export type Sha256 = () => { update(piece: Uint8Array): unknown; digest(): Uint8Array };

/** In the language alone, for want of the runtime's: it takes some eight times as long. */
export const ownSha256: Sha256 = () => sha256.create();

/** SHA-256 of bytes that are at hand. */
export function digestOf(bytes: Uint8Array, hash: Sha256): Uint8Array {
  return atOnce(digestSteps(bytes, hash));
}

/** Bytes that are hashed in one step: some 2 ms with the runtime's hash. */
const HASHED_AT_ONCE = 1 << 22;

function* digestSteps(bytes: Uint8Array, newHash: Sha256): Generator<void, Uint8Array, void> {
  const hash = newHash();
  for (let at = 0; at < bytes.length; at += HASHED_AT_ONCE) {
    hash.update(bytes.subarray(at, at + HASHED_AT_ONCE));
    yield;
  }
  return hash.digest();
}

/**
 * The bytes of a snapshot, all integers little-endian:
 *
 *   0   8 bytes   magic
 *   8   u32       format version
 *   12  u32       length of the whole in bytes
 *   16  u32       number of sections
 *   20  12 bytes  zero
 *   32  32 bytes  SHA-256 of everything from byte 64
 *   64  directory: for each section u32 byte offset, u32 length in bytes, in the order of `sectionTypes`
 *   ..  the sections, each aligned to 64 bytes, zeros between
 *
 * A section is read as a typed array over the same memory: opening parses nothing.
 */
/** "CORDONIX" */
const MAGIC = Uint8Array.of(0x43, 0x4f, 0x52, 0x44, 0x4f, 0x4e, 0x49, 0x58);
/** Part of the engine's version: an engine reads no other. */
export const FORMAT_VERSION = 4;
const HEADER = 64;
const DIGEST = 32;
const ALIGNMENT = 64;
const DIRECTORY_ENTRY = 8;

/** Every section and the size of its elements in bytes. Their order is part of the format. */
const sectionTypes = {
  meta: 1,
  tokenOffsets: 4,
  tokenBytes: 1,
  tokenWeights: 1,
  exactStarts: 4,
  exactEntries: 4,
  deleteStarts: 4,
  deleteEntries: 4,
  keyStarts: 4,
  keyEntries: 4,
  rowStarts: 4,
  rowTokens: 4,
  rowEntities: 4,
  rowNames: 4,
  rowTraits: 4,
  postingStarts: 4,
  postingWords: 4,
  spacelessStarts: 4,
  spacelessEntries: 4,
  identifierStarts: 4,
  identifierEntries: 4,
  identifierOffsets: 4,
  identifierBytes: 1,
  identifierEntities: 4,
  identifierPlaces: 4,
  idOffsets: 4,
  idBytes: 1,
  entityOffsets: 4,
  entityBytes: 1,
  sharedTexts: 1,
} as const;

export type SectionName = keyof typeof sectionTypes;
type SectionArray<Size> = Size extends 4 ? Uint32Array : Uint8Array;
export type Sections = { readonly [Name in SectionName]: SectionArray<(typeof sectionTypes)[Name]> };

const names = Object.keys(sectionTypes) as readonly SectionName[];

export function packSections(sections: Sections, hash: Sha256 = ownSha256): Uint8Array {
  requireLittleEndian();
  const offsets: number[] = [];
  let length = HEADER + names.length * DIRECTORY_ENTRY;
  for (const name of names) {
    length = Math.ceil(length / ALIGNMENT) * ALIGNMENT;
    offsets.push(length);
    length += sections[name].byteLength;
  }
  if (length > 0xffffffff) throw new CordonError("LIST_TOO_LARGE", "a snapshot can hold 4 GB at most");

  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  view.setUint32(8, FORMAT_VERSION, true);
  view.setUint32(12, length, true);
  view.setUint32(16, names.length, true);
  for (const [i, name] of names.entries()) {
    const { buffer, byteOffset, byteLength } = sections[name];
    view.setUint32(HEADER + i * DIRECTORY_ENTRY, offsets[i]!, true);
    view.setUint32(HEADER + i * DIRECTORY_ENTRY + 4, byteLength, true);
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), offsets[i]);
  }
  bytes.set(digestOf(bytes.subarray(HEADER), hash), 32);
  return bytes;
}

/**
 * Checks magic, format, length, hash and every entry of the directory, then gives views. The bytes must not be
 * changed afterwards. `hash` is the runtime's SHA-256, where there is one. Throws `SNAPSHOT_INVALID`.
 */
export function unpackSections(given: Uint8Array, hash?: Sha256): Sections {
  return atOnce(unpackingSteps(given, hash));
}

/** The same, in steps of some milliseconds. */
export function* unpackingSteps(given: Uint8Array, hash: Sha256 = ownSha256): Generator<void, Sections, void> {
  requireLittleEndian();
  // Views need their alignment, which a slice of a larger buffer may not have.
  const bytes = given.byteOffset % ALIGNMENT === 0 ? given : given.slice();
  if (bytes.length < HEADER) throw invalid("it is shorter than its header");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (MAGIC.some((byte, i) => bytes[i] !== byte)) throw invalid("it is not a snapshot of this engine");
  const version = view.getUint32(8, true);
  if (version !== FORMAT_VERSION) throw invalid("its format is of another version", { version });
  if (view.getUint32(12, true) !== bytes.length) throw invalid("it is not as long as it says");
  const digest = yield* digestSteps(bytes.subarray(HEADER), hash);
  if (digest.length !== DIGEST || digest.some((byte, i) => bytes[32 + i] !== byte))
    throw invalid("its bytes are not those that were written");
  if (view.getUint32(16, true) !== names.length || bytes.subarray(20, 32).some((byte) => byte !== 0))
    throw invalid("its header is damaged");
  return readDirectory(bytes, view);
}

function readDirectory(bytes: Uint8Array, view: DataView): Sections {
  const sections: Partial<Record<SectionName, Uint8Array | Uint32Array>> = {};
  for (const [i, name] of names.entries()) {
    const offset = view.getUint32(HEADER + i * DIRECTORY_ENTRY, true);
    const length = view.getUint32(HEADER + i * DIRECTORY_ENTRY + 4, true);
    const size = sectionTypes[name];
    if (offset % ALIGNMENT !== 0 || length % size !== 0 || offset + length > bytes.length)
      throw invalid("a section lies outside it", { section: name });
    const at = bytes.byteOffset + offset;
    sections[name] =
      size === 4 ? new Uint32Array(bytes.buffer, at, length / 4) : new Uint8Array(bytes.buffer, at, length);
  }
  return sections as Sections;
}

/** Bytes of each section of a snapshot. Throws `SNAPSHOT_INVALID` as opening it does. */
export function sectionSizes(bytes: Uint8Array): Readonly<Record<SectionName, number>> {
  const sizes = Object.entries(unpackSections(bytes)).map(([name, section]) => [name, section.byteLength]);
  return Object.fromEntries(sizes) as Record<SectionName, number>;
}

export function invalid(reason: string, details: Readonly<Record<string, string | number>> = {}): CordonError {
  return new CordonError("SNAPSHOT_INVALID", `the snapshot cannot be used: ${reason}`, { details });
}

function requireLittleEndian(): void {
  if (new Uint8Array(Uint32Array.of(1).buffer)[0] !== 1) {
    throw new CordonError("CONFIG_INVALID", "snapshots need a little-endian machine");
  }
}

// oxlint-disable no-underscore-dangle -- avsc names the methods a type may override with a leading underscore
import avro from "avsc";

import type { ReadableType, Tap } from "./tap.ts";

/**
 * Avro types that read bytes from strangers. avsc reads on past the end of a buffer and leaves it to the caller to look
 * afterwards, so a count of a thousand million items in a record of ten bytes would keep it busy for minutes, or take
 * gigabytes. These types look at each item instead.
 */

/** The bytes are no record of the schema. Never leaves this package; says nothing of the content. */
class MalformedError extends Error {
  override readonly name = "MalformedError";
}

/**
 * Items the record being read may still claim. A record has no more items than bytes, so that nested blocks of items
 * that take no bytes cannot multiply. Set before each record; reading is synchronous.
 */
let itemsLeft = 0;

export function allowItems(count: number): void {
  itemsLeft = count;
}

/** Not even NaN passes, which a number of a thousand digits leaves as position. */
function insist(inside: boolean): void {
  if (!inside) throw new MalformedError("the bytes end before the record does");
}

/** The number of items in the next block, 0 after the last one. A negative count is followed by the block's size in bytes. */
export function blockCount(tap: Tap): number {
  let count = tap.readLong();
  if (count < 0) {
    count = -count;
    tap.skipLong();
  }
  insist(tap.pos <= tap.buf.length);
  if (!(count <= itemsLeft)) throw new MalformedError("a block claims more items than the record has bytes");
  itemsLeft -= count;
  return count;
}

class BoundedArray extends avro.types.ArrayType {
  /** Also a resolver's reader: then `this.itemsType` is the resolver of the items. */
  _read(tap: Tap): unknown[] {
    const items = this.itemsType as unknown as ReadableType;
    const values: unknown[] = [];
    for (let count = blockCount(tap); count > 0; count = blockCount(tap))
      while (count-- > 0) {
        values.push(items._read(tap));
        insist(tap.pos <= tap.buf.length);
      }
    return values;
  }

  /** Hot: each party has several. Item by item even where a block names its size: a size that is a lie would lead anywhere. */
  _skip(tap: Tap): void {
    const items = this.itemsType as unknown as ReadableType;
    for (let count = blockCount(tap); count > 0; count = blockCount(tap))
      while (count-- > 0) {
        items._skip(tap);
        insist(tap.pos <= tap.buf.length);
      }
  }
}

/** Ours have no maps; a producer's schema may, and then they are skipped. */
class BoundedMap extends avro.types.MapType {
  _read(): never {
    throw new MalformedError("maps are not read");
  }

  _skip(tap: Tap): void {
    const values = this.valuesType as ReadableType;
    for (let count = blockCount(tap); count > 0; count = blockCount(tap))
      while (count-- > 0) {
        const length = tap.readLong();
        insist(length >= 0);
        tap.pos += length;
        values._skip(tap);
        insist(tap.pos <= tap.buf.length);
      }
  }
}

/**
 * Bytes that own their memory. avsc's own insist on a Buffer when written; when read, a length that is no number
 * spoils the pool that every later read takes its memory from.
 */
class OwnBytes extends avro.types.BytesType {
  _read(tap: Tap): Uint8Array {
    const length = tap.readLong();
    const at = tap.pos;
    insist(length >= 0 && at + length <= tap.buf.length);
    tap.pos += length;
    return new Uint8Array(tap.buf.subarray(at, tap.pos));
  }

  _check(value: unknown, _flags: number, hook?: (value: unknown, type: unknown) => void): boolean {
    const fits = value instanceof Uint8Array;
    if (!fits) hook?.(value, this);
    return fits;
  }

  _write(tap: Tap, value: unknown): void {
    if (!(value instanceof Uint8Array)) throw new TypeError("bytes must be a Uint8Array");
    tap.writeLong(value.length);
    const at = tap.pos;
    tap.pos += value.length;
    if (tap.pos <= tap.buf.length) tap.buf.set(value, at);
  }
}

/** A union that knows any Uint8Array as bytes. avsc's own looks for a Buffer, which what we read is not. */
class BytesOrNull extends avro.types.UnwrappedUnionType {
  _getIndex(value: unknown): number | undefined {
    const known = value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value;
    return (unions._getIndex as (value: unknown) => number | undefined).call(this, known);
  }
}

const unions = avro.types.UnwrappedUnionType.prototype as unknown as { readonly _getIndex: unknown };

/** Beyond it avsc's own arithmetic, which doubles the number in a double, can turn its sign. */
const maxWrittenLong = 2 ** 52;

class ExactLong extends avro.types.LongType {
  _check(value: unknown, _flags: number, hook?: (value: unknown, type: unknown) => void): boolean {
    const fits = Number.isInteger(value) && Math.abs(value as number) <= maxWrittenLong;
    if (!fits) hook?.(value, this);
    return fits;
  }

  _write(tap: Tap, value: unknown): void {
    if (!this._check(value, 0)) throw new RangeError("a long must be an integer of at most 52 bits");
    tap.writeLong(value as number);
  }
}

/** Types that stand for themselves, by name. */
const ownTypes: Readonly<Record<string, new () => avro.Type>> = { bytes: OwnBytes, long: ExactLong };

/**
 * The avsc type of a schema, safe against bytes from strangers. Throws what avsc throws when the schema is none.
 * Logical types are left as what they stand on: times are numbers, decimals bytes.
 */
export function boundedType(schema: unknown): avro.Type {
  return avro.Type.forSchema(schema as Parameters<typeof avro.Type.forSchema>[0], {
    typeHook: (inner, options) => {
      if (Array.isArray(inner)) return inner.includes("bytes") ? new BytesOrNull(inner, options) : undefined;
      const name = typeof inner === "string" ? inner : "type" in inner ? inner.type : undefined;
      if (name === "array") return new BoundedArray(inner, options);
      if (name === "map") return new BoundedMap(inner, options);
      const Own = typeof name === "string" ? ownTypes[name] : undefined;
      return Own === undefined ? undefined : new Own();
    },
    omitRecordMethods: true,
  });
}

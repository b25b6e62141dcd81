// oxlint-disable no-underscore-dangle -- the reading side of avsc's types is `_read` and `_skip`; this file names them once for others
import avro from "avsc";

/** avsc's reader: a buffer and a position, which may have run past the end. Not in avsc's own typings. */
export interface Tap {
  buf: Buffer;
  pos: number;
  readLong(): number;
  skipLong(): void;
  skipString(): void;
  writeLong(value: number): void;
}

/** The side of an avsc type that reads. */
export interface ReadableType {
  _read(tap: Tap): unknown;
  _skip(tap: Tap): void;
}

type TapConstructor = new (buffer: Buffer, position: number) => Tap;

let caught: TapConstructor | null = null;

class Catcher extends avro.types.LongType {
  _read(tap: Tap): number {
    caught = tap.constructor as TapConstructor;
    return tap.readLong();
  }
}

/** Moves the tap behind a value of that type. */
export function skipValue(type: ReadableType, tap: Tap): void {
  type._skip(tap);
}

/** A reader of one's own. avsc exports none, but hands one to each type that reads. Throws where it no longer does. */
export function newTap(): Tap {
  if (caught === null) new Catcher().fromBuffer(Buffer.from([0]));
  if (caught === null) throw new Error("avsc hands its types no reader");
  return new caught(Buffer.alloc(0), 0);
}

/** What JSON holds of a packed value: a record is an array of its fields in their order, a text the number of one that is shared. */
export type Packed = null | number | string | readonly Packed[];

/** The number of a text that is shared, or the text. */
export type PackText = (text: string) => number | string;

/** Writes values of one type as little JSON, and reads them back. `null` stands for what is not there. */
export interface Packer<T> {
  readonly pack: (value: T, packText: PackText) => Packed;
  readonly unpack: (packed: Packed, texts: readonly string[]) => T;
}

/** A text, or one of a set of texts: what was packed is believed. */
export function text<T extends string>(): Packer<T> {
  return {
    pack: (value, packText) => packText(value),
    unpack: (packed, texts) => (typeof packed === "number" ? texts[packed] : packed) as T,
  };
}

export const flag: Packer<boolean> = {
  pack: (value) => (value ? 1 : 0),
  unpack: (packed) => packed === 1,
};

/** May be null. */
export function nullable<T>({ pack, unpack }: Packer<T>): Packer<T | null> {
  return {
    pack: (value, packText) => (value === null ? null : pack(value, packText)),
    unpack: (packed, texts) => (packed === null ? null : unpack(packed, texts)),
  };
}

/** May be lacking, and is left out then. */
export function lacking<T>({ pack, unpack }: Packer<T>): Packer<T | undefined> {
  return {
    pack: (value, packText) => (value === undefined ? null : pack(value, packText)),
    unpack: (packed, texts) => (packed === null ? undefined : unpack(packed, texts)),
  };
}

export function list<T>({ pack, unpack }: Packer<T>): Packer<readonly T[]> {
  return {
    pack: (values, packText) => (values.length === 0 ? null : values.map((value) => pack(value, packText))),
    unpack: (packed, texts) =>
      packed === null ? [] : (packed as readonly Packed[]).map((each) => unpack(each, texts)),
  };
}

/** A list that is left out when there is nothing in it. */
export function orNone<T>(of: Packer<T>): Packer<readonly T[] | undefined> {
  const { pack, unpack } = list(of);
  return {
    pack: (values, packText) => (values === undefined ? null : pack(values, packText)),
    unpack: (packed, texts) => (packed === null ? undefined : unpack(packed, texts)),
  };
}

/** Every field of a type in an order that is part of the format; fields at the end that are not there take no room. */
export function record<T extends object>(fields: { readonly [Field in keyof T]-?: Packer<T[Field]> }): Packer<T> {
  const names = Object.keys(fields) as (keyof T)[];
  return {
    pack(value, packText) {
      const packed = names.map((name) => fields[name].pack(value[name], packText));
      return packed.slice(0, packed.findLastIndex((each) => each !== null) + 1);
    },
    unpack(packed, texts) {
      const value: Partial<T> = {};
      const values = packed as readonly Packed[];
      for (const [at, name] of names.entries()) {
        const unpacked = fields[name].unpack(values[at] ?? null, texts);
        if (unpacked !== undefined) value[name] = unpacked;
      }
      return value as T;
    },
  };
}

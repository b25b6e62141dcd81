import type { AskedKind } from "./identifier-keys.ts";
import type { Token } from "./text-tokens.ts";

/** Bits of what is said of a number that begins with a token. */
export const said = {
  PASSPORT: 1,
  REGISTER: 2,
  NUMBER: 4,
  IMO: 8,
  MMSI: 16,
  BIC: 32,
  PHONE: 64,
  /** Only by a vague word. */
  VAGUE: 128,
} as const;

const bitOf: Readonly<Partial<Record<AskedKind, number>>> = {
  PASSPORT: said.PASSPORT,
  NATIONAL_ID: said.REGISTER,
  TAX_ID: said.REGISTER,
  REGISTRATION: said.REGISTER,
  OTHER: said.NUMBER,
  IMO: said.IMO,
  MMSI: said.MMSI,
  BIC: said.BIC,
  PHONE: said.PHONE,
};

const anyNumber = said.PASSPORT | said.REGISTER | said.NUMBER;

/** What is said of the numbers that begin with each token, in words and in the field's own kind. */
export interface SaidOf {
  readonly bits: Uint8Array;
  /** The kind that a word beside it says, for a person to read. */
  readonly kinds: readonly (AskedKind | undefined)[];
}

/** How far a word speaks: tokens and UTF-16 units behind it, and in front of it. */
const REACH = { tokens: 6, units: 48, back: 3, backUnits: 14 };

/** A label speaks of the tokens behind it and, with less force, of those just in front. */
export function saidOf(tokens: readonly Token[], field: AskedKind | null): SaidOf {
  const bits = new Uint8Array(tokens.length).fill(field === null ? 0 : (bitOf[field] ?? 0));
  const kinds: (AskedKind | undefined)[] = [];
  for (const [i, { label, start, end }] of tokens.entries()) {
    if (label === null) continue;
    const bit = bitOf[label.kind] ?? 0;
    for (let k = i + 1; k <= i + REACH.tokens && k < tokens.length && tokens[k]!.start - end <= REACH.units; k++) {
      say(bits, k, bit, label.vague);
      kinds[k] = label.kind;
    }
    for (let k = i - 1; k >= i - REACH.back && k >= 0 && start - tokens[k]!.end <= REACH.backUnits; k--) {
      say(bits, k, bit, true);
      kinds[k] ??= label.kind;
    }
  }
  return { bits, kinds };
}

/** A number that is plainly said to be one stays so, whatever vague word stands beside it. */
function say(bits: Uint8Array, at: number, bit: number, vague: boolean): void {
  const before = bits[at]!;
  const plainly = (before & anyNumber) !== 0 && (before & said.VAGUE) === 0;
  if (!vague) bits[at] = ((before & ~(before & said.VAGUE ? anyNumber | said.VAGUE : 0)) | bit) & 0xff;
  else if ((bit & anyNumber) === 0) bits[at] = before | bit;
  else if (!plainly) bits[at] = before | bit | said.VAGUE;
}

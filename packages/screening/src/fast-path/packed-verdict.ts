import type { ClearPart } from "@cordon/decisions";

/** A clear part in one integer of 31 bits: 6 of fields screened, 2 of names, 7 of its size, 4 of fields left out, the rest its work in units. */
export type PackedPart = number;

/** No packed part. */
export const NOT_PACKED = -1;

const MOST_FIELDS = 63;
const MOST_NAMES = 3;
const MOST_SIZE = 127;
const MOST_LEFT_OUT = 15;
const MOST_UNITS = 4095;

/** Steps that make one unit; a part of one is a whole one, so that sums err on the side of too much. */
const UNIT = 8192;

/** `NOT_PACKED` for what is not clear, and for what does not fit: such a part is judged with its event. */
export function packed(verdict: ClearPart | "not-clear"): PackedPart {
  if (verdict === "not-clear") return NOT_PACKED;
  const { fieldsScreened, namesScreened, fieldsLeftOut, size, work } = verdict;
  const units = Math.ceil(work / UNIT);
  if (fieldsScreened > MOST_FIELDS || namesScreened > MOST_NAMES || size > MOST_SIZE) return NOT_PACKED;
  if (fieldsLeftOut > MOST_LEFT_OUT || units > MOST_UNITS) return NOT_PACKED;
  return fieldsScreened | (namesScreened << 6) | (size << 8) | (fieldsLeftOut << 15) | (units << 19);
}

export function fieldsOf(part: PackedPart): number {
  return part & MOST_FIELDS;
}

export function namesOf(part: PackedPart): number {
  return (part >> 6) & MOST_NAMES;
}

export function sizeOf(part: PackedPart): number {
  return (part >> 8) & MOST_SIZE;
}

export function leftOutOf(part: PackedPart): number {
  return (part >> 15) & MOST_LEFT_OUT;
}

/** No less than it took. */
export function workOf(part: PackedPart): number {
  return (part >> 19) * UNIT;
}

/** The same part after so much more work; `NOT_PACKED` where that does not fit. */
export function withMoreWork(part: PackedPart, work: number): PackedPart {
  const units = (part >> 19) + Math.ceil(work / UNIT);
  return units > MOST_UNITS ? NOT_PACKED : (part & ((1 << 19) - 1)) | (units << 19);
}

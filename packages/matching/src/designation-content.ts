import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

import type { Designation } from "./designation.ts";

/**
 * The fields a change is looked for in. `updatedOn` is not one, nor are the remarks: a new stamp or a sentence put
 * better changes nothing for screening.
 */
export const comparedFields = [
  "type",
  "names",
  "regime",
  "regimeCode",
  "measures",
  "birthDates",
  "nationalities",
  "identifiers",
  "designatedOn",
  "references",
  "assetFreeze",
  "addresses",
  "birthPlaces",
  "vesselFacts",
  "place",
] as const satisfies readonly (keyof Designation)[];

export type ComparedField = (typeof comparedFields)[number];

function normalisedText(text: string): string {
  return text.normalize("NFKC").toLowerCase().replaceAll(/\s+/g, " ").trim();
}

/** A capital in the address of a wallet is marked, because it is another wallet with a small letter there. */
function withWalletsMarked(identifiers: Designation["identifiers"]): Designation["identifiers"] {
  return identifiers.map((identifier) =>
    identifier.kind === "WALLET"
      ? { ...identifier, value: identifier.value.replaceAll(/[A-Z]/g, (capital) => `^${capital}`) }
      : identifier,
  );
}

/** One text for a value: equal for values that differ only in case, white space, order or repetition. */
function normalised(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(normalisedText(value));
  if (Array.isArray(value)) return `[${[...new Set(value.map(normalised))].toSorted().join(",")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${name}:${normalised(field)}`).join(",")}}`;
}

/** One text for a field: equal for values that are the same for screening. */
export function normalisedField(designation: Designation, field: ComparedField): string {
  return normalised(field === "identifiers" ? withWalletsMarked(designation.identifiers) : designation[field]);
}

/**
 * SHA-256, hexadecimal, over the compared fields of an entry: equal for two versions exactly where `diffDesignations` finds no
 * change between them. 30 microseconds.
 */
export function designationHash(designation: Designation): string {
  // An entry that is no place has the hash that it had before there were any.
  const told = comparedFields.filter((field) => field !== "place" || designation.place !== undefined);
  const fields = told.map((field) => `${field}=${normalisedField(designation, field)}`);
  return bytesToHex(sha256(utf8ToBytes(fields.join("\n"))));
}

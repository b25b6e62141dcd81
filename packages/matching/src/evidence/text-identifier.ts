import type { AskedKind } from "./identifier-keys.ts";

/** A part of a text that reads like an identifier; offsets are UTF-16 units. */
export interface TextIdentifier {
  /** What it shows or is said to be; `OTHER` where nothing tells. */
  readonly kind: AskedKind;
  readonly start: number;
  readonly end: number;
  readonly keys: readonly string[];
}

/** Where a text stands: the kind that its field is for, and the countries that the event knows of the bearer. */
export interface Standing {
  readonly field: AskedKind | null;
  readonly countries: readonly string[];
}

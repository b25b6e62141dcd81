/** Codes of countries (ISO 3166) and currencies (ISO 4217) are no longer. */
export const LONGEST_CODE = 3;

/** ASCII letters and digits, in UTF-8 and in UTF-16. */
export function isCodeUnit(unit: number): boolean {
  return (unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a);
}

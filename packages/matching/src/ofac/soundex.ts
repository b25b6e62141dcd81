const groups = ["BFPV", "CGJKQSXZ", "DT", "L", "MN", "R"] as const;

/** From 1; 0 for a letter that counts not: a vowel, H, W, Y. */
function digitOf(letter: string): number {
  return groups.findIndex((group) => group.includes(letter)) + 1;
}

const CODE_LENGTH = 4;

/**
 * American Soundex, as the National Archives describe it: a letter and three digits. Neighbours of one digit count once, also with H or W
 * between them; a vowel between them parts them. Null for a text without a Latin letter. `text` in capitals.
 */
export function soundex(text: string): string | null {
  const letters = text.replaceAll(/[^A-Z]/g, "");
  const first = letters[0];
  if (first === undefined) return null;
  let code = first;
  let before = digitOf(first);
  for (const letter of letters.slice(1)) {
    const digit = digitOf(letter);
    if (digit > 0 && digit !== before) code += String(digit);
    if (code.length === CODE_LENGTH) break;
    if (letter !== "H" && letter !== "W") before = digit;
  }
  return code.padEnd(CODE_LENGTH, "0");
}

import fc from "fast-check";

/** Few letters make collisions, repeats and transpositions likely; the second alphabet exercises the skeleton. */
const alphabets = ["ab", "abc1", "ivx", "aehw", "hpfkcgqdtszaeiouywj", "abcdefghijklmnopqrstuvwxyz0123456789"];

export function words(minLength: number, maxLength: number): fc.Arbitrary<string> {
  return fc
    .constantFrom(...alphabets)
    .chain((letters) => fc.string({ unit: fc.constantFrom(...letters.split("")), minLength, maxLength }));
}

/** A word and a word some edits away from it. */
export function editedWords(): fc.Arbitrary<readonly [string, string]> {
  return fc
    .tuple(
      words(1, 12),
      fc.array(fc.tuple(fc.nat(3), fc.nat(20), fc.constantFrom(..."abehkwz1".split(""))), { maxLength: 3 }),
    )
    .map(([word, edits]) => [word, edits.reduce((text, edit) => applyEdit(text, edit), word)] as const);
}

function applyEdit(text: string, [kind, place, letter]: readonly [number, number, string]): string {
  const at = text.length === 0 ? 0 : place % text.length;
  switch (kind) {
    case 0:
      return text.slice(0, at) + text.slice(at + 1);
    case 1:
      return text.slice(0, at) + letter + text.slice(at);
    case 2:
      return text.slice(0, at) + letter + text.slice(at + 1);
    default:
      return text.slice(0, at) + text.slice(at + 1, at + 2) + text.slice(at, at + 1) + text.slice(at + 2);
  }
}

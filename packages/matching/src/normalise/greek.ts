/** Two Greek letters for one sound, before the letters are romanised one by one. */
const pairs: readonly (readonly [RegExp, string])[] = [
  [/^μπ/, "b"],
  [/^ντ/, "d"],
  [/^γκ/, "g"],
  [/γ(?=[γκξχ])/g, "n"],
  [/μπ/g, "mb"],
  [/ου/g, "ou"],
  [/ευ/g, "ev"],
  [/αυ/g, "av"],
  [/χ/g, "ch"],
];

/** Lower case, accents off (save the diaeresis, which keeps two letters apart). */
export function greekPairs(word: string): string {
  let out = word
    .toLowerCase()
    .normalize("NFD")
    .replace(/\u0301/g, "");
  for (const [pair, latin] of pairs) out = out.replace(pair, latin);
  return out.normalize("NFC");
}

/**
 * Brahmic scripts of India write a vowel with every consonant unless another is marked. Their blocks are laid out alike
 * (Unicode follows ISCII), so one table at offsets from the block's start serves Devanagari to Malayalam.
 */
const FIRST = 0x0900;
const LAST = 0x0d7f;
const BLOCK = 0x80;
const VIRAMA = 0x4d;

const independent: Readonly<Record<number, string>> = {
  0x05: "a",
  0x06: "a",
  0x07: "i",
  0x08: "i",
  0x09: "u",
  0x0a: "u",
  0x0b: "ri",
  0x0d: "e",
  0x0e: "e",
  0x0f: "e",
  0x10: "ai",
  0x11: "o",
  0x12: "o",
  0x13: "o",
  0x14: "au",
};
const consonants: Readonly<Record<number, string>> = {
  0x15: "k",
  0x16: "kh",
  0x17: "g",
  0x18: "gh",
  0x19: "n",
  0x1a: "ch",
  0x1b: "chh",
  0x1c: "j",
  0x1d: "jh",
  0x1e: "n",
  0x1f: "t",
  0x20: "th",
  0x21: "d",
  0x22: "dh",
  0x23: "n",
  0x24: "t",
  0x25: "th",
  0x26: "d",
  0x27: "dh",
  0x28: "n",
  0x29: "n",
  0x2a: "p",
  0x2b: "ph",
  0x2c: "b",
  0x2d: "bh",
  0x2e: "m",
  0x2f: "y",
  0x30: "r",
  0x31: "r",
  0x32: "l",
  0x33: "l",
  0x34: "l",
  0x35: "v",
  0x36: "sh",
  0x37: "sh",
  0x38: "s",
  0x39: "h",
  0x58: "q",
  0x59: "kh",
  0x5a: "gh",
  0x5b: "z",
  0x5c: "r",
  0x5d: "rh",
  0x5e: "f",
  0x5f: "y",
};
const signs: Readonly<Record<number, string>> = {
  0x3e: "a",
  0x3f: "i",
  0x40: "i",
  0x41: "u",
  0x42: "u",
  0x43: "ri",
  0x45: "e",
  0x46: "e",
  0x47: "e",
  0x48: "ai",
  0x49: "o",
  0x4a: "o",
  0x4b: "o",
  0x4c: "au",
  0x56: "ai",
  0x57: "au",
};
const nasals: Readonly<Record<number, string>> = { 0x01: "n", 0x02: "n", 0x03: "h" };
const nukta: Readonly<Record<string, string>> = { ph: "f", j: "z", k: "q", d: "r", dh: "rh" };

/** A word in such a script in Latin letters, or undefined if it holds anything else. */
export function indicInLatin(word: string): string | undefined {
  let out = "";
  // A consonant whose own vowel is still to come or to be left out.
  let open = false;
  for (const character of word.normalize("NFD")) {
    const code = character.codePointAt(0)!;
    if (code === 0x200c || code === 0x200d) continue;
    if (code < FIRST || code > LAST) return undefined;
    const at = code % BLOCK;
    const consonant = consonants[at];
    if (consonant !== undefined) {
      if (open) out += "a";
      out += consonant;
      open = true;
    } else if (at === VIRAMA) {
      open = false;
    } else if (at === 0x3c) {
      const last = Object.keys(nukta).find((latin) => out.endsWith(latin));
      if (last !== undefined) out = out.slice(0, -last.length) + nukta[last]!;
    } else {
      const vowel = signs[at];
      if (vowel === undefined && open) out += "a";
      out += vowel ?? independent[at] ?? nasals[at] ?? "";
      open = false;
    }
  }
  // The last consonant keeps its vowel only after another consonant: Narendra, but Ram.
  return open && /[^aeiou][^aeiouh]h?$/.test(out) ? `${out}a` : out;
}

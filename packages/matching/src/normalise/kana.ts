/** Japanese syllables in Latin letters, Hepburn without long vowels. */
import anyAscii from "any-ascii";

/** Those that stand behind another syllable, in small. */
export const smallKana: Readonly<Record<string, string>> = {
  ゃ: "ya",
  ゅ: "yu",
  ょ: "yo",
  ぁ: "a",
  ぃ: "i",
  ぅ: "u",
  ぇ: "e",
  ぉ: "o",
};
const hepburn: Readonly<Record<string, string>> = {
  し: "shi",
  ち: "chi",
  つ: "tsu",
  ふ: "fu",
  じ: "ji",
  ぢ: "ji",
  づ: "zu",
  を: "o",
  ん: "n",
  ゔ: "vu",
};

/** A katakana as the hiragana of the same syllable; any other character as it is. */
export function hiragana(character: string): string {
  const code = character.codePointAt(0)!;
  return code >= 0x30a1 && code <= 0x30f6 ? String.fromCodePoint(code - 0x60) : character;
}

/** A word of kana; characters of other scripts are romanised like any other. */
export function kanaInLatin(word: string): string {
  let out = "";
  let doubled = false;
  for (const character of word.normalize("NFKC")) {
    const kana = hiragana(character);
    if (kana === "っ") {
      doubled = true;
    } else if (kana === "ー") {
      continue;
    } else if (smallKana[kana] !== undefined) {
      out = withSmall(out, smallKana[kana]);
    } else {
      const syllable =
        hepburn[kana] ??
        anyAscii(kana)
          .toLowerCase()
          .replace(/[^a-z0-9]/g, "");
      out += doubled ? syllable.slice(0, 1) + syllable : syllable;
      doubled = false;
    }
  }
  return out.replace(/ou/g, "o").replace(/([aeiou])\1+/g, "$1");
}

/** Ki and ya are kya, shi and ya sha, fu and i fi, te and i ti. */
function withSmall(before: string, vowel: string): string {
  if (!/[aeiou]$/.test(before)) return before + vowel;
  const stem = before.slice(0, -1);
  if (vowel.startsWith("y")) return /(?:sh|ch|j)$/.test(stem) ? stem + vowel.slice(1) : stem + vowel;
  return stem === "" || /[aeiou]$/.test(stem) ? `${stem}w${vowel}` : stem + vowel;
}

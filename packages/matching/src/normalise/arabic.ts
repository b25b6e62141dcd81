/**
 * Words in the Arabic script (Arabic, Persian, Urdu, Kurdish, Pashto). Short vowels are not written, so a word that no
 * table knows is read as its consonants, marked with a leading 0: `0hmd`. Only such words take part in the abjad relation.
 */
const letters: Readonly<Record<string, string>> = {
  ب: "b",
  ت: "t",
  ث: "t",
  ج: "j",
  ح: "h",
  خ: "k",
  د: "d",
  ذ: "z",
  ر: "r",
  ز: "z",
  س: "s",
  ش: "s",
  ص: "s",
  ض: "z",
  ط: "t",
  ظ: "z",
  غ: "g",
  ف: "f",
  ق: "q",
  ك: "k",
  ل: "l",
  م: "m",
  ن: "n",
  ه: "h",
  پ: "p",
  چ: "c",
  ژ: "j",
  گ: "g",
  ڤ: "v",
  ٹ: "t",
  ڈ: "d",
  ڑ: "r",
  ں: "n",
  ھ: "h",
  ہ: "h",
  ۀ: "h",
  و: "w",
  ي: "y",
};

/** One spelling of what Arabic and its neighbours write in several: forms of alef, ya and kaf; points and length lost. */
export function plainArabic(word: string): string {
  return word
    .normalize("NFKC")
    .replace(/[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]/g, "")
    .replace(/[أإآٱ]/g, "ا")
    .replace(/[ىیېۍےئێ]/g, "ي")
    .replace(/[کڪګ]/g, "ك")
    .replace(/[ڨڭݣڴ]/g, "گ")
    .replace(/ڕ/g, "ر")
    .replace(/ڵ/g, "ل")
    .replace(/[ؤۆۇۈۋ]/g, "و")
    .replace(/[ةۃە]/g, "ه")
    .replace(/ء/g, "");
}

/** The consonants of a plain word, or all it has if that is not enough to tell anything. */
export function arabicConsonants(plain: string): string {
  let out = "";
  for (const letter of plain) out += letters[letter] ?? "";
  return `0${out.replace(/h$/, "")}`;
}

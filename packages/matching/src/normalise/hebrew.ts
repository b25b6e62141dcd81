/** Words in the Hebrew script, read as consonants like Arabic ones; vowels are hardly written. */
const letters: Readonly<Record<string, string>> = {
  ב: "b",
  ג: "g",
  ד: "d",
  ה: "h",
  ו: "w",
  ז: "z",
  ח: "h",
  ט: "t",
  י: "y",
  כ: "k",
  ך: "k",
  ל: "l",
  מ: "m",
  ם: "m",
  נ: "n",
  ן: "n",
  ס: "s",
  פ: "p",
  ף: "p",
  צ: "s",
  ץ: "s",
  ק: "q",
  ר: "r",
  ש: "s",
  ת: "t",
};

export function plainHebrew(word: string): string {
  return word.normalize("NFKC").replace(/[\u0591-\u05c7'"׳״]/g, "");
}

export function hebrewConsonants(plain: string): string {
  let out = "";
  for (const letter of plain) out += letters[letter] ?? "";
  return `0${out.replace(/h$/, "")}`;
}

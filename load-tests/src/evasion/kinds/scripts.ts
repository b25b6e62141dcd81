import type { Random } from "@cordon/simulator";

const cyrillicOf: readonly (readonly [latin: string, cyrillic: string])[] = Object.entries({
  shch: "щ",
  zh: "ж",
  kh: "х",
  ts: "ц",
  ch: "ч",
  sh: "ш",
  ya: "я",
  yu: "ю",
  yo: "ё",
  ia: "ия",
  iy: "ий",
  yy: "ый",
  a: "а",
  b: "б",
  v: "в",
  g: "г",
  d: "д",
  e: "е",
  z: "з",
  i: "и",
  y: "ы",
  k: "к",
  l: "л",
  m: "м",
  n: "н",
  o: "о",
  p: "п",
  r: "р",
  s: "с",
  t: "т",
  u: "у",
  f: "ф",
  h: "х",
  j: "дж",
  c: "к",
});

/** A Russian name in its own letters, as far as its romanisation tells; null for what has other letters. */
export function inCyrillic(text: string): string | null {
  if (!/^[A-Za-z ]+$/.test(text) || !/(?:ov|ev|in|ich|iy|aya|na|sky|ko)\b/i.test(text)) return null;
  let rest = text.toLowerCase();
  let written = "";
  while (rest !== "") {
    const found = cyrillicOf.find(([latin]) => rest.startsWith(latin));
    written += found?.[1] ?? (rest.startsWith(" ") ? " " : "");
    rest = rest.slice(found?.[0].length ?? 1);
  }
  return written.replaceAll(/(^|\s)(\p{L})/gu, (_, gap: string, letter: string) => gap + letter.toUpperCase());
}

export const arabicName = /^[\p{Script=Arabic}\s]+$/u;

const accents: Readonly<Record<string, string>> = {
  a: "áàâãä",
  e: "éèêë",
  i: "íìîï",
  o: "óòôõö",
  u: "úùûü",
  n: "ñ",
  c: "ç",
  y: "ý",
};

/** The same with accents upon some of its letters, as people of some countries would write it; null where none bears one. */
export function withAccents(text: string, random: Random): string | null {
  if (!/^[\x20-\x7e]+$/.test(text)) return null;
  let put = 0;
  const written = text.replaceAll(/[aeiounc]/g, (letter) => {
    if (!random.oneIn(3)) return letter;
    put++;
    return random.pick(Array.from(accents[letter]!));
  });
  return put > 0 ? written : null;
}

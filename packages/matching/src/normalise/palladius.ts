/**
 * Chinese names in Cyrillic, as the Palladius system writes them (Цзиньпин), in pinyin. Every syllable of it is the
 * Cyrillic of an initial before that of a final, so the table is made of the two.
 */
const initials: Readonly<Record<string, string>> = Object.fromEntries(
  "b:б p:п m:м f:ф d:д t:т n:н l:л g:г k:к h:х j:цз q:ц x:с zh:чж ch:ч sh:ш r:ж z:цз c:ц s:с".split(" ").map(cells),
);
const finals: Readonly<Record<string, string>> = Object.fromEntries(
  (
    "a:а e:э ai:ай ei:эй ao:ао ou:оу an:ань en:энь ang:ан eng:эн ong:ун u:у ua:уа uo:о uai:уай ui:уй uan:уань un:унь uang:уан " +
    "i:и ia:я ie:е iao:яо iu:ю ian:янь in:инь iang:ян ing:ин iong:юн v:юй ve:юэ van:юань vn:юнь"
  )
    .split(" ")
    .map(cells),
);
/** After j, q and x only finals with a front vowel stand, after z, c and s only others: so цзи is ji and цзан zang. */
const front = /^[iv]/;
const frontOnly = new Set(["j", "q", "x"]);
const backOnly = new Set(["zh", "ch", "sh", "r", "z", "c", "s", "g", "k", "h"]);
/** Syllables without an initial, and those that are written otherwise than their parts. */
const irregular =
  "ai:ай ei:эй en:энь an:ань ang:ан ao:ао e:э er:эр ou:оу yi:и ya:я ye:е yao:яо you:ю yan:янь yin:инь yang:ян ying:ин yong:юн yu:юй " +
  "yue:юэ yuan:юань yun:юнь wu:у wa:ва wo:во wai:вай wei:вэй wan:вань wen:вэнь wang:ван weng:вэн zhi:чжи chi:чи shi:ши " +
  "ri:жи zi:цзы ci:цы si:сы hui:хуэй hui:хой bo:бо po:по mo:мо fo:фо";

function cells(entry: string): readonly [string, string] {
  const [latin, cyrillic] = entry.split(":");
  return [latin!, cyrillic!];
}

const syllables = new Map<string, string>();
for (const [initial, first] of Object.entries(initials)) {
  for (const [final, rest] of Object.entries(finals)) {
    if (front.test(final) ? backOnly.has(initial) : frontOnly.has(initial)) continue;
    syllables.set(first + rest, initial + final.replace("v", frontOnly.has(initial) ? "u" : "v").replace("v", "u"));
  }
}
for (const [latin, cyrillic] of irregular.split(" ").map(cells)) syllables.set(cyrillic, latin);

const alternatives = [...syllables.keys()].toSorted((a, b) => b.length - a.length).join("|");
const MOST_SYLLABLES = 3;
const word = new RegExp(`^(${alternatives})ъ?(${alternatives})?ъ?(${alternatives})?$`, "u");
/** Sounds that no Russian word or name has, and such as hardly any has. */
const telling = /цз|чж|сяо|сян|сюэ|сюй|сюань|цян|цяо|цюй|цюань|[бпмфвдтнлгкхжшчр]э/u;

/** The pinyin of a word, if all of it is Chinese syllables in the Palladius system. `word`: lower case. */
export function pinyinOfPalladius(cyrillic: string): string | undefined {
  const found = word.exec(cyrillic);
  if (found === null) return undefined;
  return found
    .slice(1, 1 + MOST_SYLLABLES)
    .map((syllable) => (syllable === undefined ? "" : syllables.get(syllable)!))
    .join("");
}

/** True if all words are such syllables and one of them can hardly be anything else. */
export function isPalladius(words: readonly string[]): boolean {
  return words.some((one) => telling.test(one)) && words.every((one) => pinyinOfPalladius(one) !== undefined);
}

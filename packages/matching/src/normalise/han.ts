import anyAscii from "any-ascii";

import { reading } from "../names/readings.ts";

/** Chinese family names of two characters. */
const twoCharacters = new Set(
  "欧阳 歐陽 司马 司馬 诸葛 諸葛 上官 皇甫 令狐 司徒 尉迟 尉遲 公孙 公孫 夏侯 东方 東方 慕容 宇文 长孙 長孫 端木 独孤 南宫 轩辕 百里 钟离".split(
    " ",
  ),
);

export function isTwoCharacterFamily(two: string): boolean {
  return twoCharacters.has(two);
}

/** Parts of the names of organisations, and what a Latin list writes for them. */
const parts: readonly (readonly [han: string, latin: string])[] = [
  ["有限责任公司", "co ltd"],
  ["股份有限公司", "co ltd"],
  ["有限公司", "co ltd"],
  ["有限責任公司", "co ltd"],
  ["株式会社", "co ltd"],
  ["公司", "co"],
  ["集团", "group"],
  ["集團", "group"],
  ["银行", "bank"],
  ["銀行", "bank"],
  ["技术", "technology"],
  ["技術", "technology"],
  ["科技", "technology"],
  ["国际", "international"],
  ["國際", "international"],
  ["贸易", "trading"],
  ["貿易", "trading"],
  ["中国", "china"],
  ["中國", "china"],
  ["朝鲜", "korea"],
  ["朝鮮", "korea"],
  ["航运", "shipping"],
  ["航運", "shipping"],
  ["海运", "shipping"],
  ["海運", "shipping"],
  ["石油", "oil"],
  ["化工", "chemical"],
  ["工业", "industry"],
  ["工業", "industry"],
  ["大学", "university"],
  ["大學", "university"],
  ["进出口", "import export"],
  ["進出口", "import export"],
  ["投资", "investment"],
  ["投資", "investment"],
  ["电子", "electronics"],
  ["電子", "electronics"],
  ["能源", "energy"],
  ["物流", "logistics"],
  ["研究所", "research institute"],
  ["研究院", "research institute"],
];

/** Pinyin without tones, one syllable a character. */
function pinyin(run: string): string {
  let out = "";
  for (const character of run)
    out += anyAscii(character)
      .toLowerCase()
      .replace(/[^a-z0-9]/g, "");
  return out;
}

/** Han characters parted by a dot, as China and Taiwan write the names of foreigners: what they sound like is all there is. */
export const dottedHan = /\p{Script=Han}[·•・‧∙﹒．‑-]\p{Script=Han}/u;

const LONGEST_PERSON = 4;

/**
 * A run of Han characters as words. Up to four are a Chinese name: the family name, then the given name in one word. In
 * a name written in several runs each is a word. Longer runs, and such as name an organisation, fall into known parts
 * and what stands between them.
 */
export function hanWords(run: string, alone: boolean): readonly string[] {
  if (namesOrganisation(run)) return organisationWords(run);
  const characters = Array.from(run);
  if (!alone || characters.length === 1) return [pinyin(run)];
  if (characters.length > LONGEST_PERSON) return [pinyin(run)];
  const japanese = characters.length === LONGEST_PERSON ? japaneseWords(run) : undefined;
  if (japanese !== undefined) return japanese;
  const family = characters.length > 2 && twoCharacters.has(characters.slice(0, 2).join("")) ? 2 : 1;
  return [pinyin(characters.slice(0, family).join("")), pinyin(characters.slice(family).join(""))];
}

/** Whether a part of a run says that it is the name of an organisation. */
export function namesOrganisation(run: string): boolean {
  return parts.some(([han]) => run.includes(han));
}

/** Four characters of which the first two are a Japanese family name that the table knows. */
function japaneseWords(run: string): readonly string[] | undefined {
  const family = reading(run.slice(0, 2));
  if (family === undefined) return undefined;
  return [family, reading(run.slice(2)) ?? pinyin(run.slice(2))];
}

function organisationWords(run: string): readonly string[] {
  if (run === "") return [];
  const [first] = parts
    .map(([han, latin]) => ({ han, latin, at: run.indexOf(han) }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at || b.han.length - a.han.length);
  if (first === undefined) return [pinyin(run)];
  const before = run.slice(0, first.at);
  return [
    ...(before === "" ? [] : [pinyin(before)]),
    ...first.latin.split(" "),
    ...organisationWords(run.slice(first.at + first.han.length)),
  ];
}

import hanReadingTable from "../names/han-readings.json" with { type: "json" };
import kanjiTable from "../names/kanji.json" with { type: "json" };
import nanoriTable from "../names/nanori.json" with { type: "json" };
import { hangulWords, isFamilyName } from "./hangul.ts";

/** A language in which a name in Han characters is read, and the words it gives. */
export interface HanReading {
  readonly language: "Korean" | "Cantonese" | "Hokkien" | "Vietnamese" | "Japanese";
  readonly words: readonly string[];
}

interface Character {
  readonly korean: string;
  readonly cantonese: string;
  readonly vietnamese: string;
  readonly japanese: readonly string[];
}

let characters: Map<string, Character> | undefined;
let kanji: Map<string, readonly string[]> | undefined;
let nanori: Map<string, readonly (readonly [string, number])[]> | undefined;

function characterOf(character: string): Character | undefined {
  characters ??= new Map(
    hanReadingTable.split("\n").map((line) => {
      const [one = "", korean = "", cantonese = "", vietnamese = "", japanese = ""] = line.split("|");
      return [one, { korean, cantonese, vietnamese, japanese: japanese === "" ? [] : japanese.split(",") }];
    }),
  );
  return characters.get(character);
}

function kanjiOf(word: string): readonly string[] {
  kanji ??= new Map(
    kanjiTable.split("\n").map((line) => {
      const [one = "", ...readings] = line.split(" ");
      return [one, readings];
    }),
  );
  return kanji.get(word) ?? [];
}

/** Forms of characters that names are written in, and the usual ones. */
export const formsOfSigns: ReadonlyMap<string, string> = new Map(
  "﨑崎 嵜崎 碕崎 𠮷吉 冨富 栁柳 濵濱 邉邊 髙高 桒桑 渕淵 舘館 曻昇 槗橋 嶌島".split(" ").map((two) => {
    const [form = "", usual = ""] = Array.from(two);
    return [form, usual] as const;
  }),
);

function usualForm(character: string): string {
  return formsOfSigns.get(character) ?? character;
}

const LONGEST = 5;
const MOST_OF_SPLIT = 12;
const MOST_FAMILIES = 3;
const MOST_GIVEN = 10;
const MOST_OWN = 3;
const OWN_SHARE = 8;

/** How other countries than China read a run of Han characters as the name of a person; none for a run that is no such name. */
export function hanByLanguage(run: string): readonly HanReading[] {
  const found = Array.from(run, usualForm);
  if (found.length < 2 || found.length > LONGEST) return [];
  const all = found.map(characterOf);
  const readings: HanReading[] = [];
  if (found.length <= 4) {
    const korean = koreanOf(all);
    if (korean !== undefined) readings.push({ language: "Korean", words: hangulWords(korean) });
    const cantonese = all.map((one) => hongKong(one?.cantonese ?? ""));
    if (cantonese.every((word) => word !== "")) {
      readings.push({ language: "Cantonese", words: cantonese });
      const hokkien = hokkienOf(found);
      if (hokkien !== undefined) readings.push({ language: "Hokkien", words: hokkien });
    }
    const vietnamese = all.map((one, at) => vietnameseOwn.get(found[at]!) ?? one?.vietnamese ?? "");
    if (vietnamese.every((word) => word !== "")) readings.push({ language: "Vietnamese", words: vietnamese });
  }
  for (const words of japaneseOf(found)) readings.push({ language: "Japanese", words });
  return readings;
}

/** A family name is read as one where a character has several readings. */
function koreanOf(all: readonly (Character | undefined)[]): string | undefined {
  let out = "";
  for (const [at, one] of all.entries()) {
    const options = Array.from(one?.korean ?? "");
    const chosen = at === 0 ? (commonest(options) ?? options.find(isFamilyName) ?? options[0]) : options[0];
    if (chosen === undefined) return undefined;
    out += chosen;
  }
  return out;
}

/** Of the readings that are family names one is that of every fifth Korean: 金 is Kim, hardly ever Keum. */
function commonest(options: readonly string[]): string | undefined {
  return options.includes("김") ? "김" : undefined;
}

/** Readings that Unihan lacks or has in another form than names. */
export const vietnameseOwn: ReadonlyMap<string, string> = new Map(
  (
    "阮 nguyen 陳 tran 陈 tran 黎 le 范 pham 黃 hoang 黄 hoang 潘 phan 武 vu 鄧 dang 邓 dang 裴 bui 杜 do 胡 ho 吳 ngo 吴 ngo 楊 duong 杨 duong 李 ly 丁 dinh 張 truong 张 truong 林 lam 鄭 trinh 郑 trinh " +
    "梁 luong 何 ha 高 cao 段 doan 農 nong 农 nong 蘇 to 苏 to 文 van 氏 thi 明 minh 光 quang 富 phu 仲 trong 德 duc 春 xuan 福 phuc 勇 dung 晉 tan 晋 tan 政 chinh 玉 ngoc 英 anh 雄 hung 國 quoc 国 quoc 清 thanh 山 son 海 hai " +
    "芳 phuong 蘭 lan 兰 lan 花 hoa 梅 mai 紅 hong 红 hong 安 an 平 binh 龍 long 龙 long 強 cuong 强 cuong 俊 tuan 輝 huy 辉 huy 公 cong 志 chi 善 thien 長 truong 长 truong 新 tan 南 nam 東 dong 东 dong 忠 trung 成 thanh 重 trong"
  )
    .split(" ")
    .reduce<[string, string][]>(
      (pairs, word, at, words) => (at % 2 === 0 ? [...pairs, [word, words[at + 1]!]] : pairs),
      [],
    ),
);

export const cantoneseInitials: Readonly<Record<string, string>> = {
  z: "ch",
  c: "ch",
  j: "y",
  gw: "kw",
  kw: "kw",
  g: "k",
  b: "p",
  d: "t",
};
export const cantoneseFinals: Readonly<Record<string, string>> = {
  aa: "a",
  aai: "ai",
  aau: "au",
  aam: "am",
  aan: "an",
  aang: "ang",
  aap: "ap",
  aat: "at",
  aak: "ak",
  am: "am",
  eoi: "ui",
  eon: "un",
  eot: "ut",
  oe: "eu",
  oeng: "eung",
  oek: "euk",
  yu: "yu",
  yun: "uen",
  yut: "uet",
  oi: "oi",
  ou: "o",
  iu: "iu",
  un: "un",
  uk: "uk",
  ung: "ung",
};

/** The syllable of Jyutping that a character is read as; empty if none is known. */
export function cantoneseOf(character: string): string {
  return characterOf(character)?.cantonese ?? "";
}

/** A syllable of Jyutping as Hong Kong spells names: gam is kam, soeng sheung, zi tsz, wong stays. */
function hongKong(jyutping: string): string {
  if (jyutping === "") return "";
  if (/^[zcs]i$/.test(jyutping)) return jyutping[0] === "s" ? "sze" : "tsz";
  const found = /^(gw|kw|ng|[bpmfdtnlgkhwzcsj])?(.+)$/.exec(jyutping);
  const [, initial = "", final = ""] = found ?? [];
  let first = cantoneseInitials[initial] ?? initial;
  const rest = cantoneseFinals[final] ?? final;
  if (initial === "z" || initial === "c")
    first = /^(?:a|u|oi|ong|o$|ou)/.test(final) && !/^(?:an|am|aa[nmu]|au)/.test(final) ? "ts" : "ch";
  if (initial === "s" && /^(?:oe|eo|yu|i[mnu]|ek|ing|au|an)/.test(final)) first = "sh";
  if (initial === "b" && final !== "aak") first = "p";
  if (initial === "j" && /^(?:yu|i)/.test(final))
    return final === "yu" ? "yu" : final.startsWith("yu") ? `y${rest}` : `y${rest}`;
  return first + rest;
}

/** Family names of Fujian and Chaozhou as Singapore and Malaysia spell them, and frequent characters of given names. */
export const hokkien: ReadonlyMap<string, string> = new Map(
  (
    "陳 tan 陈 tan 林 lim 黃 ng 黄 ng 王 ong 李 lee 吳 goh 吴 goh 蔡 chua 張 teo 张 teo 許 koh 许 koh 楊 yeo 杨 yeo 郭 quek 洪 ang 鄭 tay 郑 tay 謝 chia 谢 chia 劉 low 刘 low 葉 yap 叶 yap 顏 gan 颜 gan 蘇 soh 苏 soh 沈 sim 周 chew 徐 chee 何 ho " +
    "高 koh 曾 chan 邱 khoo 丘 khoo 莊 chng 庄 chng 江 kang 胡 oh 朱 choo 余 ee 施 see 蕭 siow 萧 siow 潘 phua 盧 loh 卢 loh 羅 loh 罗 loh 連 lian 连 lian 侯 how 方 png 符 foo 白 peh 傅 poh 姚 yeo 馬 beh 孫 sng 孙 sng 趙 teo 赵 teo 錢 chee 柯 quah 温 oon 溫 oon 董 tang " +
    "明 beng 文 boon 瑞 swee 生 seng 智 tee 添 thiam 寶 poh 宝 poh 其 kee 輝 hui 辉 hui 金 kim 木 bock 水 chwee 成 seng 福 hock 德 teck 財 chai 财 chai 春 choon 光 kong 国 kok 國 kok 華 hua 华 hua 清 cheng 榮 eng 荣 eng 永 eng 忠 tiong 志 chee 義 ghee 义 ghee 龍 leong 龙 leong " +
    "利 lee 南 lam 天 tian 玉 geok 美 bee 英 eng 秀 siew 麗 lay 丽 lay 花 hwa 蘭 lan 兰 lan 月 guek 珠 choo 梅 mui 鳳 hong 凤 hong 雲 hoon 云 hoon 山 san 海 hai 平 peng 安 ann 和 hoe 興 heng 兴 heng 發 huat 发 huat 亞 ah 亚 ah 良 leong 本 poon 仁 jin 信 sin 順 soon 顺 soon 勝 seng 胜 seng 聰 chong 慶 keng 庆 keng 祥 siang 源 guan 進 chin 进 chin 長 tiong 长 tiong " +
    "家 kah 俊 choon 偉 wee 伟 wee 耀 yew 建 kian 炳 peng 坤 khoon 欽 khim 錦 kim 锦 kim 振 chin 強 keong 强 keong 武 boo 吉 kiat 梧 goh 桐 tong 嘉 kah 庚 keng 六 lark 使 sai 泉 chuan 萬 ban 万 ban 才 chye 川 chuan 土 thoh 樹 chew 树 chew 景 keng"
  )
    .split(" ")
    .reduce<[string, string][]>(
      (pairs, word, at, words) => (at % 2 === 0 ? [...pairs, [word, words[at + 1]!]] : pairs),
      [],
    ),
);

/** Whether the table of names has two characters as a Japanese name. */
export function isJapaneseFamily(two: string): boolean {
  return kanjiOf(Array.from(two, usualForm).join("")).length > 0;
}

function hokkienOf(found: readonly string[]): readonly string[] | undefined {
  const words = found.map((character) => hokkien.get(character));
  return words.every((word) => word !== undefined) ? words : undefined;
}

/** A family name and a given name, each by the table of names, or else by how its characters are read in names. */
function japaneseOf(found: readonly string[]): readonly (readonly string[])[] {
  const out: (readonly string[])[] = [];
  const add = (families: readonly string[], rest: readonly string[]): void => {
    const most = out.length + MOST_OF_SPLIT;
    const known = kanjiOf(rest.join(""));
    const given = [...new Set([...known, ...composed(rest)])].slice(0, MOST_GIVEN);
    for (const [i, family] of families.slice(0, MOST_FAMILIES).entries())
      for (const name of given.slice(0, i === 0 ? MOST_GIVEN : 3)) if (out.length < most) out.push([family, name]);
  };
  for (const length of [2, 1, 3]) {
    if (length >= found.length) continue;
    const families = kanjiOf(found.slice(0, length).join(""));
    if (families.length > 0) add(families, found.slice(length));
  }
  if (out.length === 0 && found.length > 3) add(composed(found.slice(0, 2)), found.slice(2));
  return out;
}

/** Readings of a name of up to three characters from those that each has within names, the likeliest first. */
function composed(rest: readonly string[]): readonly string[] {
  if (rest.length > 3) return [];
  let all: (readonly [string, number])[] = [["", 1]];
  for (const character of rest) {
    const options = nanoriOf(character);
    if (options.length === 0) return [];
    all = all.flatMap(([before, share]) => options.map(([part, of]) => [before + part, share * of] as const));
  }
  return all
    .toSorted(([a, one], [b, two]) => two - one || (a < b ? -1 : 1))
    .slice(0, MOST_GIVEN)
    .map(([reading]) => reading);
}

/** How a character is read in names, and its share of hundred; or else by its own readings, at less. */
function nanoriOf(character: string): readonly (readonly [string, number])[] {
  nanori ??= new Map(
    nanoriTable.split("\n").map((line) => {
      const [one = "", ...cells] = line.split(" ");
      return [
        one,
        cells.map((cell) => {
          const [part = "", share = "0"] = cell.split(":");
          return [part, Number(share)] as const;
        }),
      ];
    }),
  );
  const known = nanori.get(character) ?? [];
  const own = (characterOf(character)?.japanese ?? []).map((reading) => plainJapanese(reading));
  const further = own.filter((reading) => !known.some(([part]) => part === reading));
  return [...known, ...further.slice(0, MOST_OWN).map((reading) => [reading, OWN_SHARE] as const)];
}

function plainJapanese(reading: string): string {
  return reading.replace(/ou|oo/g, "o").replace(/uu/g, "u").replace(/si/g, "shi");
}

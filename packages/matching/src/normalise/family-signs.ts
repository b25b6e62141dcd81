import { isJapaneseFamily } from "./han-by-language.ts";
import { isTwoCharacterFamily } from "./han.ts";
import { isFamilyName } from "./hangul.ts";

/** Family names of one character that nine of ten Chinese bear, in both forms, and those of Korea and Vietnam. */
const families = new Set(
  "赵趙钱錢孙孫李周吴吳郑鄭王冯馮陈陳褚卫衛蒋蔣沈韩韓杨楊朱秦尤许許何吕呂施张張孔曹严嚴华華金魏陶姜谢謝邹鄒喻苏蘇潘葛范彭鲁魯韦韋马馬苗方俞任袁柳史唐费費薛雷贺賀倪汤湯罗羅毕畢郝邬鄔安常于傅卞齐齊康伍余顾顧孟黄黃穆萧蕭尹姚邵汪毛戴谈談宋庞龐" +
    "熊纪紀舒屈项項祝董梁杜阮蓝藍闵閔季贾賈路娄婁江童颜顏郭梅林刁钟鍾徐邱骆駱高夏蔡田樊胡凌霍虞万萬柯管卢盧莫房缪繆解应應丁邓鄧洪包左石崔吉龚龔程邢裴陆陸荣榮翁甄曲封靳段巫焦习習温溫廖莊庄连連涂塗易武乔喬赖賴欧歐聂聶关關简簡丘游阎閻叶葉刘劉曾赫佟" +
    "朴申權权裵全具成車车禹辛玄牟黎",
);
/** Further ones, which are parts of given names as often. */
const rarerFamilies = new Set(
  "白侯龙龍殷牛耿鲍鮑詹窦竇章甘沙池狄竺岳宗佘麦麥冼祁符辜滕饶饒尚柴柏屠卓蒙栾欒冷岑谷冉桑寇仇晏桂宁寧隋查迟遲苟边邊艾蔺藺佟米郁闻聞楼樓巩鞏敖戚商覃农農麻卜臧谌諶胥帅帥" +
    "文河元千咸廉秋宣延表奇琴印諸诸",
);
const hangul = /^\p{Script=Hangul}/u;
const FEWEST = 2;
const MOST = 4;
const FEWEST_OF_JAPANESE = 3;
const LONGEST_FAMILY = 3;

/** Whether a run of Han characters or of Hangul may be a whole name: it has as many signs as one, and a family name comes first. */
export function mayBeWholeName(run: string): boolean {
  const signs = Array.from(run);
  if (signs.length < FEWEST || signs.length > MOST) return false;
  const [first = ""] = signs;
  if (hangul.test(first)) return isFamilyName(first);
  return families.has(first) || (signs.length >= FEWEST_OF_JAPANESE && isJapaneseFamily(signs.slice(0, 2).join("")));
}

/** Whether a family name of one character comes first. */
export function beginsWithCommonFamily([first = ""]: readonly string[]): boolean {
  return families.has(first);
}

/** The same, also of one that few bear. */
export function beginsWithFamily([first = ""]: readonly string[]): boolean {
  return families.has(first) || rarerFamilies.has(first);
}

/** Whether a family name of two or three characters that Japan has comes first, and something follows. */
export function beginsWithJapaneseFamily(signs: readonly string[]): boolean {
  for (let length = 2; length <= LONGEST_FAMILY && length < signs.length; length++)
    if (isJapaneseFamily(signs.slice(0, length).join(""))) return true;
  return false;
}

/** The same of any family name of more than one character. */
export function beginsWithLongFamily(signs: readonly string[]): boolean {
  return isTwoCharacterFamily(signs.slice(0, 2).join("")) || beginsWithJapaneseFamily(signs);
}

import { isJapaneseFamily } from "./han-by-language.ts";
import { isFamilyName } from "./hangul.ts";

/** Family names of one character that nine of ten Chinese bear, in both forms, and those of Korea and Vietnam. */
const families = new Set(
  "赵趙钱錢孙孫李周吴吳郑鄭王冯馮陈陳褚卫衛蒋蔣沈韩韓杨楊朱秦尤许許何吕呂施张張孔曹严嚴华華金魏陶姜谢謝邹鄒喻苏蘇潘葛范彭鲁魯韦韋马馬苗方俞任袁柳史唐费費薛雷贺賀倪汤湯罗羅毕畢郝邬鄔安常于傅卞齐齊康伍余顾顧孟黄黃穆萧蕭尹姚邵汪毛戴谈談宋庞龐" +
    "熊纪紀舒屈项項祝董梁杜阮蓝藍闵閔季贾賈路娄婁江童颜顏郭梅林刁钟鍾徐邱骆駱高夏蔡田樊胡凌霍虞万萬柯管卢盧莫房缪繆解应應丁邓鄧洪包左石崔吉龚龔程邢裴陆陸荣榮翁甄曲封靳段巫焦习習温溫廖莊庄连連涂塗易武乔喬赖賴欧歐聂聶关關简簡丘游阎閻叶葉刘劉曾赫佟" +
    "朴申權权裵全具成車车禹辛玄牟黎",
);
const hangul = /^\p{Script=Hangul}/u;
const FEWEST = 2;
const MOST = 4;
const FEWEST_OF_JAPANESE = 3;

/** Whether a run of Han characters or of Hangul may be a whole name: it has as many signs as one, and a family name comes first. */
export function mayBeWholeName(run: string): boolean {
  const signs = Array.from(run);
  if (signs.length < FEWEST || signs.length > MOST) return false;
  const [first = ""] = signs;
  if (hangul.test(first)) return isFamilyName(first);
  return families.has(first) || (signs.length >= FEWEST_OF_JAPANESE && isJapaneseFamily(signs.slice(0, 2).join("")));
}

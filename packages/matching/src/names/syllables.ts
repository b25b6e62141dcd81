/**
 * Chinese and Korean syllables, of which whole names are made. There are few of them, so one tells little, and one
 * letter makes another name: Yong, Hong, Jong.
 */
const pinyin =
  /^(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?(?:a[inoe]?|ang|e[inr]?|eng|i[ae]?|ian|iang|iao|in|ing|iong|iu|o|ong|ou|u[aeino]?|uai|uan|uang)$/;
const korean =
  /^(?:[kgntdrlmbpsjhwy]|ch|ts|hw|[kg]w|th|kh|sh)?(?:y?[aou]|ae|e|eo|yeo|oe|oo|yoo|you|ou|ee|i|ui|eu|wo|wa|wi)(?:[kgntlmpbrh]|ng|nh|ch)?$/;
const LONGEST = 6;

export function isSyllable(word: string): boolean {
  return word.length <= LONGEST && (pinyin.test(word) || korean.test(word));
}

const pinyinWord =
  /^(?:(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?(?:ang|an|ao|ai|a|eng|en|er|ei|e|iang|ian|iao|iong|ing|ia|ie|in|iu|i|ong|ou|o|uang|uan|uai|ua|ui|un|uo|u)){2}$/;
/** Sounds that hardly any other language writes so. */
const chineseSound = /zh|[xq][iu]|iao|ian|ua|iang|[aeio]ng|uo/;

/** A Chinese given name of two syllables in one word: Xiaoming is not Xiaoping, though one letter differs. */
export function isPinyinWord(word: string): boolean {
  return chineseSound.test(word) && pinyinWord.test(word);
}

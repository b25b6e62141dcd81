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

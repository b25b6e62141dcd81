/**
 * Burmese names as Myanmar writes them in Latin letters: a word a syllable, as sounds and not letters (မြင့် is Myint). The script
 * has no spaces between the syllables of a name. A syllable of a consonant alone is one word with the next, or with the one before it.
 */
const pairs = (table: string): ReadonlyMap<string, string> =>
  new Map(
    table.split(" ").map((cell) => {
      const at = cell.indexOf(":");
      return [cell.slice(0, at), cell.slice(at + 1)] as const;
    }),
  );

const initials = pairs(
  "က:k ခ:kh ဂ:g ဃ:g င:ng စ:s ဆ:s ဇ:z ဈ:z ဉ:ny ည:ny ဋ:t ဌ:ht ဍ:d ဎ:d ဏ:n တ:t ထ:ht ဒ:d ဓ:d န:n ပ:p ဖ:ph ဗ:b ဘ:b မ:m ယ:y ရ:y လ:l ဝ:w သ:th ဿ:th ဟ:h ဠ:l အ:",
);
const vowelsAlone = pairs("ဣ:i ဤ:i ဥ:u ဦ:u ဧ:ay ဩ:aw ဪ:aw");

/** By vowel sign and final consonant; `+` stands for a short falling tone, which a nasal spells with a t. */
const rhymes = pairs(
  "-:a ာ-:a ိ-:i ီ-:i ု-:u ူ-:u ေ-:e ဲ-:e ော-:aw ို-:o ံ-:an ုံ-:on ိံ-:ein " +
    "င:in ောင:aung ိုင:aing ဉ:in ည:i ဥ:in န:an မ:an ိန:ein ိမ:ein ုန:on ုမ:on ယ:e " +
    "က:et ောက:auk ိုက:ike စ:it တ:at ပ:at ိတ:eik ိပ:eik ုတ:ok ုပ:ok သ:at ဒ:at ဓ:at ဇ:it ဂ:et ဗ:at ဘ:at လ:al ရ:ar",
);

const syllable = /([က-အဿ])([ျြွှ]*)([ိီုူေဲာ]*)(ံ?)(?:([က-အ])(?:့?့်?|္(?=[က-အ])))?(်?)([့း]*)|([ဣ-ဪ])(?:([က-အ])်)?([့း]*)/gu;

const SHORT_TONE = "့";
const HIGH_TONE = "း";
const MYANMAR = /^[\u1000-\u109f]+$/u;

export function isBurmese(word: string): boolean {
  return MYANMAR.test(word);
}

/** A word of Burmese letters as Latin words; undefined if something in it is no syllable. */
export function burmeseWords(word: string): readonly string[] | undefined {
  const text = word.replaceAll("\u102b", "\u102c");
  const words: string[] = [];
  let read = 0;
  let prefix = "";
  for (const match of text.matchAll(syllable)) {
    if (match.index !== read) return undefined;
    read += match[0].length;
    const latin = match[8] === undefined ? ofSyllable(match) : ofVowel(match);
    if (latin === undefined) return undefined;
    const alone = match[0].length === 1 && match[8] === undefined;
    if (alone && read < text.length) prefix += latin;
    else if (alone && words.length > 0) words[words.length - 1] += prefix + latin;
    else {
      words.push(prefix + latin);
      prefix = "";
    }
  }
  return read === text.length && words.length > 0 ? words : undefined;
}

function ofVowel(match: RegExpExecArray): string | undefined {
  const [, , , , , , , , vowel = "", final, tones = ""] = match;
  if (vowel === "ဦ" && final === undefined) return tones.includes(HIGH_TONE) ? "oo" : "u";
  if (final === undefined) return vowelsAlone.get(vowel);
  return vowel === "ဥ" || vowel === "ဦ" ? rhymes.get(`ု${final}`) : undefined;
}

function ofSyllable(match: RegExpExecArray): string | undefined {
  const [whole, base = "", medials = "", vowels = "", nasal = "", final = "", , tones = ""] = match;
  const initial = initials.get(base);
  if (initial === undefined) return undefined;
  const wide = medials.includes("ွ");
  const sound = rhymes.get(vowels + nasal + (final === "" ? "-" : final)) ?? rhymes.get(vowels + nasal + final);
  const rhyme = nasal !== "" && final === "" ? (rhymes.get(vowels + nasal) ?? rhymes.get(`${vowels}${nasal}-`)) : sound;
  if (rhyme === undefined) return undefined;
  const short = whole.includes(SHORT_TONE) && rhyme.endsWith("n") ? "t" : "";
  const begin = onset(initial, medials);
  if (wide && rhyme === "an") return `${begin}un${short}`;
  if (wide && rhyme === "at") return `${begin}ut`;
  const full = begin + (wide ? "w" : "") + rhyme + short;
  if (vowels === "ေ" && final === "" && tones.includes(HIGH_TONE) && !wide)
    return initial === "" ? "aye" : `${begin}ay`;
  const yMedial = medials.includes("ျ") || medials.includes("ြ");
  if (vowels === "ို" && final === "" && tones.includes(HIGH_TONE) && !yMedial) return `${full}e`;
  return full;
}

function onset(initial: string, medials: string): string {
  const y = medials.includes("ျ") || medials.includes("ြ");
  const h = medials.includes("ှ");
  if (h && initial === "y") return "sh";
  if (h && y && (initial === "l" || initial === "th")) return "sh";
  const begun = y ? (initial === "kh" ? "ch" : initial === "y" ? "y" : `${initial}y`) : initial;
  return h && /^[lmnw]/.test(begun) ? `h${begun}` : begun;
}

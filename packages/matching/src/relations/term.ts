import { classesOf, formalIdsOf, nicknameIdsOf } from "../names/classes.ts";
import { isBorneName, isCommonName, isKnownName, mayBeInTables } from "../names/known.ts";
import { isPinyinWord, isSyllable } from "../names/syllables.ts";
import { cutLetters } from "../normalise/cut-off.ts";
import { koreanSpellings } from "../normalise/korean-spellings.ts";
import { KOREAN, type Mark, markOf, SIGN, withoutMark } from "../normalise/marked-words.ts";
import { spellingsOfSignWord } from "../normalise/sign-spellings.ts";
import { abjadKey, isAbjad } from "./abjad.ts";
import { firmIdsOf, looksOf, withoutVowels } from "./distorted.ts";
import { earsOf } from "./ears.ts";
import { firmWordId } from "./firm-words.ts";
import { heardKeys, isHeard } from "./heard/heard.ts";
import { soundKey } from "./heard/sound-key.ts";
import { pairsOf } from "./letters.ts";
import { looseSkeleton } from "./skeleton.ts";
import { type Spelt, speltOf } from "./spelling.ts";

/** A token with what comparing it needs, worked out once. */
export interface Term extends Spelt {
  /** See `marked-words.ts`; `plain` is the word without it. */
  readonly mark: Mark;
  readonly plain: string;
  /** Of a word that stands for a Han character or a Korean syllable: see `spellingsOfSign` and `koreanSpellings`. */
  readonly spellings: readonly string[];
  /** Written in a script without vowels and known to no table: compared by consonants. */
  readonly abjad: boolean;
  /** Read by its sounds: the keys of `soundKey` that its Latin spellings may have. None for other words. */
  readonly heard: readonly string[];
  /** See `soundKey`; empty for a word read by its sounds. */
  readonly soundKey: string;
  /** See `earsOf`. */
  readonly ears: readonly string[];
  /** Its sound with one class of vowels; empty if that is too little. */
  readonly loose: string;
  /** The same of what other ears make of it. */
  readonly looseEars: readonly string[];
  /** Its consonants; empty if they are too few to tell anything. */
  readonly consonants: string;
  /** See `cutLetters`. */
  readonly cut: string;
  /** How it looks, see `looksOf`. */
  readonly looks: string;
  /** See `withoutVowels`, and how many vowels that leaves out. */
  readonly bare: string;
  readonly vowels: number;
  /** See `firmIdsOf`. */
  readonly firm: readonly number[];
  /** Is a word of firms itself. Two shortenings of one may be of two. */
  readonly ofFirms: boolean;
  /** Known other than as a syllable. */
  readonly borne: boolean;
  /** Of those that very many bear. */
  readonly common: boolean;
  /** Ids of its classes of spellings, of the names it is a nickname of, and of the name it is to nicknames. */
  readonly classes: readonly number[];
  /** A known part of names: another known one is another name unless a class joins them. */
  readonly known: boolean;
  /** A Chinese or Korean syllable, or two Chinese ones in one word. */
  readonly syllable: boolean;
  /** See `stemOf`, and its classes. */
  readonly stem: string;
  readonly stemClasses: readonly number[];
  readonly nicknameOf: readonly number[];
  readonly formal: readonly number[];
}

const NO_KEYS: readonly string[] = [];

export function termOf(text: string): Term {
  const mark = markOf(text);
  return mark === "" ? plainTerm(text) : markedTerm(text, mark);
}

/** Of what it could be compared by only its classes are left, if those. */
function markedTerm(text: string, mark: Mark): Term {
  const plain = withoutMark(text);
  const classes = mark === KOREAN ? classesOf(plain) : NO_IDS;
  const spellings = spellingsOf(plain, mark);
  return { ...plainTerm(plain), ...WITHOUT_KEYS, text, mark, plain, classes, spellings };
}

function spellingsOf(plain: string, mark: Mark): readonly string[] {
  if (mark === SIGN) return spellingsOfSignWord(plain);
  return mark === KOREAN ? koreanSpellings(plain) : NO_KEYS;
}

const NO_IDS: readonly number[] = [];
const WITHOUT_KEYS = {
  skeleton: "",
  soundKey: "",
  ears: NO_KEYS,
  loose: "",
  looseEars: NO_KEYS,
  consonants: "",
  looks: "",
  bare: "",
  firm: NO_IDS,
  stem: "",
  stemClasses: NO_IDS,
  nicknameOf: NO_IDS,
  formal: NO_IDS,
} as const;

function plainTerm(text: string): Term {
  const stem = stemOf(text);
  const { digits, skeleton, letters } = speltOf(text);
  const isTabled = mayBeInTables(text);
  const borne = isTabled && isBorneName(text);
  const isOneSyllable = isSyllable(text);
  const bare = withoutVowels(text);
  const pairs = pairsOf(text);
  const ears = digits === "" ? earsOf(text, skeleton, letters, pairs) : NO_KEYS;
  return {
    text,
    mark: "",
    plain: text,
    spellings: NO_KEYS,
    digits,
    skeleton,
    letters,
    abjad: isAbjad(text),
    heard: isHeard(text) ? heardKeys(text) : NO_KEYS,
    soundKey: soundKey(text),
    ears,
    loose: digits === "" ? looseSkeleton(text, skeleton) : "",
    looseEars: ears.length === 0 ? NO_KEYS : ears.map((sound) => looseSkeleton(text, sound)).filter(isSaid),
    consonants: abjadKey(text, pairs),
    cut: cutLetters(text),
    looks: looksOf(text),
    bare,
    vowels: text.length - bare.length,
    firm: firmIdsOf(text, borne),
    ofFirms: firmWordId(text) !== undefined,
    borne,
    common: isTabled && isCommonName(text),
    classes: isTabled ? classesOf(text) : NO_IDS,
    known: isTabled ? isKnownName(text) : isOneSyllable,
    syllable: isOneSyllable || isPinyinWord(text),
    stem,
    stemClasses: stem === "" ? [] : classesOf(stem),
    nicknameOf: isTabled ? nicknameIdsOf(text) : NO_IDS,
    formal: isTabled ? formalIdsOf(text) : NO_IDS,
  };
}

function isSaid(key: string): boolean {
  return key !== "";
}

const LONGEST_STEM = 8;

/** A word without the ending that makes a family name of a name; empty if it has none. */
function stemOf(text: string): string {
  return text.length <= LONGEST_STEM + 1 && /[ia]$|ov$/.test(text) ? text.slice(0, -1) : "";
}

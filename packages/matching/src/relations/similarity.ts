import { isKnownName } from "../names/known.ts";
import { isRomanNumber } from "../names/roman.ts";
import { INITIALS, KOREAN, PINYIN, SIGN, SOUTHERN } from "../normalise/marked-words.ts";
import { heardAlike } from "./ears.ts";
import { isShortFor } from "./firm-words.ts";
import { heardPercent } from "./heard/heard.ts";
import { boundedOsa } from "./osa.ts";
import {
  EDITS_OF_BADLY_SPELT,
  editsAllowed,
  likeness,
  LONGEST_BADLY_SPELT,
  SHORTEST_BADLY_SPELT,
  SHORTEST_SKELETON,
  SHORTEST_TRANSLITERATED,
  spellingPercent,
  TRANSLITERATION_PERCENT,
} from "./spelling.ts";
import type { Term } from "./term.ts";

export { type Term, termOf } from "./term.ts";
export { editsAllowed, SHORTEST_SKELETON, SHORTEST_TRANSLITERATED, spellingPercent, TRANSLITERATION_PERCENT };

/** How two tokens are the same word. `none`: not at all. */
export type Relation =
  | "exact"
  | "number"
  | "name-class"
  | "abjad"
  | "look-alike"
  | "abbreviation"
  | "without-vowels"
  | "cut-off"
  | "slip"
  | "heard"
  | "transliteration"
  | "ear"
  | "near-sound"
  | "spelling"
  | "nickname"
  | "initial"
  | "none";

/** `percent` is 0 for `none`, else 70..100. The objects are interned: comparing allocates nothing. */
export interface Similarity {
  readonly relation: Relation;
  readonly percent: number;
}

const CLASS_PERCENT = 95;
const ABJAD_PERCENT = 90;
const LOOK_ALIKE_PERCENT = 93;
const ABBREVIATION_PERCENT = 92;
const WITHOUT_VOWELS_PERCENT = 90;
const CUT_OFF_PERCENT = 95;
/** Of two letters only. */
const CUT_SHORT_PERCENT = 88;
const EAR_PERCENT = 90;
const NEAR_SOUND_PERCENT = 82;
/** No other relations have these: the score tells slips by them, see `scoreOf`. */
export const SLIP_PERCENT = 76;
export const BADLY_SPELT_PERCENT = 73;
/** One edit in a word of five or six letters that no table knows. */
const UNKNOWN_MISSPELT_PERCENT = 86;
const LONGEST_UNKNOWN_MISSPELT = 6;
const NICKNAME_PERCENT = 77;
export const INITIAL_PERCENT = 80;
/** Two known names of up to this many letters are not misspellings of each other; longer ones are less likely to be. */
const LONGEST_OTHER_NAME = 6;
const OTHER_NAME_DISCOUNT = 8;

const NONE: Similarity = { relation: "none", percent: 0 };
const EXACT: Similarity = { relation: "exact", percent: 100 };
const NUMBER: Similarity = { relation: "number", percent: 100 };
const CLASS: Similarity = { relation: "name-class", percent: CLASS_PERCENT };
const ABJAD: Similarity = { relation: "abjad", percent: ABJAD_PERCENT };
const TRANSLITERATION: Similarity = { relation: "transliteration", percent: TRANSLITERATION_PERCENT };
const LOOK_ALIKE: Similarity = { relation: "look-alike", percent: LOOK_ALIKE_PERCENT };
const ABBREVIATION: Similarity = { relation: "abbreviation", percent: ABBREVIATION_PERCENT };
const CUT_OFF: Similarity = { relation: "cut-off", percent: CUT_OFF_PERCENT };
const CUT_SHORT: Similarity = { relation: "cut-off", percent: CUT_SHORT_PERCENT };
const SLIP: Similarity = { relation: "slip", percent: SLIP_PERCENT };
const BADLY_SPELT: Similarity = { relation: "slip", percent: BADLY_SPELT_PERCENT };
const WITHOUT_VOWELS: Similarity = { relation: "without-vowels", percent: WITHOUT_VOWELS_PERCENT };
const EAR: Similarity = { relation: "ear", percent: EAR_PERCENT };
const NEAR_SOUND: Similarity = { relation: "near-sound", percent: NEAR_SOUND_PERCENT };
const NICKNAME: Similarity = { relation: "nickname", percent: NICKNAME_PERCENT };
const INITIAL: Similarity = { relation: "initial", percent: INITIAL_PERCENT };
const HEARD_AS: readonly Similarity[] = Array.from({ length: 101 }, (_, percent) => ({ relation: "heard", percent }));
const SPELLING: readonly Similarity[] = Array.from({ length: 101 }, (_, percent) => ({
  relation: "spelling",
  percent,
}));

/**
 * The greatest relation that holds between a payment's token and a listed one. Pure; symmetric but for initials: one on
 * the list's side is only met by itself. A relation may be added only together with a structure that retrieves all its
 * partners: `retrieval/neighbourhood.ts` must find exactly what is not `none` here.
 */
export function similarity(q: Term, r: Term): Similarity {
  if (q.text === r.text) return q.digits === q.text ? NUMBER : EXACT;
  if (q.mark !== "" || r.mark !== "") return markedSimilarity(q, r);
  if (shareOne(q.classes, r.classes)) return CLASS;
  if (q.cut !== "") return cutSimilarity(q.cut, r.text);
  if (q.heard.length > 0) return heardSimilarity(q, r);
  if (r.heard.length > 0) return heardSimilarity(r, q);
  const distorted = distortion(q, r);
  const plain = plainSimilarity(q, r);
  return distorted.percent > plain.percent ? distorted : plain;
}

/** The marks are told by `marked-words.ts`. Those of payments never meet that of lists. */
function markedSimilarity(q: Term, r: Term): Similarity {
  switch (q.mark) {
    case "":
      return (r.mark === SOUTHERN || r.mark === INITIALS) && q.text === r.plain ? EXACT : NONE;
    case PINYIN:
      return r.mark === "" && q.plain === r.text ? EXACT : NONE;
    case KOREAN:
      if (r.mark !== "") return NONE;
      if (q.plain === r.text) return EXACT;
      return shareOne(q.classes, r.classes) || q.spellings.includes(r.text) ? CLASS : NONE;
    case SIGN:
      return r.mark === "" && q.spellings.includes(r.text) ? CLASS : NONE;
    case SOUTHERN:
    case INITIALS:
      return NONE;
  }
}

/** Two names that are both known are two names, however alike they look or whatever vowels are left out. */
function distortion(q: Term, r: Term): Similarity {
  if (q.looks !== "" && q.looks === r.looks && !(q.borne && r.borne)) return LOOK_ALIKE;
  if (isAbbreviation(q, r)) return ABBREVIATION;
  if (isWithoutVowels(q, r)) return WITHOUT_VOWELS;
  if (isSlip(q, r)) return SLIP;
  return isBadlySpelt(q, r) ? BADLY_SPELT : NONE;
}

/**
 * A payment shortens as it likes. What a list shortened is short for the very word: else initials, and the name of a person, were short for
 * a word of another language (*NTSN*, *natsionalny*; *Kony*, *kompaniya*).
 */
function isAbbreviation(q: Term, r: Term): boolean {
  if (r.ofFirms) return shareOne(q.firm, r.firm);
  return q.ofFirms && shareOne(q.firm, r.firm) && isShortFor(r.text, q.text);
}

function cutSimilarity(letters: string, listed: string): Similarity {
  if (listed.length <= letters.length || !listed.startsWith(letters)) return NONE;
  return letters.length > 2 ? CUT_OFF : CUT_SHORT;
}

/** One edit in a word of three letters, or between three and four, that is no other name: what it is worth depends on the other words. */
function isSlip(q: Term, r: Term): boolean {
  const [shorter, longer] = q.text.length < r.text.length ? [q.text, r.text] : [r.text, q.text];
  if (shorter.length !== SHORTEST_SLIP || longer.length > SHORTEST_SLIP + 1) return false;
  if (q.borne || (q.syllable && r.syllable) || q.digits !== "" || r.digits !== "") return false;
  return boundedOsa(q.text, r.text, 1) <= 1;
}

export const SHORTEST_SLIP = 3;

/** Whether a payment's word may be one of five to seven letters with two edits: like a slip, it needs the other words. */
export function maySpellBadly(q: Term): boolean {
  const { length } = q.text;
  return length >= SHORTEST_BADLY_SPELT && length <= LONGEST_BADLY_SPELT && !q.borne && !q.syllable && q.digits === "";
}

function isBadlySpelt(q: Term, r: Term): boolean {
  if (!maySpellBadly(q) || r.digits !== "" || q.text[0] !== r.text[0]) return false;
  const [shorter, longer] = q.text.length < r.text.length ? [q.text, r.text] : [r.text, q.text];
  if (shorter.length < SHORTEST_BADLY_SPELT || shorter.length === LONGEST_BADLY_SPELT) return false;
  return (
    longer.length <= LONGEST_BADLY_SPELT && boundedOsa(q.text, r.text, EDITS_OF_BADLY_SPELT) <= EDITS_OF_BADLY_SPELT
  );
}

/** The payment left out the vowels of the listed word: all, or, of four and more, all but one. */
function isWithoutVowels(q: Term, r: Term): boolean {
  if (q.bare === "" || q.bare !== r.bare || q.borne) return false;
  return r.vowels > q.vowels && (q.vowels === 0 || (q.vowels <= MOST_VOWELS_LEFT && r.vowels >= MANY_VOWELS));
}

const MANY_VOWELS = 4;
/** More vowels than these are no writing without vowels. */
export const MOST_VOWELS_LEFT = 1;

function plainSimilarity(q: Term, r: Term): Similarity {
  const near = q.abjad || r.abjad ? consonantSimilarity(q, r) : spellingAndSound(q, r);
  if (near.percent >= INITIAL_PERCENT) return near;
  if (isInitialOf(q.text, r.text)) return INITIAL;
  if (near.percent >= NICKNAME_PERCENT) return near;
  return shareOne(q.nicknameOf, r.formal) || shareOne(q.formal, r.nicknameOf) ? NICKNAME : near;
}

/** A name that very many bear is in the tables as every script writes it: what only nearly sounds like it is another. */
const LEAST_HEARD_COMMON = 86;
const ARTICLES: ReadonlySet<string> = new Set(["al", "el", "ul"]);
/** Only a Latin word spells what is read by its sounds. An article is no name to be heard. */
function heardSimilarity(heard: Term, latin: Term): Similarity {
  if (latin.soundKey === "" || ARTICLES.has(latin.text) || !heard.heard.includes(latin.soundKey)) return NONE;
  const percent = heardPercent(heard.text, latin.text, latin.soundKey.length);
  if (percent < LEAST_HEARD_COMMON && latin.common) return NONE;
  return percent === 0 ? NONE : HEARD_AS[percent]!;
}

function consonantSimilarity(q: Term, r: Term): Similarity {
  return q.consonants !== "" && q.consonants === r.consonants ? ABJAD : spellingAndSound(q, r);
}

function spellingAndSound(q: Term, r: Term): Similarity {
  // Yong, Jong and Young are three names: only a class joins syllables.
  if (q.syllable && r.syllable) return NONE;
  const { sound, percent } = likeness(q, r);
  if (sound) return percent < TRANSLITERATION_PERCENT ? TRANSLITERATION : SPELLING[percent]!;
  if (percent < EAR_PERCENT && isHeardByEar(q, r)) return EAR;
  // Most pairs of words end here.
  if (percent === 0 && looseSound(q, r) === "") return NONE;
  if (isDerived(q, r) || isDerived(r, q)) return NONE;
  if (!q.known || !r.known) {
    if (isUnknownMisspelt(q, r, percent)) return SPELLING[UNKNOWN_MISSPELT_PERCENT]!;
    if (percent < NEAR_SOUND_PERCENT && soundNearly(q, r)) return NEAR_SOUND;
    return percent === 0 ? NONE : SPELLING[percent]!;
  }
  if (percent === 0) return NONE;
  if (Math.min(q.text.length, r.text.length) <= LONGEST_OTHER_NAME) return NONE;
  return SPELLING[percent - OTHER_NAME_DISCOUNT]!;
}

/** A name that is known, behind its article too, is more likely another than misspelt. */
function isUnknownMisspelt(q: Term, r: Term, percent: number): boolean {
  const longer = Math.max(q.text.length, r.text.length);
  if (longer < SHORTEST_BADLY_SPELT || longer > LONGEST_UNKNOWN_MISSPELT || q.known) return false;
  return percent === spellingPercent(1, longer) && !(q.text.startsWith("al") && isKnownName(q.text.slice(2)));
}

/** Two known names are two names. */
function isHeardByEar(q: Term, r: Term): boolean {
  if ((q.ears.length === 0 && r.ears.length === 0) || (q.known && r.known) || q.digits !== r.digits) return false;
  return heardAlike(q, r);
}

/** With fewer consonants a known name (Mensah) sounds nearly like too many others (Manzi). */
const CONSONANTS_OF_KNOWN = 4;

function soundNearly(q: Term, r: Term): boolean {
  const sound = looseSound(q, r);
  if (sound === "") return false;
  return (!q.known && !r.known) || sound.replaceAll("a", "").length >= CONSONANTS_OF_KNOWN;
}

/** The sound that both have when vowels are alike, as they stand or as one of them is spelt by another ear; empty if there is none. */
function looseSound(q: Term, r: Term): string {
  if (q.loose !== "" && q.loose === r.loose) return q.loose;
  if (q.syllable || r.syllable) return "";
  if (r.loose !== "" && q.looseEars.includes(r.loose)) return r.loose;
  return q.loose !== "" && r.looseEars.includes(q.loose) ? q.loose : "";
}

/** A name and the family name made of it: Islam and Islami, Petrov and Petrova, Muhammad and Mohammadi. */
function isDerived(longer: Term, name: Term): boolean {
  if (longer.stem === "" || !name.known) return false;
  return longer.stem === name.text || shareOne(longer.stemClasses, name.classes);
}

const LETTER = /^[a-z]$/;

function isInitialOf(q: string, r: string): boolean {
  return q.length === 1 && r.length > 1 && q === r[0] && LETTER.test(q) && !isRomanNumber(r);
}

/** Both ascend. */
function shareOne(a: readonly number[], b: readonly number[]): boolean {
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) return true;
    if (a[i]! < b[j]!) i++;
    else j++;
  }
  return false;
}

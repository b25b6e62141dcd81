import { lettersOf, mayBeWithin } from "./letters.ts";
import { boundedOsa } from "./osa.ts";
import { skeleton } from "./skeleton.ts";

/** A word with what comparing its letters needs: no table takes part. */
export interface Spelt {
  readonly text: string;
  /** Its digits in order. Digits are never misspelt: two tokens with other digits are two words. */
  readonly digits: string;
  /** Empty if the transliteration relation cannot hold for it. */
  readonly skeleton: string;
  /** A bit for each letter that stands in it. */
  readonly letters: number;
}

/** `sound`: equal skeletons. `edits` is at most `editsAllowed`, or at most 3 with equal skeletons. */
export interface Likeness {
  readonly sound: boolean;
  /** 100 - round(100 * edits / longer) if the edits are allowed by length, else 0. */
  readonly percent: number;
}

export const SHORTEST_SKELETON = 3;
export const SHORTEST_TRANSLITERATED = 4;
export const TRANSLITERATION_PERCENT = 88;
const TRANSLITERATION_EDITS = 3;

export function speltOf(text: string): Spelt {
  const digits = digitsOf(text);
  const sound = text.length >= SHORTEST_TRANSLITERATED && digits.length < text.length ? skeleton(text) : "";
  return { text, digits, skeleton: sound.length >= SHORTEST_SKELETON ? sound : "", letters: lettersOf(text) };
}

function digitsOf(text: string): string {
  let digits = "";
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x30 && code <= 0x39) digits += text[i]!;
  }
  return digits;
}

/** Edits a token may suffer, by its length: none up to 3 letters, 1 up to 6, 2 from 7. */
export function editsAllowed(length: number): number {
  if (length <= 3) return 0;
  return length <= 6 ? 1 : 2;
}

/** Of the words that may suffer one edit too many, see `similarity.ts`: the shorter has five or six letters, the longer one more at most. */
export const SHORTEST_BADLY_SPELT = 5;
export const LONGEST_BADLY_SPELT = 7;
/** In all. */
export const EDITS_OF_BADLY_SPELT = 2;

const likenesses: readonly (readonly [Likeness, Likeness])[] = Array.from({ length: 101 }, (_, percent) => [
  { sound: false, percent },
  { sound: true, percent },
]);

/** How alike two words are by letters and sound. The objects are interned. */
export function likeness(q: Spelt, r: Spelt): Likeness {
  const unlike = likenesses[0]![0];
  if (q.digits !== r.digits) return unlike;
  const shorter = Math.min(q.text.length, r.text.length);
  const allowed = editsAllowed(shorter);
  if (allowed === 0) return unlike;
  const sound = q.skeleton !== "" && q.skeleton === r.skeleton;
  const limit = sound ? TRANSLITERATION_EDITS : allowed;
  if (!mayBeWithin(q.letters ^ r.letters, limit)) return unlike;
  const edits = boundedOsa(q.text, r.text, limit);
  if (edits > limit) return unlike;
  const percent = edits <= allowed ? spellingPercent(edits, Math.max(q.text.length, r.text.length)) : 0;
  return likenesses[percent]![sound ? 1 : 0];
}

/** The same as one number: what spelling and sound alone make of two words. */
export function percentAlike(q: Spelt, r: Spelt): number {
  const { sound, percent } = likeness(q, r);
  return sound ? Math.max(percent, TRANSLITERATION_PERCENT) : percent;
}

/** 100 - round(100 * edits / longer), half up, in integers. */
export function spellingPercent(edits: number, longer: number): number {
  return 100 - Math.floor((200 * edits + longer) / (2 * longer));
}

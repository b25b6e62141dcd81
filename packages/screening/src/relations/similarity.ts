import { boundedOsa } from "./osa.ts";
import { skeleton } from "./skeleton.ts";

/** How two tokens are the same word. `none`: not at all. */
export type Relation = "exact" | "number" | "spelling" | "transliteration" | "none";

/** `percent` is 0 for `none`, else 70..100. The objects are interned: comparing allocates nothing. */
export interface Similarity {
  readonly relation: Relation;
  readonly percent: number;
}

/** A token with what comparing it needs, worked out once. */
export interface Term {
  readonly text: string;
  /** Its digits in order. Digits are never misspelt: two tokens with other digits are two words. */
  readonly digits: string;
  /** Empty if the transliteration relation cannot hold for it. */
  readonly skeleton: string;
}

export const SHORTEST_SKELETON = 3;
export const SHORTEST_TRANSLITERATED = 4;
export const TRANSLITERATION_PERCENT = 88;
const TRANSLITERATION_EDITS = 3;

export function termOf(text: string): Term {
  const digits = text.replace(/[^0-9]/g, "");
  const sound = text.length >= SHORTEST_TRANSLITERATED && digits.length < text.length ? skeleton(text) : "";
  return { text, digits, skeleton: sound.length >= SHORTEST_SKELETON ? sound : "" };
}

/** Edits a token may suffer, by its length: none up to 3 letters, 1 up to 6, 2 from 7. */
export function editsAllowed(length: number): number {
  if (length <= 3) return 0;
  return length <= 6 ? 1 : 2;
}

const NONE: Similarity = { relation: "none", percent: 0 };
const EXACT: Similarity = { relation: "exact", percent: 100 };
const NUMBER: Similarity = { relation: "number", percent: 100 };
const TRANSLITERATION: Similarity = { relation: "transliteration", percent: TRANSLITERATION_PERCENT };
const SPELLING: readonly Similarity[] = Array.from({ length: 101 }, (_, percent) => ({
  relation: "spelling",
  percent,
}));

/**
 * The greatest relation that holds between two tokens. Pure and symmetric. A relation may be added only together with
 * a structure that retrieves all its partners: `retrieval/neighbourhood.ts` must find exactly what is not `none` here.
 */
export function similarity(q: Term, r: Term): Similarity {
  if (q.text === r.text) return q.digits === q.text ? NUMBER : EXACT;
  if (q.digits !== r.digits) return NONE;
  const shorter = Math.min(q.text.length, r.text.length);
  const allowed = editsAllowed(shorter);
  if (allowed === 0) return NONE;

  const sameSound = q.skeleton !== "" && q.skeleton === r.skeleton;
  const limit = sameSound ? TRANSLITERATION_EDITS : allowed;
  const edits = boundedOsa(q.text, r.text, limit);
  if (edits > limit) return NONE;

  const percent = edits <= allowed ? spellingPercent(edits, Math.max(q.text.length, r.text.length)) : 0;
  if (sameSound && percent < TRANSLITERATION_PERCENT) return TRANSLITERATION;
  return percent > 0 ? SPELLING[percent]! : NONE;
}

/** 100 - round(100 * edits / longer), half up, in integers. */
export function spellingPercent(edits: number, longer: number): number {
  return 100 - Math.floor((200 * edits + longer) / (2 * longer));
}

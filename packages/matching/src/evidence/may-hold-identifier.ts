import { wordMemo } from "../normalise/word-memo.ts";
import { isCountryAt } from "./bank-code.ts";
import { LONG_CODE } from "./identifier-keys.ts";
import { labelOf } from "./identifier-labels.ts";
import { FEWEST_DIGITS, LONGEST_SERIES, WALLET } from "./text-parts.ts";
import { bankLabel, classAt, DIGIT, isCutByLabel, isMark, LETTER, LONGEST_GAP } from "./text-tokens.ts";

/**
 * One pass over a folded text, for most hold none: whether it has digits enough close together, a run built like a BIC, a long one or
 * even groups as addresses of wallets have, or the sign of an e-mail address. It never says no to a text that holds an
 * identifier, and says yes to some that hold none.
 */
export function mayHoldIdentifier(text: string): boolean {
  /** Digits that may belong to one number. */
  let together = 0;
  let gapStart = 0;
  let before = 0;
  /** Of neighbouring runs of one length. */
  let even = { length: 0, characters: 0, digits: 0 };
  let bankAndCountry = false;
  for (let at = 0; at < text.length;) {
    const kind = classAt(text, at);
    if (kind !== LETTER && kind !== DIGIT) {
      if (maySignAddress(text, at)) return true;
      if (kind === 0) together = 0;
      at++;
      continue;
    }
    const start = at;
    let digits = 0;
    let foreign = false;
    for (let of = kind; of === LETTER || of === DIGIT; of = at < text.length ? classAt(text, at) : 0) {
      if (of === DIGIT) digits++;
      else if (text.charCodeAt(at) > 127) foreign = true;
      at++;
    }
    const length = at - start;
    if (digits === 0) {
      if (length > LONGEST_SERIES.named && standsApart(text, start, at)) together = 0;
    } else if (length >= LONG_CODE || (digits >= FEWEST_DIGITS.alone && length >= 6)) return true;
    if (digits > 0 && isCutByLabel(text, { start, end: at, digits })) return true;
    if (saysMore(text, start, at, foreign)) return true;
    if (start - gapStart > LONGEST_GAP) together = 0;
    together += digits;
    if (together >= FEWEST_DIGITS.parted) return true;
    if (length >= WALLET.shortest) return true;
    if ((length === 8 || length === 11 || length === 12) && isCountryAt(text, start + 4)) return true;
    if (bankAndCountry && length === 2) return true;
    bankAndCountry = length === 2 && before === 4 && isCountryAt(text, start);
    if (length > even.length) even = { length, characters: 0, digits: 0 };
    even.characters += length;
    even.digits += digits;
    if (even.characters >= WALLET.shortest && even.digits > 0) return true;
    // A shorter one ends the groups, and may begin others.
    if (length < even.length) even = { length, characters: length, digits };
    before = length;
    gapStart = at;
  }
  return false;
}

const AT = 0x40;

/** `@`, or a bracket with `at` in it. */
function maySignAddress(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code === AT) return true;
  if (code !== 0x28 && code !== 0x5b && code !== 0x7b && code !== 0x3c) return false;
  const next = text.charCodeAt(at + 1) === 0x20 ? at + 2 : at + 1;
  return (text.charCodeAt(next) | 0x20) === 0x61 && (text.charCodeAt(next + 1) | 0x20) === 0x74;
}

/** No longer word is part of a number, but where marks tie it to both sides. */
function standsApart(text: string, start: number, end: number): boolean {
  if (end - start > LONGEST_SERIES.marked) return true;
  return (start > 0 && !isMark(text, start - 1)) || (end < text.length && !isMark(text, end));
}

/** Of words that are not of ASCII, which take longest; names have most of theirs in common. */
const foreignLabel = wordMemo(labelOf);

/** `dot` of a spelt out address, or a word that says that a BIC follows, whose groups are short words. */
function saysMore(text: string, start: number, end: number, foreign: boolean): boolean {
  if (foreign && foreignLabel(text.slice(start, end))?.kind === "BIC") return true;
  const letter = text.charCodeAt(start) | 0x20;
  if (letter === 0x64) return end - start === 3 && text.slice(start, end).toLowerCase() === "dot";
  return (letter === 0x62 || letter === 0x73) && bankLabel.test(text.slice(start, start + 5));
}

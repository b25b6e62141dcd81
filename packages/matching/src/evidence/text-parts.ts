import { isCountryAt } from "./bank-code.ts";
import { said, type SaidOf } from "./said-of.ts";
import type { Standing } from "./text-identifier.ts";
import { gap, type Token } from "./text-tokens.ts";

/** A folded text, its tokens and what is said of them. */
export interface ReadText {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly said: SaidOf;
  readonly standing: Standing;
}

/** Neighbouring tokens read as one: `text` without what stands between them. */
export interface Part {
  readonly start: number;
  readonly end: number;
  /** Places of the first and the last token. */
  readonly first: number;
  readonly last: number;
  readonly text: string;
  readonly digits: number;
  /**
   * `run`: nothing stands between. `even`: groups of one length, the last perhaps shorter. `parted`: one sort of mark or space between
   * short groups, as numbers are written. `loose`: more between, so that something must say that it is a number. `apart`: more than
   * in any number, so that only a BIC or the address of a wallet may stand so.
   */
  readonly shape: "run" | "even" | "parted" | "loose" | "apart";
}

/** Letters of a word that may belong to a number, as `AB` does and `HRB`; longer ones only where something says so, or a mark ties them to it. */
export const LONGEST_SERIES = { spaced: 3, named: 4, marked: 8 };
/** Digits of whatever identifies, in one run and in several: a year beside a word is nobody's number. */
export const FEWEST_DIGITS = { alone: 4, parted: 5 };
/** Characters of the shortest address of a wallet, and of a piece of one that a stray space parts from the rest. */
export const WALLET = { shortest: 20, piece: 10, pieces: 4 };
/** Digits that are glued to letters count as a number by themselves: at one end of the run, and within it. */
const SHORTEST_GLUED = { end: 7, within: 9 };
const SHORTEST = 6;
/** Tokens, and characters, of a number that has no check of its own; and tokens of an IBAN. */
const MOST_PARTS = { number: 12, phone: 20, iban: 34 };
const LONGEST = { parted: 24, named: 40, iban: 34, bic: 12 };
/** Words in front of the first digit of even groups, and behind the last one, that may be part of them. */
const MOST_AROUND = 3;
const LONGEST_EVEN = 220;

/**
 * Every part of a text that may be an identifier, to be judged. Each run by itself; from where a number may begin, the runs behind it one
 * by one, at most a dozen (34 of an IBAN); and groups of one length as a whole. So their number grows with the text only.
 */
export function forEachPart(read: ReadText, judge: (part: Part) => void): void {
  const { tokens } = read;
  for (let at = 0; at < tokens.length; at++) {
    const { start, end, digits, noNumber } = tokens[at]!;
    if (noNumber) continue;
    if (end - start >= SHORTEST && (digits > 0 || end - start >= 8)) {
      judge({ start, end, first: at, last: at, text: read.text.slice(start, end), digits, shape: "run" });
      if (digits >= SHORTEST_GLUED.end && digits < end - start) gluedDigits(read, at, judge);
    }
    if (mayBegin(tokens, read.said.bits, at)) grow(read, at, judge);
  }
  evenGroups(read, judge);
}

/** `REF9278064`, `1247700291200KPP`: what it is glued to need not be known. */
function gluedDigits({ text, tokens }: ReadText, at: number, judge: (part: Part) => void): void {
  const { start, end } = tokens[at]!;
  for (const { index, 0: number } of text.slice(start, end).matchAll(/[0-9]{7,}/g)) {
    const from = start + index;
    const to = from + number.length;
    if (from > start && to < end && number.length < SHORTEST_GLUED.within) continue;
    judge({ start: from, end: to, first: at, last: at, text: number, digits: number.length, shape: "run" });
  }
}

/** Where several tokens that are one may begin: not in the middle of a row of digits, nor with a word that no digit follows. */
function mayBegin(tokens: readonly Token[], bits: Uint8Array, at: number): boolean {
  const token = tokens[at]!;
  const next = tokens[at + 1];
  if (next === undefined || next.gap === gap.BREAK || next.noNumber) return false;
  const length = token.end - token.start;
  const other = next.end - next.start;
  if ((bits[at]! & said.BIC) !== 0 || next.gap === gap.NONE) return true;
  if (isPiece(token) || isPiece(next)) return true;
  if (token.digits === 0)
    return (
      (length <= LONGEST_SERIES.marked && next.digits > 0) ||
      (length === 4 && other === 2) ||
      (length === 8 && other === 3)
    );
  return beginsRow(tokens, at) || (at > 0 && tokens[at - 1]!.digits > 0 && beginsRow(tokens, at - 1));
}

function isPiece({ start, end, digits }: Token): boolean {
  return digits > 0 && end - start >= WALLET.piece;
}

/** The first of a row of numbers with the same between them. */
function beginsRow(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  const { gap: between } = tokens[at]!;
  return before === undefined || before.digits === 0 || between > gap.MARK || between !== tokens[at + 1]?.gap;
}

/** The token with those behind it, one by one, for as long as they may be one identifier. */
function grow({ text, tokens, said: { bits } }: ReadText, first: number, judge: (part: Part) => void): void {
  const token = tokens[first]!;
  const bit = bits[first]!;
  const named = (bit & (said.PASSPORT | said.REGISTER | said.NUMBER | said.IMO | said.MMSI)) !== 0;
  const dialled = (bit & said.PHONE) !== 0 || isDialledFromAbroad(text, token);
  let joined = text.slice(token.start, token.end);
  let digits = token.digits;
  let words = digits === 0 ? 1 : 0;
  let longestWord = words * joined.length;
  let piece = isPiece(token);
  let [spaces, marks, loose] = [false, false, false];
  const most = Math.min(tokens.length, first + MOST_PARTS.iban);
  for (let last = first + 1; last < most; last++) {
    const { start, end, gap: between, noNumber, digits: more } = tokens[last]!;
    if (between === gap.BREAK || noNumber) return;
    if (between === gap.SPACE) spaces = true;
    else if (between === gap.MARK) marks = true;
    else if (between === gap.LOOSE) loose = true;
    joined += text.slice(start, end);
    digits += more;
    if (more === 0) {
      words++;
      longestWord = Math.max(longestWord, end - start);
    }
    piece ||= isPiece(tokens[last]!);
    const { length } = joined;
    const count = last - first + 1;
    const run = !spaces && !marks && !loose;
    const few = count <= MOST_PARTS.number;
    const parted =
      few && !loose && !(spaces && marks) && length <= LONGEST.parted && areOfSeries(words, longestWord, spaces);
    const told =
      few &&
      named &&
      length <= LONGEST.named &&
      words <= 3 &&
      longestWord <= (spaces || loose ? LONGEST_SERIES.named : LONGEST_SERIES.marked);
    const call = count <= MOST_PARTS.phone && dialled && digits === length && length <= LONGEST.parted;
    const code =
      longestWord <= LONGEST_SERIES.named && ((length <= 20 && few) || (length <= LONGEST.iban && mayBeIban(joined)));
    const bic = length <= LONGEST.bic && count <= 4;
    const address = piece && count <= WALLET.pieces;
    if (!run && !parted && !told && !call && !code && !bic && !address) return;
    const enough = length >= SHORTEST && digits >= (run ? FEWEST_DIGITS.alone : FEWEST_DIGITS.parted);
    const worth =
      (enough && (run || parted || told || call || (code && (length === 20 || length >= 15)))) ||
      (bic && length >= 8 && isCountryAt(joined, 4)) ||
      (length >= WALLET.shortest && (run || address));
    if (!worth) continue;
    judge({
      start: token.start,
      end,
      first,
      last,
      text: joined,
      digits,
      shape: run ? "run" : parted ? "parted" : told || call || code ? "loose" : "apart",
    });
  }
}

function areOfSeries(words: number, longestWord: number, spaces: boolean): boolean {
  return spaces
    ? words <= 1 && longestWord <= LONGEST_SERIES.spaced
    : words <= 2 && longestWord <= LONGEST_SERIES.marked;
}

function mayBeIban(joined: string): boolean {
  return isCountryAt(joined, 0) && /^..(?:[0-9]{2}|[0-9]?$)/.test(joined);
}

/** Behind `+`, or with the digits that go before a country's code. */
export function isDialledFromAbroad(text: string, { start }: Pick<Token, "start">): boolean {
  const before = text.charCodeAt(start - 1) === 0x2b || /\+[\s(]{1,2}$/.test(text.slice(Math.max(0, start - 3), start));
  return before || text.startsWith("00", start) || text.startsWith("011", start);
}

/** Groups of one length, three or more, as codes are printed: whole, and without the words of that length beside them. */
function evenGroups({ text, tokens }: ReadText, judge: (part: Part) => void): void {
  for (let first = 0; first + 2 < tokens.length;) {
    const group = lengthOf(tokens[first]!);
    const between = tokens[first + 1]!.gap;
    let last = first;
    let digits = tokens[first]!.digits;
    let shorter = false;
    while (last + 1 < tokens.length && !shorter) {
      const next = tokens[last + 1]!;
      if (next.gap !== between || between === gap.BREAK || next.noNumber || lengthOf(next) > group) break;
      shorter = lengthOf(next) < group;
      digits += next.digits;
      last++;
    }
    if (last - first >= 2 && digits > 0) evenParts({ text, tokens, first, last, group }, judge);
    // The last may be the first of others.
    first = Math.max(first + 1, last);
  }
}

interface Groups {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly first: number;
  readonly last: number;
  readonly group: number;
}

function evenParts({ text, tokens, first, last, group }: Groups, judge: (part: Part) => void): void {
  let firstDigit = first;
  while (tokens[firstDigit]!.digits === 0) firstDigit++;
  let lastDigit = last;
  while (tokens[lastDigit]!.digits === 0) lastDigit--;
  // An address in groups of four or so is long; a number in such groups is read from where it begins.
  const shortest = group === 1 ? SHORTEST : WALLET.shortest;
  const ends = [...new Set([...upTo(last, lastDigit), ...upTo(lastDigit + MOST_AROUND, lastDigit)])];
  for (const from of new Set([...upTo(firstDigit, firstDigit - MOST_AROUND), ...upTo(first + MOST_AROUND, first)]))
    for (const to of ends) {
      if (from < first || from > firstDigit || to > last || to < lastDigit) continue;
      const start = tokens[from]!.start;
      const end = tokens[to]!.end;
      if ((to - from + 1) * group < shortest || (to - from) * group > LONGEST_EVEN) continue;
      let joined = "";
      let digits = 0;
      for (let at = from; at <= to; at++) {
        joined += text.slice(tokens[at]!.start, tokens[at]!.end);
        digits += tokens[at]!.digits;
      }
      if (joined.length >= shortest) judge({ start, end, first: from, last: to, text: joined, digits, shape: "even" });
    }
}

/** Few places down from one to another. */
function upTo(from: number, to: number): readonly number[] {
  const places: number[] = [];
  for (let at = from; at >= to && places.length <= MOST_AROUND; at--) places.push(at);
  return places;
}

function lengthOf({ start, end }: Token): number {
  return end - start;
}

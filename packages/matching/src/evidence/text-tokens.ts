import { foldText } from "./fold-text.ts";
import { type IdentifierLabel, labelOf, stemOf } from "./identifier-labels.ts";

/** What stands between a token and the one before it. */
export const gap = {
  /** Nothing: a label ends or begins within a word, as in `INN7719898900`. */
  NONE: 0,
  /** One space or two. */
  SPACE: 1,
  /** One mark that groups a number: `-./_()`. */
  MARK: 2,
  /** Up to four marks, commas, colons and spaces: within a number only where something says that it is one. */
  LOOSE: 3,
  /** Anything else. No number goes on behind it. */
  BREAK: 4,
} as const;

/** A run of letters and digits of a folded text. */
export interface Token {
  readonly start: number;
  readonly end: number;
  /** Digits in it. */
  readonly digits: number;
  /** What stands in front of it. */
  readonly gap: number;
  /** The character in front of it. */
  readonly before: string;
  /** What it says of numbers beside it; null for most. */
  readonly label: IdentifierLabel | null;
  /** It is part of a date, or a number that many share. */
  noNumber: boolean;
}

/** Classes of characters; 0 for those behind which no number goes on. */
export const LETTER = 1;
export const DIGIT = 2;
const SPACE = 3;
const MARK = 4;
const LOOSE = 5;
const classes = Uint8Array.from({ length: 128 }, (_, code) => classOf(String.fromCharCode(code)));

function classOf(character: string): number {
  if (/[0-9]/.test(character)) return DIGIT;
  if (/[A-Za-z]/.test(character)) return LETTER;
  if (character === " ") return SPACE;
  if ("-./_()".includes(character)) return MARK;
  return ",:#'\"[]|*\\".includes(character) ? LOOSE : 0;
}

const otherLetter = /[\p{L}\p{N}]/u;

export function classAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code < 128) return classes[code]!;
  // Half of a letter beyond the plane of most is one, too.
  return otherLetter.test(text.charAt(at)) || (code >= 0xd800 && code < 0xe000) ? LETTER : 0;
}

/** The tokens of a folded text, in order. A run that begins or ends with a label is cut there. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let gapStart = 0;
  for (let at = 0; at < text.length;) {
    const kind = classAt(text, at);
    if (kind !== LETTER && kind !== DIGIT) {
      at++;
      continue;
    }
    const start = at;
    let digits = 0;
    for (let of = kind; of === LETTER || of === DIGIT; of = at < text.length ? classAt(text, at) : 0) {
      if (of === DIGIT) digits++;
      at++;
    }
    const between = tokens.length === 0 ? gap.BREAK : gapOf(text, gapStart, start);
    addRun(tokens, text, { start, end: at, digits, gap: between });
    gapStart = at;
  }
  markDates(tokens, text);
  markShared(tokens, text);
  return tokens;
}

export function isMark(text: string, at: number): boolean {
  return classAt(text, at) === MARK;
}

/** Characters between two tokens of one number. */
export const LONGEST_GAP = 4;

function gapOf(text: string, from: number, to: number): number {
  const length = to - from;
  if (length > LONGEST_GAP) return gap.BREAK;
  let most = 0;
  for (let at = from; at < to; at++) {
    const kind = classAt(text, at);
    if (kind === 0) return gap.BREAK;
    if (kind > most) most = kind;
  }
  if (most === SPACE) return length <= 2 ? gap.SPACE : gap.LOOSE;
  return length === 1 && most === MARK ? gap.MARK : gap.LOOSE;
}

type Run = Pick<Token, "start" | "end" | "digits" | "gap">;

/** A run with fewer letters bears no label. */
const SHORTEST_LABEL = 2;
/** Digits of a run that a label of two letters begins: groups of an address have such letters, too. */
const FEWEST_LABELLED = 4;
/** Longer runs are addresses of wallets, whose letters say nothing. */
const LONGEST_LABELLED = 48;

/** Letters alone are no number, but may be a BIC with its label. */
export const bankLabel = /^(?:bic|swift)/i;

/** Whether a run of letters and digits is cut by a label in it: then its parts may be an identifier with what is beside them. */
export function isCutByLabel(text: string, run: Pick<Run, "start" | "end" | "digits">): boolean {
  const { start, end, digits } = run;
  if (end - start - digits < SHORTEST_LABEL || end - start > LONGEST_LABELLED) return false;
  return labelCuts(text, run).some((place) => place > start && place < end);
}

function addRun(tokens: Token[], text: string, run: Run): void {
  const { start, end, digits } = run;
  const letters = end - start - digits;
  if (letters < SHORTEST_LABEL || end - start > LONGEST_LABELLED) return add(tokens, text, run, null);
  if (digits === 0) {
    const word = text.slice(start, end);
    const label = labelOf(word);
    if (label !== null || !bankLabel.test(word)) return add(tokens, text, run, label);
    return addCut(tokens, text, run, [start + stemOf(word)]);
  }
  addCut(tokens, text, run, labelCuts(text, run));
}

function add(tokens: Token[], text: string, run: Run, label: IdentifierLabel | null): void {
  tokens.push({ ...run, label, before: run.start > 0 ? text.charAt(run.start - 1) : "", noNumber: false });
}

/** The run in the parts that the places cut it into. */
function addCut(tokens: Token[], text: string, run: Run, places: readonly number[]): void {
  let start = run.start;
  let between = run.gap;
  for (const place of [...places, run.end]) {
    if (place <= start || place > run.end) continue;
    let digits = 0;
    for (let at = start; at < place; at++) if (classAt(text, at) === DIGIT) digits++;
    const label = digits === 0 && place - start >= SHORTEST_LABEL ? labelOf(text.slice(start, place)) : null;
    add(tokens, text, { start, end: place, digits, gap: between }, label);
    start = place;
    between = gap.NONE;
  }
}

/** Places where a label within a run of letters and digits begins or ends: `INN77…SRN10…`, `PassportNoAD002119`, `护照号AD002119`. */
function labelCuts(text: string, { start, end, digits }: Pick<Run, "start" | "end" | "digits">): readonly number[] {
  const cuts: number[] = [];
  for (let at = start; at < end;) {
    let to = at;
    const digit = classAt(text, at) === DIGIT;
    const unspaced = isUnspaced(text, at);
    while (to < end && (classAt(text, to) === DIGIT) === digit && isUnspaced(text, to) === unspaced) to++;
    if (unspaced) cuts.push(at, to);
    else if (!digit && (to - at > SHORTEST_LABEL || digits >= FEWEST_LABELLED))
      cuts.push(...wordCuts(text.slice(at, to), { start: at, isFirst: at === start, digits }));
    at = to;
  }
  return cuts;
}

interface Word {
  readonly start: number;
  /** It begins the run. */
  readonly isFirst: boolean;
  /** Of the run. */
  readonly digits: number;
}

/** The letters behind a label may belong to the number, whether or not `no` stands between. */
function wordCuts(word: string, { start, isFirst, digits }: Word): readonly number[] {
  const end = start + word.length;
  if (shared.has(word.toUpperCase())) return [start, end];
  const label = labelOf(word);
  // What the quick look does not see, for it reads whole runs.
  if (bankLabel.test(word) ? !isFirst : label?.kind === "BIC") return [];
  const letters = stemOf(word);
  const stem = letters > SHORTEST_LABEL || digits >= FEWEST_LABELLED ? letters : 0;
  const cuts = label === null ? [] : [start, end];
  if (stem === 0) return cuts;
  const number = /^(?:number|numero|nummer|num|no|nr)/i.exec(word.slice(stem))?.[0].length ?? 0;
  return [start, start + stem, start + stem + number, ...cuts].toSorted((a, b) => a - b);
}

/** Of a script that puts no spaces between words; such a word may stand right before a number. */
function isUnspaced(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x0e00 && ((code >= 0x3040 && code < 0xd800) || code < 0x0e80 || (code >= 0x1100 && code < 0x1200));
}

/** `12.03.2024`, `2024-03-12`: three numbers with one mark between, with none beside them. */
function markDates(tokens: readonly Token[], text: string): void {
  for (let i = 0; i + 2 < tokens.length; i++) {
    const [a, b, c] = [tokens[i]!, tokens[i + 1]!, tokens[i + 2]!];
    if (b.gap !== gap.MARK || c.gap !== gap.MARK || b.before !== c.before) continue;
    if (a.gap === gap.MARK || a.before === "+" || tokens[i + 3]?.gap === gap.MARK) continue;
    const whole = `${text.slice(a.start, a.end)}-${text.slice(b.start, b.end)}-${text.slice(c.start, c.end)}`;
    if (threeNumbers.test(whole)) a.noNumber = b.noNumber = c.noNumber = true;
  }
}

/** The reason code of a Russian taxpayer tells a tax office, not a firm. */
const shared = new Set(["КПП", "KPP", "PPC"].flatMap((word) => [word, foldText(word).text]));

function markShared(tokens: readonly Token[], text: string): void {
  for (let i = 1; i < tokens.length; i++) {
    const { start, end } = tokens[i - 1]!;
    if (end - start === 3 && tokens[i]!.gap !== gap.BREAK && shared.has(text.slice(start, end).toUpperCase()))
      tokens[i]!.noNumber = true;
  }
}

const day = "(?:0?[1-9]|[12][0-9]|3[01])";
const month = "(?:0?[1-9]|1[0-2])";
const threeNumbers = new RegExp(
  `^(?:${day}-${month}|${month}-${day})-(?:19|20)?[0-9]{2}$|^(?:19|20)[0-9]{2}-${month}-${day}$`,
);
const digitsOfDate =
  /^(?:(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])|(?:(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])|(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))(?:19|20)[0-9]{2})$/;

/** Whether eight digits are a day of this century or the last, in one of the three orders. */
export function readsLikeDate(digits: string): boolean {
  return digits.length === 8 && digitsOfDate.test(digits);
}

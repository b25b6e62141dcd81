import { isIban, isLei } from "./check-digits.ts";
import { plainCharacters } from "./plain-characters.ts";
import { isStateRegistration, isTaxpayerNumber } from "./register-check-digits.ts";

/** What registers call their numbers, and short words for a number. Longer ones first, so that each is read whole. */
const labels = [
  ..."PASSPORT PASAPORTE PASSEPORT REISEPASS ПАСПОРТ NUMBER NUMERO NUMÉRO НОМЕР REGISTRATION".split(" "),
  ..."OGRNIP ОГРНИП ЄДРПОУ USREOU EDRPOU OGRN ОГРН PSRN LLPIN USCC SWIFT IBAN MMSI CNPJ CURP CUIT CUIL FEIN DUNS".split(
    " ",
  ),
  ..."OKPO ОКПО TIN INN ИНН KPP КПП PPC SRN BIN БИН IIN ИИН УНН УНП UNP BIC BIK БИК IMO LEI VAT CRN BRN UIN UID EIN".split(
    " ",
  ),
  ..."SSN NIF CIF NIP KRS RUC RIF RFC NIT CPF PAN CIN DIN NIC NUM REG CR BR NO NR ID IP TR".split(" "),
].toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1));
const label = `(?:${labels.join("|")})`;
const longLabel = `(?:${labels.filter(({ length }) => length >= 3).join("|")})`;
const shortLabel = `(?:${labels.filter(({ length }) => length === 2).join("|")})`;

/** Where a label or a word is glued to a number: a break belongs there. */
const glued: readonly (readonly [RegExp, string])[] = [
  [new RegExp(String.raw`(?<=\d)(?=${longLabel}(?!\p{L}))|(?<=\d{5})(?=${shortLabel}(?!\p{L}))`, "giu"), " ; "],
  [/(?<=\d{4}\p{Lu}?)(?=\p{Lu}?\p{Ll}{2,})/gu, " ; "],
  [/(?<![\p{L}\p{N}])(\d{6,}(?=\p{Lu}{3,}(?![\p{L}\p{N}]))|\d{7,}(?=\p{Lu}{2}(?![\p{L}\p{N}])))/gu, "$1 ; "],
  [new RegExp(String.raw`(?<!\p{L})(${longLabel})(?=[-/.#]?\d{4})`, "giu"), "$1 ; "],
  [new RegExp(String.raw`(?<![\p{L}\p{N}])(${shortLabel})(?=[-/.#]?\d{4})`, "giu"), "$1 ; "],
  [new RegExp(String.raw`(?<!\p{L})(${longLabel})(?=[-/.#]?\p{L}{1,3}\d{5})`, "giu"), "$1 ; "],
  [new RegExp(String.raw`(?<![\p{L}\p{N}])(${shortLabel})(?=[-/.#]\p{L}{1,3}\d{5})`, "giu"), "$1 ; "],
  [/(?<=\p{Ll}{2})(?=\p{Lu}{0,3}\d{4})/gu, " ; "],
];

/** `8208 No. 555627`: a series and a number. */
const between = /(?<=\d)\s{1,2}(?:nos?|nr|n|№|number|номер)[.:°º]{0,2}\s{0,2}(?=\d)/giu;

const atoms = /[\p{L}\p{N}\p{M}]+/gu;
const onlyLetters = /^[\p{L}\p{M}]+$/u;
const isLabel = new RegExp(`^${label}$`, "iu");

/** Digits or letters that no space parts: `35202-5400413-9`, `12/SAKHANA(N)020199`. */
interface Chain {
  readonly text: string;
  readonly plain: string;
}

const LONGEST_JOINED = 20;
/** Most chains that are put together to one number. */
const MOST_JOINED = 10;
/** Longest account number. */
const LONGEST_CODE = 34;

const digitsOf = (plain: string): number => plain.replaceAll(/[^0-9]/g, "").length;

/** Years, which many numbers of registers end in: `1661/2015-2016`. */
const isYears = (plain: string): boolean => /^(?:19|20)\d\d(?:19|20)\d\d(?!\d)/.test(plain);

/** Standing beside others, a run must be longer to be a number of its own: it may be a group of one. */
const standsAlone = (plain: string): boolean =>
  plain.length >= 7 &&
  (digitsOf(plain) >= 5 || /^[A-Z0-9]*(?:[A-Z][0-9]|[0-9][A-Z])[A-Z0-9]*$/.test(plain)) &&
  !isYears(plain);

/**
 * Every run of a cell that a person may read as a number, in capitals and digits; what is too short is among them. A
 * number in groups (`96 03 464086`) comes out joined, and so does what else stands side by side up to 20 characters; of
 * more, only what a check digit bears out. What is glued to a label or a word comes out without it, too.
 */
export function* numbersInCell(text: string): Generator<string> {
  let apart = text.replaceAll(between, " ");
  yield* readRuns(apart, false);
  for (const [place, mark] of glued) apart = apart.replaceAll(place, mark);
  yield* readRuns(apart, true);
}

function* readRuns(text: string, labelsPart: boolean): Generator<string> {
  let sequence: Chain[] = [];
  for (const chain of chainsOf(text)) {
    if (chain !== null && !isWord(chain.text, labelsPart)) {
      sequence.push(chain);
      continue;
    }
    yield* readSequence(sequence);
    sequence = [];
  }
  yield* readSequence(sequence);
}

/** Words part numbers; up to four capitals may be the series of one. */
function isWord(text: string, labelsPart: boolean): boolean {
  if (!onlyLetters.test(text)) return false;
  return text.length >= 5 || (text.length >= 3 && /\p{Ll}/u.test(text)) || (labelsPart && isLabel.test(text));
}

/** The chains in order, null where more than a space parts two of them. */
function* chainsOf(text: string): Generator<Chain | null> {
  let from = -1;
  let to = 0;
  let before = "";
  const chain = (): Chain => ({ text: text.slice(from, to), plain: plainCharacters(text.slice(from, to)) });
  for (const { index, 0: atom } of text.matchAll(atoms)) {
    const gap = text.slice(to, index);
    if (from < 0) from = index;
    else if (!isGlue(gap, before, atom)) {
      yield chain();
      if (!/^[\s()[\]'’"]+$/u.test(gap)) yield null;
      from = index;
    }
    to = index + atom.length;
    before = atom;
  }
  if (from >= 0) yield chain();
}

function isGlue(gap: string, before: string, after: string): boolean {
  if (gap === ",") return /^\d{1,3}$/.test(before) && /^\d{3}$/.test(after);
  return /^[-/._*()[\]'’&]{1,3}$/u.test(gap);
}

function* readSequence(chains: readonly Chain[]): Generator<string> {
  for (const { text, plain } of chains) {
    if (chains.length === 1 || standsAlone(plain)) yield plain;
    for (const part of text.split("/"))
      if (part !== text && standsAlone(plainCharacters(part))) yield plainCharacters(part);
    const parted = /[/()[\]]/.test(text);
    for (const part of text.split(/[^\p{L}\p{N}\p{M}]+/u)) {
      const own = plainCharacters(part);
      if (own !== plain && (digitsOf(own) >= 8 || (parted && standsAlone(own)))) yield own;
    }
  }
  if (chains.length < 2) return;
  const all = chains.map(({ plain }) => plain);
  yield* joined(all);
  for (const digits of runsOfDigits(all)) yield* joined(digits);
  yield* borneOut(all);
}

function* joined(parts: readonly string[]): Generator<string> {
  const plain = parts.length > LONGEST_JOINED ? "" : parts.join("");
  if (parts.length > 1 && plain.length <= LONGEST_JOINED && standsAlone(plain)) yield plain;
}

function* runsOfDigits(parts: readonly string[]): Generator<readonly string[]> {
  let run: string[] = [];
  for (const part of [...parts, ""]) {
    if (/^\d+$/.test(part)) run.push(part);
    else {
      if (run.length < parts.length) yield run;
      run = [];
    }
  }
}

/** Neighbours that make up a number with a check digit. */
function* borneOut(parts: readonly string[]): Generator<string> {
  for (let from = 0; from < parts.length; from++) {
    let plain = parts[from] ?? "";
    for (let to = from + 1; to < Math.min(parts.length, from + MOST_JOINED); to++) {
      plain += parts[to] ?? "";
      if (plain.length > LONGEST_CODE) break;
      if (isTaxpayerNumber(plain) || isStateRegistration(plain) || isLei(plain) || isIban(plain)) yield plain;
    }
  }
}

import type { IdentifierKind, ListedIdentifier } from "../designation.ts";
import { addressesInCell, phonesInCell } from "./cell-contacts.ts";
import { numbersInCell } from "./cell-numbers.ts";
import { isShipNumber } from "./check-digits.ts";
import { bicKeys, coded, families, type Family, isNumber, selfEvident, shortestNumber } from "./identifier-keys.ts";
import { withoutNoNumbers } from "./no-numbers.ts";
import { plainCharacters } from "./plain-characters.ts";
import { looksLikeWallet } from "./wallet.ts";

/** UTF-16 units of a cell that are read: more is not a cell of numbers. */
const LONGEST_CELL = 20_000;

/**
 * The keys under which a listed identifier is found; none where nothing in it identifies anybody. A cell of a list is a
 * text with numbers in it: each run that can be a number of the cell's kind, or that its own check bears out, is a key.
 * A listed and an asked identifier are the same if and only if they have a key in common.
 */
export function keysOfListed({ kind, value }: Pick<ListedIdentifier, "kind" | "value">): readonly string[] {
  const cell = value.length > LONGEST_CELL ? value.slice(0, LONGEST_CELL) : value;
  const keys = new Set(selfEvident(cell));
  if (/^[A-Z0-9]+$/.test(cell)) for (const key of keysOfOne(kind, cell)) keys.add(key);
  else for (const key of keysOfCell(kind, cell.normalize("NFKC").replaceAll(/\p{Cf}/gu, ""))) keys.add(key);
  if (keys.size === 0 && families[kind] === undefined && kind !== "PHONE" && kind !== "EMAIL")
    for (const key of keysOfStray(cell)) keys.add(key);
  return [...keys];
}

/** A cell that is capitals and digits, nothing else: most are. */
function* keysOfOne(kind: IdentifierKind, value: string): Generator<string> {
  const family = families[kind];
  if (family === undefined) yield* kind === "BIC" ? bicKeys(value, "listed") : coded(kind, value);
  else yield* keysOfNumbers([family], value, value);
  if (/[A-Z]/.test(value)) yield* checkedKeys(kind, value);
}

function* keysOfCell(kind: IdentifierKind, text: string): Generator<string> {
  const own = families[kind];
  const numbers = withoutNoNumbers(text);
  if (own !== undefined) yield* keysOfNumbers(familiesOf(own, text), numbers, text);
  else yield* codedInCell(kind, text, numbers);
  yield* checkedKeys(kind, text);
}

/** The cell's own family, and those that its words name: a passport's cell may hold the number of an identity card. */
function familiesOf(own: Family, text: string): ReadonlySet<Family> {
  const all = new Set<Family>([own]);
  if (/passe?port|pasaporte|reisepass|паспорт|laissez|travel document/iu.test(text)) all.add("passport");
  if (/national|identity|identif|registr|\btax|(?<!\p{L})(?:ID|INN|TIN|OGRN|ИНН|ОГРН|УНП)(?!\p{L})/iu.test(text))
    all.add("register");
  return all;
}

function* keysOfNumbers(of: Iterable<Family>, text: string, whole: string): Generator<string> {
  const numbers = new Set(numbersInCell(text));
  if (text === whole) numbers.add(plainCharacters(whole));
  for (const plain of numbers) {
    if (isNumber(plain)) for (const family of of) yield `${family}:${plain}`;
    // Registers write a country before their numbers or not: BE480224531.
    const bare = /^[A-Z]{2,3}([0-9]{9,12})$/.exec(plain)?.[1];
    if (bare !== undefined && isNumber(bare))
      for (const family of of) if (family === "register") yield `register:${bare}`;
  }
}

/** What stands in the cell of a kind that has a form of its own. */
function* codedInCell(kind: IdentifierKind, text: string, numbers: string): Generator<string> {
  if (kind === "PHONE") for (const phone of phonesInCell(text)) yield* coded(kind, phone);
  else if (kind === "EMAIL") for (const address of [text, ...addressesInCell(text)]) yield* coded(kind, address);
  else if (kind === "BIC") yield* bicsInCell(text);
  else {
    yield* coded(kind, text);
    const parts = kind === "WALLET" ? text.split(/[\s,;|/()]+/) : numbersInCell(numbers);
    for (const part of parts) if (/\d/.test(part)) yield* coded(kind, part);
  }
}

/** All codes of a cell that has nothing else; beside words, which may look like one, those of which more is known. */
function* bicsInCell(text: string): Generator<string> {
  yield* bicKeys(text, "listed");
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  const codes = words.filter((word) => /^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/.test(word));
  const sure = codes.length === words.length ? codes : codes.filter((word) => /\d|XXX$/.test(word));
  const ends = [words[0] ?? "", words.at(-1) ?? ""].filter((word) => codes.includes(word));
  for (const code of [...sure, ...ends]) yield* bicKeys(code, "listed");
}

const labelledBic =
  /(?:SWIFT|BIC)(?:[\s:/#.–-]{0,4}(?:SWIFT|BIC|codes?|nos?|numbers?|is)){0,3}[\s:/#.=(–-]{0,5}(?=([A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)(?![A-Za-z0-9]))/g;

/** What says itself what it is, in a cell of any kind: by its check digits, its form, or the label before it. */
function* checkedKeys(kind: IdentifierKind, text: string): Generator<string> {
  for (const [, number = ""] of text.matchAll(/IMO[^\d]{0,20}(\d{7})(?!\d)/gi)) yield* coded("IMO", number);
  if (/IMO/i.test(text))
    for (const [number] of text.matchAll(/(?<!\d)\d{7}(?!\d)/g)) if (isShipNumber(number)) yield `imo:${number}`;
  for (const [, number = ""] of text.matchAll(/MMSI[^\d]{0,20}(\d{9})(?!\d)/gi)) yield* coded("MMSI", number);
  for (const [, code = ""] of text.matchAll(labelledBic)) yield* bicKeys(code, "listed");
  if (text.length < 15) return;
  for (const number of numbersInCell(text)) yield* selfEvident(number);
  if (kind !== "WALLET")
    for (const [run] of text.matchAll(/[0-9A-Za-z]{25,130}/g)) if (isWallet(run)) yield* coded("WALLET", run);
  if (kind !== "EMAIL" && text.includes("@"))
    for (const address of addressesInCell(text)) yield* coded("EMAIL", address);
  if (kind !== "PHONE")
    for (const [phone] of text.matchAll(/\+\d[\d\s()./-]{6,22}\d/g))
      for (const one of phonesInCell(phone)) yield* coded("PHONE", one);
}

/** Base58 has digits and letters of both cases, mixed; the other forms tell themselves. */
function isWallet(run: string): boolean {
  if (!looksLikeWallet(run) || !/\d/.test(run)) return false;
  return /^(?:0x|bc1|ltc1)/i.test(run) || (/[a-z]/.test(run) && /[A-Z]/.test(run));
}

/** A number in a cell of codes that is none of them: somebody's number all the same, of whatever kind. */
function* keysOfStray(cell: string): Generator<string> {
  for (const plain of numbersInCell(withoutNoNumbers(cell)))
    if (plain.length >= shortestNumber.untold && isNumber(plain)) yield `number:${plain}`;
}

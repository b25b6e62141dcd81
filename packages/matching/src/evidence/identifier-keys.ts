import type { IdentifierKind } from "../designation.ts";
import { isIban, isLei, isShipNumber } from "./check-digits.ts";
import { plainCharacters } from "./plain-characters.ts";
import { walletAddress } from "./wallet.ts";

/**
 * What an event may call an identifier. Beside the kinds of the lists: the number of an account that is not said to be
 * an IBAN, and a member number in a clearing system.
 */
export type AskedKind = IdentifierKind | "IBAN" | "ACCOUNT" | "CLEARING";

/** A value longer than this is none. */
export const LONGEST_VALUE = 1000;
export const LONGEST_NUMBER = 40;

/** Fewest characters of a number that says by itself whose it is, by how sure both sides are of what it is. */
export const shortestNumber = {
  /** Both call it the same: two passports, or two of the numbers that registers give. */
  sameFamily: 6,
  /** In a list's cell that does not say what it is. */
  untold: 8,
} as const;

/**
 * Least room of a number that is asked for where the two sides do not call it the same: the decimal logarithm of how many
 * numbers are written alike, a digit being 1 and a letter 1.4. The more of them there are, the less likely is one of them listed by
 * chance; docs/specs/evidence.md has the figures.
 */
export const leastRoom = {
  /** In a field that holds an identifier, or behind a word that says that it is one: seven digits. */
  told: 7,
  /** In a text that says nothing of it: eight digits, or a letter with six. */
  bare: 7.4,
} as const;

/** See `leastRoom`. */
function roomOf(plain: string): number {
  let room = 0;
  for (let i = 0; i < plain.length; i++) room += plain.charCodeAt(i) < 58 ? 1 : 1.4;
  return room;
}

export type Family = "passport" | "register" | "number";

export const families: Readonly<Partial<Record<AskedKind, Family>>> = {
  PASSPORT: "passport",
  NATIONAL_ID: "register",
  TAX_ID: "register",
  REGISTRATION: "register",
  OTHER: "number",
};

/** What a number must not be to tell anybody apart: one digit over and over, or 1234567…. */
export function isPlaceholder(number: string): boolean {
  return /^(.)\1*$/.test(number.replace(/^[A-Z]{1,2}/, "")) || "012345678901234567890".includes(number);
}

/** Of few digits, only a long code can be a number: `C4KNRMNCF` is a passport's, `UNIT731` nobody's. */
export const LONG_CODE = 8;

export function isNumber(plain: string): boolean {
  const digits = plain.replaceAll(/[^0-9]/g, "").length;
  const enough = plain.length >= LONG_CODE ? 1 : 4;
  return (
    digits >= enough &&
    plain.length >= shortestNumber.sameFamily &&
    plain.length <= LONGEST_NUMBER &&
    !isPlaceholder(plain)
  );
}

const everyFamily: readonly Family[] = ["passport", "register", "number"];

/** What an event says that a number is, and how much room another one needs. */
export interface NumberSaid {
  readonly families: readonly Family[];
  readonly least: number;
  /** What is said may say something else, so that it needs as much room as any other. */
  readonly vague?: boolean;
}

/** The keys of a number of capitals and digits. */
export function numberKeys(plain: string, { families: told, least, vague = false }: NumberSaid): readonly string[] {
  if (!isNumber(plain)) return [];
  const room = roomOf(plain);
  const asked = room >= least ? everyFamily : vague && room < leastRoom.told ? [] : told;
  return asked.map((family) => `${family}:${plain}`);
}

/** The keys of a value that is nothing else than an identifier, perhaps with its scheme in front. */
export function wholeKeys(kind: AskedKind, value: string): readonly string[] {
  const family = families[kind];
  if (family !== undefined) return numberKeys(plainCharacters(value), { families: [family], least: leastRoom.told });
  if (kind === "ACCOUNT" || kind === "CLEARING") return wholeAccount(value);
  // A number in a field of another form is somebody's all the same, of whatever kind.
  const number = numberKeys(plainCharacters(value), { families: [], least: leastRoom.bare });
  return [...(kind === "BIC" ? bicKeys(value, "asked") : coded(kind, value)), ...number];
}

/** Digits of an account's number that may be somebody's: those of banks have up to eight in many countries, and each payment has two. */
const SHORTEST_OF_ACCOUNT = 9;

export function mayBeInAccount(plain: string): boolean {
  return plain.length >= SHORTEST_OF_ACCOUNT || /[A-Z]/.test(plain);
}

/** A short number of an account is one of very many in the world; a long one, a phone or a wallet is not. */
function wholeAccount(value: string): readonly string[] {
  const plain = plainCharacters(value);
  const number = mayBeInAccount(plain) ? numberKeys(plain, { families: [], least: leastRoom.bare }) : [];
  return /^\s*(?:\+|00)/.test(value) ? [...number, ...phoneKeys(value)] : number;
}

/** How the plain characters of a coded identifier read, with or without its scheme in front. */
const patterns: Readonly<Partial<Record<AskedKind, RegExp>>> = {
  IMO: /^(?:IMO)?([0-9]{7})$/,
  MMSI: /^(?:MMSI)?([0-9]{9})$/,
  LEI: /^(?:LEI)?([A-Z0-9]{20})$/,
  IBAN: /^(?:IBAN)?([A-Z]{2}[0-9]{2}[A-Z0-9]{11,30})$/,
};

/** Kinds of one spelling, alike on both sides. */
export function coded(kind: AskedKind, value: string): readonly string[] {
  const pattern = patterns[kind];
  if (pattern !== undefined) return matched(pattern, plainCharacters(value), kind.toLowerCase());
  if (kind === "WALLET") return walletKeys(value);
  if (kind === "PHONE") return phoneKeys(value);
  if (kind === "EMAIL") return emailKeys(value);
  return [];
}

export function walletKeys(value: string): readonly string[] {
  const address = walletAddress(value);
  return address === null ? [] : [`wallet:${address}`];
}

export function emailKeys(value: string): readonly string[] {
  const address = value.trim().toLowerCase();
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address) ? [`email:${address}`] : [];
}

function matched(pattern: RegExp, plain: string, scheme: string): readonly string[] {
  const found = pattern.exec(plain)?.[1];
  return found === undefined || isPlaceholder(found) ? [] : [`${scheme}:${found}`];
}

/** Digits with the country's code; `(0)` is dialled at home only, `00` and `+` say the same. */
function phoneKeys(value: string): readonly string[] {
  const digits = plainCharacters(value.replace("(0)", "").replace(/(?:ext|x)\.?\s*[0-9]+\s*$/i, "")).replace(/^0+/, "");
  return /^[0-9]{8,15}$/.test(digits) && !isPlaceholder(digits) ? [`phone:${digits}`] : [];
}

/**
 * A BIC of 8 characters, or one that ends in XXX, is the whole bank: it is the same as that of each of its branches.
 * Two branches of one bank are two. In a message's header a BIC has a terminal's letter in the ninth place.
 */
export function bicKeys(value: string, side: "listed" | "asked"): readonly string[] {
  const plain = plainCharacters(value);
  const bic = plain.length === 12 ? plain.slice(0, 8) + plain.slice(9) : plain;
  if (!/^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/.test(bic)) return [];
  const bank = bic.slice(0, 8);
  const branch = bic.slice(8);
  const whole = branch === "" || branch === "XXX";
  if (whole) return side === "listed" ? [`bic:${bank}`] : [`bic:${bank}`, `bank-of:${bank}`];
  return side === "listed" ? [`bic:${bic}`, `bank-of:${bank}`] : [`bic:${bank}`, `bic:${bic}`];
}

/** What a value is whatever it is called, because its own check says so. */
export function* selfEvident(value: string): Generator<string> {
  if (value.length < 10) return;
  const plain = plainCharacters(value);
  if (plain.startsWith("IMO") && isShipNumber(plain.slice(3))) yield `imo:${plain.slice(3)}`;
  if (isLei(plain)) yield `lei:${plain}`;
  if (isIban(plain)) yield `iban:${plain}`;
}

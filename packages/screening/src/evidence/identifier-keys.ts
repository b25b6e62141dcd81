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
const LONGEST_NUMBER = 40;

/** Fewest characters of a number that says by itself whose it is, by how sure both sides are of what it is. */
export const shortestNumber = {
  /** Both call it the same: two passports, or two of the numbers that registers give. */
  sameFamily: 6,
  /** One side does not say what it is. */
  untold: 8,
  /** One says passport, the other a number of a register. */
  otherFamily: 10,
} as const;

export type Family = "passport" | "register" | "number";

export const families: Readonly<Partial<Record<AskedKind, Family>>> = {
  PASSPORT: "passport",
  NATIONAL_ID: "register",
  TAX_ID: "register",
  REGISTRATION: "register",
  OTHER: "number",
};

/** What a number must not be to tell anybody apart: one digit over and over, or 1234567…. */
function isPlaceholder(number: string): boolean {
  return /^(.)\1*$/.test(number.replace(/^[A-Z]{1,2}/, "")) || "012345678901234567890".includes(number);
}

/** Of few digits, only a long code can be a number: `C4KNRMNCF` is a passport's, `UNIT731` nobody's. */
const LONG_CODE = 8;

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

/** The keys to look an event's identifier up by; none where it cannot be one that a list has. */
export function keysOfAsked(kind: AskedKind, value: string): readonly string[] {
  if (value.length > LONGEST_VALUE) return [];
  const keys = new Set(selfEvident(value));
  for (const key of askedKeys(kind, value)) keys.add(key);
  return [...keys];
}

function askedKeys(kind: AskedKind, value: string): readonly string[] {
  const family = families[kind];
  if (family !== undefined) return askedNumber(family, plainCharacters(value));
  if (kind === "BIC") return bicKeys(value, "asked");
  if (kind === "ACCOUNT") return [...askedAccount(value)];
  if (kind === "CLEARING") return askedMember(plainCharacters(value));
  if (kind === "EMAIL") return askedAddresses(value);
  return coded(kind, value);
}

function askedNumber(family: Family, plain: string): readonly string[] {
  if (!isNumber(plain)) return [];
  const { length } = plain;
  const others = (["passport", "register", "number"] as const).filter((other) => {
    if (other === family) return true;
    const untold = other === "number" || family === "number";
    return length >= (untold ? shortestNumber.untold : shortestNumber.otherFamily);
  });
  return others.map((other) => `${other}:${plain}`);
}

/** A short number of an account is one of very many in the world; a long one, a phone or a wallet is not. */
function* askedAccount(value: string): Generator<string> {
  const plain = plainCharacters(value);
  if (plain.length >= 12 && isNumber(plain)) yield `number:${plain}`;
  if (/^\s*(?:\+|00)/.test(value)) yield* coded("PHONE", value);
  yield* coded("WALLET", value);
}

/** Russian banks are listed by their BIK, which clearing systems call RUCBC. */
function askedMember(plain: string): readonly string[] {
  const bik = /^(?:RU(?:CBC)?)?(04[0-9]{7})$/.exec(plain)?.[1];
  return bik === undefined ? [] : [`number:${bik}`, `register:${bik}`];
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

function walletKeys(value: string): readonly string[] {
  const address = walletAddress(value);
  return address === null ? [] : [`wallet:${address}`];
}

function emailKeys(value: string): readonly string[] {
  const address = value.trim().toLowerCase();
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address) ? [`email:${address}`] : [];
}

/** Every address in it: a contact may hold several, a name, a phone number or `mailto:` beside them. */
function askedAddresses(value: string): readonly string[] {
  const addresses = value.normalize("NFKC").match(/[^\s@<>()[\]{}"':;,]+@[^\s@<>()[\]{}"':;,]+/g) ?? [];
  return [value, ...addresses, ...addresses.map((address) => address.replace(/\.+$/, ""))].flatMap(emailKeys);
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

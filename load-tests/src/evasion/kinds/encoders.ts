import type { Random } from "@cordon/simulator";

export const each = (text: string, as: (character: string) => string): string => Array.from(text).map(as).join("");
export const code = (character: string): number => character.codePointAt(0)!;
export const hex = (value: number, width = 0): string => value.toString(16).toUpperCase().padStart(width, "0");
export const bytes = (text: string): readonly number[] => [...Buffer.from(text, "utf8")];

/** About every third letter, and one at least. */
export function some(text: string, random: Random, as: (character: string) => string): string {
  const letters = Array.from(text);
  const sure = letters.findIndex((letter) => /\p{L}/u.test(letter));
  return letters
    .map((letter, at) => (/\p{L}/u.test(letter) && (at === sure || random.oneIn(3)) ? as(letter) : letter))
    .join("");
}

const named: Readonly<Record<string, string>> = {
  á: "aacute",
  à: "agrave",
  â: "acirc",
  ã: "atilde",
  ä: "auml",
  é: "eacute",
  è: "egrave",
  ê: "ecirc",
  ë: "euml",
  í: "iacute",
  ì: "igrave",
  î: "icirc",
  ï: "iuml",
  ó: "oacute",
  ò: "ograve",
  ô: "ocirc",
  õ: "otilde",
  ö: "ouml",
  ú: "uacute",
  ù: "ugrave",
  û: "ucirc",
  ü: "uuml",
  ñ: "ntilde",
  ç: "ccedil",
  ý: "yacute",
};
export const entity = (character: string): string => `&#${String(code(character))};`;
export const hexEntity = (character: string): string => `&#x${hex(code(character)).toLowerCase()};`;
export const namedEntity = (character: string): string =>
  named[character] === undefined ? character : `&${named[character]};`;
export const percent = (text: string): string =>
  bytes(text)
    .map((byte) => `%${hex(byte, 2)}`)
    .join("");
export const unicodeEscape = (character: string): string =>
  Array.from({ length: character.length }, (_, at) => `\\u${hex(character.charCodeAt(at), 4).toLowerCase()}`).join("");
export const quoted = (text: string): string =>
  bytes(text)
    .map((byte) => `=${hex(byte, 2)}`)
    .join("");
export const mimeQ = (text: string): string =>
  each(text, (letter) => (letter === " " ? "_" : /[A-Za-z0-9]/.test(letter) ? letter : quoted(letter)));
export const base64 = (text: string): string => Buffer.from(text, "utf8").toString("base64");
export const reversed = (text: string): string => Array.from(text).toReversed().join("");

const bigEndian64 = (word: string): string =>
  Buffer.from(word, "utf16le").swap16().toString("base64").replace(/=+$/, "");

export function utf7(text: string): string {
  return text
    .split(" ")
    .map((word) => `+${bigEndian64(word)}-`)
    .join(" ");
}

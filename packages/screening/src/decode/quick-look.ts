/** What in a text may belong to an encoding; a bit each, so that a decoder runs only on texts that have its signs. */
export const signs = {
  ampersand: 1,
  percent: 2,
  backslash: 4,
  equals: 8,
  angle: 16,
  plus: 32,
  control: 64,
  digits: 128,
  token: 256,
  beyondAscii: 512,
  underscore: 1024,
  bracket: 2048,
  punycode: 4096,
} as const;

const signOf = new Uint16Array(128);
for (let code = 0; code < 0x20; code++) signOf[code] = signs.control;
for (const blank of "\t\n\r") signOf[blank.charCodeAt(0)] = 0;
signOf[0x7f] = signs.control;
const signCharacters: readonly (readonly [string, number])[] = [
  ["&#", signs.ampersand],
  ["%", signs.percent],
  ["\\", signs.backslash],
  ["=", signs.equals],
  ["<", signs.angle],
  ["+", signs.plus],
  ["_", signs.underscore],
  ["[]", signs.bracket],
];
for (const [characters, sign] of signCharacters) for (const character of characters) signOf[character.charCodeAt(0)] = sign;

/** 1 for what base64, base32 and hexadecimal write; 2 for its digits. */
const inToken = new Uint8Array(128);
for (const character of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/-_") inToken[character.charCodeAt(0)] = 1;
for (const character of "0123456789") inToken[character.charCodeAt(0)] = 2;

/** Shorter runs hold no text that is looked for. */
export const SHORTEST_TOKEN = 6;
const DIGITS = 2;

/**
 * The signs of encodings in a text; 0 if it is plain, as most names are not quite: a word of six letters may be base64. One pass, no
 * allocation, some 2 ns a character.
 */
export function signsIn(text: string): number {
  let found = 0;
  let run = 0;
  let digits = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x80) {
      found |= signs.beyondAscii;
      run = 0;
      digits = 0;
      continue;
    }
    found |= signOf[code]!;
    const kind = inToken[code]!;
    run = kind === 0 ? 0 : run + 1;
    digits = kind === DIGITS ? digits + 1 : 0;
    if (run === SHORTEST_TOKEN) found |= signs.token;
    if (digits === DIGITS) found |= signs.digits;
    if (code === 0x2d && text.charCodeAt(at - 1) === 0x2d) found |= signs.punycode;
  }
  return found;
}

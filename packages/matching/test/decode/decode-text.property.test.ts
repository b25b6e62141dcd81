import fc from "fast-check";
import { expect, test } from "vitest";

import { bytesOfDigits } from "../../src/decode/base-encoded.ts";
import { decodeText } from "../../src/decode/decode-text.ts";
import { byAlternatives } from "../../src/decode/decoders.ts";
import { joined, textOfBytes } from "../../src/decode/guessed-bytes.ts";
import { type Base, base16, base64, beginsText, signs, signsIn } from "../../src/decode/quick-look.ts";
import { encoders } from "./encoders.ts";

const alphabets = [
  "abcdefghijklmnoprstuvz",
  "aáeéioöuñbcdlmnrs",
  "абвгдежзиклмнопрстуя",
  "ابتجدرسعمنهوي",
  "αβγδεικλμνοπρστ",
  "王明李东海",
];
const word = fc.constantFrom(...alphabets).chain(wordOf);
const name = fc
  .constantFrom(...alphabets)
  .chain((letters) => fc.array(wordOf(letters), { minLength: 1, maxLength: 4 }))
  .map((words) => words.join(" "));

function wordOf(letters: string): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...Array.from(letters)), minLength: 3, maxLength: 9 });
}
const partly = encoders.filter((encoder) => encoder.partly);

/** A text and its readings; a blank that does not break is a blank to whoever reads names. */
const readingsOf = (text: string): readonly string[] =>
  [text, ...decodeText(text).readings.map((reading) => reading.text)].map((one) => one.normalize("NFKC"));

test.each(partly)("$kind: any name reads, whatever part of it is encoded", (encoder) => {
  fc.assert(
    fc.property(name, fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), (text, mask) => {
      const encoded = Array.from(text, (letter, at) => (mask[at % mask.length] ? encoder.encode(letter) : letter)).join(
        "",
      );
      expect(readingsOf(encoded)).toContain(text);
    }),
    { numRuns: 60 },
  );
});

test.each(partly)("$kind: the place of a decoded part is the part that was encoded", (encoder) => {
  fc.assert(
    fc.property(word, (text) => {
      const encoded = encoder.encode(text) ?? text;
      const line = `paid to ${encoded} for rent`;
      const reading = decodeText(line).readings.find((one) => one.text === `paid to ${text} for rent`);
      if (encoded === text) return;
      expect(reading).toBeDefined();
      const { start, end } = reading!.place(8, 8 + text.length);
      expect(start).toBeGreaterThanOrEqual(8);
      expect(end).toBeLessThanOrEqual(8 + encoded.length);
      expect(end - start).toBeGreaterThanOrEqual(encoded.length - 4);
    }),
    { numRuns: 60 },
  );
});

const layers = encoders.filter(({ kind }) =>
  [
    "decimal entities",
    "percent escapes",
    "backslash u",
    "backslash x of bytes",
    "quoted-printable",
    "octal escapes",
    "base64",
    "right-to-left override",
  ].includes(kind),
);

test("encodings within one another read, two deep", () => {
  fc.assert(
    fc.property(name, fc.constantFrom(...layers), fc.constantFrom(...layers), (text, inner, outer) => {
      fc.pre(text.length > 7 && inner !== outer);
      const encoded = outer.encode(inner.encode(text) ?? text) ?? text;
      const { unreadable } = decodeText(encoded);
      expect(unreadable || readingsOf(encoded).includes(text)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

const signsAndLetters = "&#;%\\ux=?BQ+-<>_[]0123456789abcdefABCDEF \u202e\u202c\u2066\u2069\u0000\b\u001bÃ©ÐžÑéяمΣ王＆";
const noise = fc.string({ unit: fc.constantFrom(...Array.from(signsAndLetters)), maxLength: 60 });

test("whatever a text says, its places lie within it, and there are only so many readings", () => {
  fc.assert(
    fc.property(fc.oneof(noise, fc.string({ unit: "binary", maxLength: 60 })), (text) => {
      const { readings } = decodeText(text);
      expect(readings.length).toBeLessThanOrEqual(8);
      for (const reading of readings) {
        expect(reading.text.length).toBeLessThanOrEqual(4 * text.length);
        for (let at = 0; at < reading.text.length; at++) {
          const { start, end } = reading.place(at, at + 1);
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }
    }),
    { numRuns: 2000 },
  );
});

/** They leave most names as they are but for marks that part words anyway. */
const alike = new Set(["JSON string", "soft line breaks"]);

/** Beside a letter with a mark, the quick look for which is as narrow as the decoders of other sets. */
function hasNoOtherReading(text: string): boolean {
  const { readings, repairs } = byAlternatives({ text }, signs.beyondAscii, false);
  return /[^\0-\x7f]/.test(text) && readings.length === 0 && repairs.length === 0;
}

test("the quick look calls no encoded name plain, unless no decoder reads it otherwise", () => {
  fc.assert(
    fc.property(name, fc.constantFrom(...encoders.filter(({ kind }) => !alike.has(kind))), (text, encoder) => {
      const encoded = encoder.encode(text) ?? text;
      fc.pre(encoded.toLowerCase() !== text.toLowerCase() && text.length > 7);
      expect(signsIn(encoded) !== 0 || hasNoOtherReading(encoded)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

const digitsOf = (alphabet: string, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...Array.from(alphabet)), minLength: 6, maxLength });
/** Nobody writes control characters within UTF-8. */
const control = /[^\P{Cc}\t\n\r]/u;

test("the quick look calls no token of fewer than six bytes plain whose bytes are a text", () => {
  const tokens: readonly (readonly [fc.Arbitrary<string>, Base])[] = [
    [digitsOf("4567123489", 11), base16],
    [digitsOf("46abcdef12579", 11), base16],
    [digitsOf("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 7), base64],
    [digitsOf("QRSTUVWXYZabcdefghijklm0123456789", 7), base64],
  ];
  let texts = 0;
  for (const [token, base] of tokens)
    fc.assert(
      fc.property(token, (text) => {
        const said = joined(textOfBytes(bytesOfDigits(text, 0, base)) ?? []);
        fc.pre(!control.test(said));
        if (said !== "") texts++;
        expect(said === "" || beginsText(text, 0, text.length, base)).toBe(true);
      }),
      { numRuns: 20_000 },
    );
  expect(texts).toBeGreaterThan(300);
});

test("a number of six digits is hexadecimal only beside another word that is", () => {
  for (const text of ["474849", "Invoice 474849", "E2E-474849", "474849 123456", "414243/1", "474849 of 474849"])
    expect(decodeText(text).readings).toEqual([]);
  expect(decodeText("416275 4b617269").readings.map((reading) => reading.text)).toEqual(["Abu Kari"]);
  expect(decodeText("416275 414243").readings.map((reading) => reading.text)).toEqual(["Abu ABC"]);
  expect(decodeText("0x474849").readings.map((reading) => reading.text)).toEqual(["GHI"]);
  expect(decodeText("4748495051").readings.map((reading) => reading.text)).toEqual(["GHIPQ"]);
});

test("names of ASCII letters are plain", () => {
  const ascii = fc.string({
    unit: fc.constantFrom(...Array.from("abcdefghijklmnopqrstuvwxyz")),
    minLength: 2,
    maxLength: 5,
  });
  fc.assert(
    fc.property(fc.array(ascii, { minLength: 1, maxLength: 5 }), (words) => {
      expect(decodeText(words.join(" "))).toMatchObject({ readings: [], unreadable: false });
    }),
  );
});

test("a text that lost a character is unreadable wherever it stands", () => {
  fc.assert(
    fc.property(name, name, (before, after) => {
      expect(decodeText(`${before}\uFFFD${after}`).unreadable).toBe(true);
    }),
  );
});

const signsRepeated =
  "& &# % \\ =? =?a?q? < [b + U+ Ã xn-- &amp; 0x QUFB <!-- \u202e \u202e\u2066 é_ 12_ <a_ éa_ Ãé".split(" ");

test.each(signsRepeated)("4,000 characters of %j are decoded in seconds", (sign) => {
  const repeated = sign.replace("_", " ");
  const began = performance.now();
  decodeText(repeated.repeat(Math.floor(4000 / repeated.length)));
  // A quadratic rule would take minutes; the machine of the tests may be busy.
  expect(performance.now() - began).toBeLessThan(10_000);
});

import { expect, test } from "vitest";

import { decodeText } from "../../src/decode/decode-text.ts";

const every = (text: string): string => Array.from(text, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`).join("");

test("a part of a text is made of escapes where a third of it or more is taken away", () => {
  const text = `for ${every("Velda")} of Harrow`;
  const { readings, isEscaped } = decodeText(text);
  expect(readings.map((reading) => reading.text)).toContain("for Velda of Harrow");
  expect(isEscaped(4, 4 + every("Velda").length)).toBe(true);
  expect(isEscaped(0, 3)).toBe(false);
  expect(isEscaped(text.length - 6, text.length)).toBe(false);
});

test("zeros between letters are no part of a name, and letters between them no initials", () => {
  const text = Array.from("Velda Marrow", (sign) => `${sign}\0`).join("");
  expect(decodeText(text).isEscaped(0, text.length)).toBe(true);
});

test("a name in which one letter is escaped, or that follows a sign like an escape's, is a name as received, too", () => {
  const one = "V&#101;lda Marrowby Felton of Harrow";
  expect(decodeText(one).isEscaped(0, one.length)).toBe(false);
  const percent = "100%ABELARD MARROWBY";
  expect(decodeText(percent).isEscaped(4, percent.length)).toBe(false);
});

test("a third of the part itself is what counts, wherever in the text the part stands", () => {
  const first = decodeText("%41bcdefgh Velda Marrow");
  expect([first.isEscaped(0, 9), first.isEscaped(0, 10)]).toEqual([true, false]);
  const within = decodeText("Velda %41bcdefgh Marrow");
  expect([within.isEscaped(6, 15), within.isEscaped(6, 16)]).toEqual([true, false]);
  const encoded = decodeText("Velda Wm9yYW4gVmVsaWs=");
  expect(encoded.isEscaped(0, 5)).toBe(false);
});

test("control characters elsewhere in the text say nothing of the part", () => {
  const { isEscaped } = decodeText("Velda Marrow \u0001\u0002\u0003\u0004 %41bc");
  expect([isEscaped(0, 12), isEscaped(13, 17)]).toEqual([false, true]);
});

const pieces: readonly (readonly [text: string, part: string])[] = [
  ["ZorÃ¡n VelÃ­k", "ZorÃ"],
  ["ZorÃ¡n KÃ¡rakÃ¡", "rakÃ"],
  ["ZorÃ\u0083Â¡n VelÃ\u0083Â\u00adk", "ZorÃ\u0083"],
  ["Zoran Vel\\u0069k", "Vel"],
  ["Zoran Vel&#105;k", "Vel"],
  ["Zoran Vel&iacute;k", "k"],
  ["Zoran Vel%C3%ADk", "Vel"],
  ["=C3=81dam Velik", "dam Velik"],
  ["Zoran Vel<b>i</b>k", "Vel"],
  ["Zoran V<b>e</b>lik", "lik"],
  ["=?UTF-8?Q?Zoran_Vel?= =?UTF-8?Q?ikovic?=", "Vel"],
];

test.each(pieces)(
  "of %j the part %j is a piece of a word whose other letters are escaped, and no name",
  (text, part) => {
    const start = text.lastIndexOf(part);
    expect(decodeText(text).isEscaped(start, start + part.length)).toBe(true);
  },
);

const names: readonly (readonly [text: string, part: string])[] = [
  ["Zoran VELIK%CASH", "Zoran VELIK"],
  ["<Nm>Zoran Velik</Nm><Ctry>RU</Ctry>", "Zoran Velik"],
  ["Zoran VELIK<b>GROUP</b>", "Zoran VELIK"],
  ["Zoran&nbsp;Velik", "Velik"],
  ["Velik%20Zoran", "Velik"],
  ["Zoran VelÃ­k", "Zoran VelÃ­k"],
  ["Velik&amp;Zoran", "Velik"],
];

test.each(names)("of %j the part %j is whole", (text, part) => {
  const start = text.indexOf(part);
  expect(decodeText(text).isEscaped(start, start + part.length)).toBe(false);
});

test("nothing is escaped in a plain text", () => {
  expect(decodeText("Velda Marrow").isEscaped(0, 12)).toBe(false);
});

test("the parameters of a payment's link are no lost letters", () => {
  for (const link of [
    "ethereum:1BoatSLRHtKNngkdXEeobR76b53LETtpyT?value=1e18",
    "rnXyVQzgxZe7TR1EPzTkGj2jxH4LMJYh66?dt=104729",
  ])
    expect(decodeText(link).unreadable).toBe(false);
  expect(decodeText("Zor?n Marrow").unreadable).toBe(true);
  expect(decodeText("Zor=3Fn Marrow").unreadable).toBe(true);
});

import { type Edit, editsOf, type MappedText, NO_EDITS, reordered, edited } from "./mapped-text.ts";

/** Letters drawn as something else that Unicode does not decompose: negative circles and squares, regional indicators, tags. */
const drawn: readonly (readonly [first: number, last: number, letter: string])[] = [
  [0x1f150, 0x1f169, "A"],
  [0x1f170, 0x1f189, "A"],
  [0x1f1e6, 0x1f1ff, "A"],
  [0xe0020, 0xe007e, " "],
];

const drawnLetter = /[\u{1F150}-\u{1F169}\u{1F170}-\u{1F189}\u{1F1E6}-\u{1F1FF}\u{E0020}-\u{E007E}]/gu;

export function drawnLetters(text: string): readonly Edit[] {
  return editsOf(text, drawnLetter, ([character]) => {
    const point = character.codePointAt(0)!;
    const [first, , letter] = drawn.find(([from, to]) => point >= from && point <= to)!;
    return String.fromCharCode(letter.charCodeAt(0) + point - first);
  });
}

const FEWEST_OF_BRAILLE = 3;

/** Braille of the Latin alphabet, by the dots of `a` to `z` in U+2800 to U+283F. The sign for a capital says nothing. */
const brailleAlphabet = "⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚⠅⠇⠍⠝⠕⠏⠟⠗⠎⠞⠥⠧⠺⠭⠽⠵";
const brailleLetters = new Map(Array.from(brailleAlphabet, (sign, at) => [sign, String.fromCharCode(97 + at)]));

export function braille(text: string): readonly Edit[] {
  if ((text.match(/[\u2801-\u283F]/g)?.length ?? 0) < FEWEST_OF_BRAILLE) return NO_EDITS;
  return editsOf(text, /[\u2800-\u283F]/g, ([sign]) =>
    sign === "\u2800" ? " " : sign === "⠠" ? "" : brailleLetters.get(sign),
  );
}

/** Sequences that steer a terminal, and controls that are drawn as nothing. A line's ends and tabs part words and stay. */
const control =
  // oxlint-disable-next-line no-control-regex -- they are what is taken out
  /(?:\x1B\[|\x9B)[0-?]*[ -/]*[@-~]|\x1B\][^\x07\x1B]{0,200}(?:\x07|\x1B\\)?|\x1B[ -/]?[0-~]|[\0-\x07\x0B\x0C\x0E-\x1F\x7F]/g;

export function controls(text: string): readonly Edit[] {
  return editsOf(text, control, () => "");
}

/** `x\by`: the backspace takes back the sign before it, or writes over it. */
export function backspaces(text: string): readonly Edit[] {
  return text.includes("\b") ? editsOf(text, /[^\b]?[\b]/gu, () => "") : NO_EDITS;
}

export function backspacesAlone(text: string): readonly Edit[] {
  return editsOf(text, /[\b]/g, () => "");
}

/** What has no width and, between the signs of an escape, hides it. Marks of direction are read elsewhere. */
export function invisible(text: string): readonly Edit[] {
  return editsOf(text, withoutWidth, ([sign]) => (directionMark.test(sign) ? undefined : ""));
}

const withoutWidth = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
/** Variation selectors and tags may hold a text, and are read elsewhere. */
const directionMark = /[\u202A-\u202E\u2066-\u2069\u{E0020}-\u{E007E}]|\p{Variation_Selector}/u;

/** Bytes hidden in variation selectors: 0 to 15 in U+FE00 on, 16 to 255 in U+E0100 on. */
export function hiddenSelectors(text: string): readonly Edit[] {
  return editsOf(text, /(?:[\uFE00-\uFE0F]|[\u{E0100}-\u{E01EF}]){3,}/gu, ([all]) =>
    Array.from(all, (one) => {
      const point = one.codePointAt(0)!;
      return String.fromCharCode(point >= 0xe0100 ? point - 0xe0100 + 16 : point - 0xfe00);
    }).join(""),
  );
}

/** Letters that look like turned ones, each with what it is read as upside down. Those that look alike both ways are left out. */
const turned = new Map(
  "ɐa qb ɔc pd ǝe ɟf ƃg ɓg ᵷg ɥh ᴉi ıi ɾj ſj ʞk ʃl ꞁl ןl ɯm un db bq ɹr ʇt nu ʌv ʍw ʎy ∀a ᗺb Ɔc ᗡd Ǝe Ⅎf ⅁g פg ſj ⅂l ˥l Wm Ԁp Όq ᴚr ᴙr ┴t ⊥t ∩u Λv Mw ⅄y"
    .split(" ")
    .map((pair) => [pair[0]!, pair[1]!]),
);
/** Signs that stand for nothing but a turned letter. */
const surelyTurned = /[ɐɔǝɟƃᵷɥᴉɾʞɯɹʇʌʍʎ∀ᗺƆƎℲ⅁ᴚ┴⊥⅄]/gu;
const FEWEST_TURNED = 2;

/** A text written upside down, read from its end: undefined if none is. */
export function turnedAround(source: MappedText): MappedText | undefined {
  if (new Set(source.text.match(surelyTurned)).size < FEWEST_TURNED) return undefined;
  const upright = edited(
    source,
    editsOf(source.text, /[^\s]/gu, ([sign]) => turned.get(sign)),
  );
  return reordered(
    upright,
    Array.from({ length: upright.text.length }, (_, at) => upright.text.length - 1 - at),
  );
}

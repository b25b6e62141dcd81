import { base32Texts, base64Texts, hexTexts, utf7 } from "./base-encoded.ts";
import { asShown } from "./direction.ts";
import {
  backslashEscapes,
  bareEscapes,
  codePoints,
  cssEscapes,
  idleBackslashes,
  percentEscapes,
  spreadsheetEscapes,
} from "./escapes.ts";
import { edited, type MappedText, type Rewriter } from "./mapped-text.ts";
import { entities, tags } from "./markup.ts";
import { mimeWords, parameterValues, quotedPrintable } from "./mime.ts";
import { repairs } from "./mojibake.ts";
import { numberLists } from "./number-lists.ts";
import { punycodeLabels } from "./punycode.ts";
import { signs, signsIn } from "./quick-look.ts";
import {
  backspaces,
  backspacesAlone,
  braille,
  controls,
  drawnLetters,
  hiddenSelectors,
  invisible,
  turnedAround,
} from "./signs.ts";
import { spacedEscapes } from "./spaced-escapes.ts";
import { utf16Bytes, utf16Ideographs } from "./utf16-bytes.ts";

interface Decoder {
  /** It changes no text that has none of these. */
  readonly signs: number;
  readonly rewrite: Rewriter;
}

const escapeSigns = signs.ampersand | signs.percent | signs.backslash | signs.equals;

/** Those whose escapes stand for themselves and nothing else. In their order, until none finds anything. */
const escapes: readonly Decoder[] = [
  { signs: signs.control, rewrite: utf16Bytes },
  { signs: signs.equals, rewrite: mimeWords },
  { signs: signs.percent, rewrite: parameterValues },
  { signs: signs.angle | signs.bracket, rewrite: tags },
  { signs: signs.percent, rewrite: percentEscapes },
  // Behind the percent escapes, whose plus signs are blanks, and before the entities, whose sign its mail form shares.
  { signs: signs.plus | signs.ampersand, rewrite: utf7 },
  { signs: signs.ampersand, rewrite: entities },
  { signs: signs.backslash, rewrite: backslashEscapes },
  { signs: signs.equals, rewrite: quotedPrintable },
  { signs: signs.plus, rewrite: codePoints },
  { signs: signs.underscore, rewrite: spreadsheetEscapes },
  { signs: signs.punycode, rewrite: punycodeLabels },
  { signs: signs.beyondAscii, rewrite: drawnLetters },
  { signs: signs.beyondAscii, rewrite: braille },
];

/** Most rounds in which escapes of escapes are taken away. */
const MOST_ROUNDS = 6;
const covered =
  /[\uFF01-\uFF5E]|[&%\\=+#_?][\p{Default_Ignorable_Code_Point}\p{Cf}]|[\p{Default_Ignorable_Code_Point}\p{Cf}][#;=?+0-9a-f]/iu;
const fullWidth = /[\uFF01-\uFF5E]/g;

export interface Settled {
  readonly settled: MappedText;
  /** There were escapes of escapes beyond the bound. */
  readonly tooDeep: boolean;
}

/** The text with all its escapes taken away; what is written in full-width signs counts as ASCII. */
export function settle(source: MappedText, found: number): Settled {
  let settled = source;
  let left = found;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = settled;
    if ((left & signs.beyondAscii) !== 0) settled = withoutCover(settled);
    for (const { signs: needed, rewrite } of escapes) if ((left & needed) !== 0) settled = rewritten(settled, rewrite);
    if (settled.text === before.text) return { settled, tooDeep: false };
    left = signsIn(settled.text);
  }
  return { settled, tooDeep: true };
}

function rewritten(source: MappedText, rewrite: Rewriter): MappedText {
  const edits = rewrite(source.text);
  return edits.length === 0 ? source : edited(source, edits);
}

/** Escapes in full-width signs, or with signs of no width inside, as those of ASCII; a text without escapes stays as it is. */
function withoutCover(source: MappedText): MappedText {
  if (!covered.test(source.text)) return source;
  const ascii = source.text.replaceAll(fullWidth, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
  const uncovered = rewritten({ ...source, text: ascii }, invisible);
  return uncovered.text !== source.text && (signsIn(uncovered.text) & escapeSigns) !== 0 ? uncovered : source;
}

/** Those that are known from what they give, or that share their signs with others. */
const guesses: readonly Decoder[] = [
  { signs: signs.token, rewrite: base64Texts },
  { signs: signs.token, rewrite: base32Texts },
  { signs: signs.token, rewrite: hexTexts },
  ...numberLists.map((rewrite) => ({ signs: signs.digits, rewrite })),
  { signs: signs.lostBackslash, rewrite: bareEscapes },
  { signs: signs.beyondAscii, rewrite: hiddenSelectors },
  { signs: signs.control, rewrite: controls },
  { signs: signs.control, rewrite: backspaces },
  { signs: signs.control, rewrite: backspacesAlone },
  { signs: signs.control | signs.beyondAscii, rewrite: utf16Ideographs },
];

/** Readings of the received text only, before its escapes are taken away: other rules for the same signs. */
const rivals: readonly Decoder[] = [
  { signs: signs.backslash, rewrite: cssEscapes },
  { signs: signs.backslash, rewrite: idleBackslashes },
  { signs: escapeSigns, rewrite: spacedEscapes },
];

export interface Alternatives {
  readonly readings: readonly MappedText[];
  /** Those in another set of characters. */
  readonly repairs: readonly MappedText[];
  readonly unreadable: boolean;
}

/** Other ways to read a settled text. */
export function byAlternatives(settled: MappedText, found: number, repaired: boolean): Alternatives {
  const readings: MappedText[] = [];
  for (const { signs: needed, rewrite } of guesses) {
    if ((found & needed) === 0) continue;
    const reading = rewritten(settled, rewrite);
    if (reading.text !== settled.text) readings.push(reading);
  }
  if ((found & signs.beyondAscii) === 0) return { readings, repairs: [], unreadable: false };
  readings.push(...asShown(settled));
  const turned = turnedAround(settled);
  if (turned !== undefined) readings.push(turned);
  const others = repairs(settled, repaired);

  return { readings, repairs: others.readings, unreadable: others.unreadable };
}

/** Other ways to read a text before its escapes are taken away. */
export function byRivals(source: MappedText, found: number): readonly MappedText[] {
  const shown = (found & signs.beyondAscii) === 0 ? [] : asShown(source);
  const others = rivals
    .filter(({ signs: needed }) => (found & needed) !== 0)
    .map(({ rewrite }) => rewritten(source, rewrite))
    .filter(({ text }) => text !== source.text);
  return [...others, ...shown];
}

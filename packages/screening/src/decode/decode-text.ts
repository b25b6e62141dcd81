/** A text as it reads once what wraps its characters is taken away. */
export interface DecodedText {
  readonly text: string;
  /** Where the part `[start, end)` of this text stands in the text as received. UTF-16 offsets; `start < end` on both sides. */
  place(start: number, end: number): { readonly start: number; readonly end: number };
}

/** How a text can be read besides as it stands. */
export interface Decoded {
  /** What it says in each encoding that a fixed rule decodes, to be screened beside the text as received. None for a plain text. */
  readonly readings: readonly DecodedText[];
  /** It lost characters (U+FFFD), or looks encoded and no rule decodes it: what it says was not read. */
  readonly unreadable: boolean;
}

/** The one decoder before all reading: of names, lines and identifiers. Pure. */
export function decodeText(text: string): Decoded {
  return text.includes("\uFFFD") ? UNREADABLE : PLAIN;
}

const PLAIN: Decoded = Object.freeze({ readings: Object.freeze([]), unreadable: false });
const UNREADABLE: Decoded = Object.freeze({ readings: Object.freeze([]), unreadable: true });

import { canonicalToken } from "./canonical.ts";
import { type Folded, fold } from "./fold.ts";

/** One word of a name. `text` is what is compared; `[start, end)` are UTF-16 offsets into the original string. */
export interface Token {
  /** Bytes a-z0-9, legal forms and titles replaced by the word of their class. Never empty. */
  readonly text: string;
  /** Bytes a-z0-9 as written. */
  readonly written: string;
  readonly start: number;
  readonly end: number;
}

export interface Tokenised {
  readonly tokens: readonly Token[];
  /** True if an apostrophe stood inside a word, so that the other treatment of apostrophes gives other tokens. */
  readonly apostropheInside: boolean;
}

const combining = /^\p{M}$/u;

/**
 * Splits a text of any script into tokens. Letters and digits make tokens; an apostrophe inside a word joins or
 * separates as asked; each Han or Hangul character is a token of its own; all else separates.
 */
export function tokenise(text: string, apostrophes: "join" | "separate" = "join"): Tokenised {
  const tokens: Token[] = [];
  let written = "";
  let start = 0;
  let end = 0;
  let pending = false;
  let apostropheInside = false;

  const close = (): void => {
    if (written !== "") tokens.push({ text: canonicalToken(written), written, start, end });
    written = "";
    pending = false;
  };

  for (let at = 0; at < text.length;) {
    const next = endOfCharacter(text, at);
    const folded = foldAt(text, at, next);
    switch (folded.kind) {
      case "letters":
        if (pending) apostropheInside = true;
        if (folded.alone || (pending && apostrophes === "separate")) close();
        if (written === "") start = at;
        written += folded.text;
        end = next;
        pending = false;
        if (folded.alone) close();
        break;
      case "apostrophe":
        pending = written !== "";
        break;
      case "nothing":
        break;
      case "separator":
        close();
        break;
    }
    at = next;
  }
  close();
  return { tokens, apostropheInside };
}

/** The end of the character at `at`: one code point and the combining marks after it. */
function endOfCharacter(text: string, at: number): number {
  let end = at + (text.codePointAt(at)! > 0xffff ? 2 : 1);
  // No combining mark lies below U+0300, so plain text never reaches the expression.
  while (end < text.length && text.charCodeAt(end) >= 0x300) {
    const point = text.codePointAt(end)!;
    if (!combining.test(String.fromCodePoint(point))) break;
    end += point > 0xffff ? 2 : 1;
  }
  return end;
}

/** The 128 ASCII characters, folded once. */
const ascii: readonly Folded[] = Array.from({ length: 128 }, (_, code) => fold(String.fromCharCode(code)));

function foldAt(text: string, at: number, next: number): Folded {
  const code = text.charCodeAt(at);
  return code < 128 && next === at + 1 ? ascii[code]! : fold(text.slice(at, next));
}

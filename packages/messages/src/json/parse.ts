import type { MessageLimits } from "../limits.ts";
import { refused } from "../message-error.ts";
import type { SourceText } from "../text/source-text.ts";

interface At {
  readonly start: number;
  readonly end: number;
}

/** A value of JSON and where it stands. A string's text is what it says; a number is told as it is written. */
export type JsonValue =
  | (At & { readonly kind: "object"; readonly members: ReadonlyMap<string, JsonValue> })
  | (At & { readonly kind: "array"; readonly items: readonly JsonValue[] })
  | (At & { readonly kind: "string"; readonly source: SourceText })
  | (At & { readonly kind: "number"; readonly written: string })
  | (At & { readonly kind: "boolean"; readonly value: boolean })
  | (At & { readonly kind: "null" });

const BLANKS = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
/** Characters that stand for themselves: `unescaped` of RFC 8259, all but controls, quotation mark and backslash. */
const PLAIN = /[ !#-[\]-\uffff]+/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

const escaped: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/**
 * One value after RFC 8259, and nothing behind it. A name twice in an object is refused, for a reader would see one of the two; so are lone
 * surrogates. Offsets count from `base`. Throws MESSAGE_MALFORMED and MESSAGE_TOO_LARGE.
 */
export function parseJson(
  text: string,
  base: number,
  limits: Pick<MessageLimits, "maxDepth" | "maxTextChars">,
): JsonValue {
  let at = 0;
  const fault = (what: string, where = at) => refused("MESSAGE_MALFORMED", what, { offset: base + where });
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? null;
    if (found !== null) at += found.length;
    return found;
  };
  const next = (): string => {
    match(BLANKS);
    return text.charAt(at);
  };

  const whole = value("", 0);
  if (next() !== "") throw fault("text behind the value");
  return whole;

  function value(path: string, depth: number): JsonValue {
    if (depth > limits.maxDepth)
      throw refused("MESSAGE_TOO_LARGE", "values are nested deeper than is read", { offset: base + at });
    const first = next();
    const start = base + at;
    if (first === "{") {
      const members = object(path, depth);
      return { kind: "object", members, start, end: base + at };
    }
    if (first === "[") {
      const items = array(path, depth);
      return { kind: "array", items, start, end: base + at };
    }
    if (first === '"') {
      const source = string(path);
      return { kind: "string", source, start, end: base + at };
    }
    const word = match(WORD);
    if (word === "null") return { kind: "null", start, end: base + at };
    if (word !== null) return { kind: "boolean", value: word === "true", start, end: base + at };
    const written = match(NUMBER);
    if (written === null || written === "") throw fault("no value where one must stand");
    return { kind: "number", written, start, end: base + at };
  }

  function object(path: string, depth: number): ReadonlyMap<string, JsonValue> {
    const members = new Map<string, JsonValue>();
    at++;
    if (next() === "}") {
      at++;
      return members;
    }
    for (;;) {
      if (next() !== '"') throw fault("no name of a member where one must stand");
      const where = at;
      const name = string(path).text;
      if (members.has(name)) throw fault("a name that stands twice in an object", where);
      if (next() !== ":") throw fault("no colon behind a name");
      at++;
      members.set(name, value(path === "" ? name : `${path}.${name}`, depth + 1));
      const mark = next();
      at++;
      if (mark === "}") return members;
      if (mark !== ",") throw fault("neither a comma nor the end of an object", at - 1);
    }
  }

  function array(path: string, depth: number): readonly JsonValue[] {
    const items: JsonValue[] = [];
    at++;
    if (next() === "]") {
      at++;
      return items;
    }
    for (;;) {
      items.push(value(`${path}[${String(items.length)}]`, depth + 1));
      const mark = next();
      at++;
      if (mark === "]") return items;
      if (mark !== ",") throw fault("neither a comma nor the end of an array", at - 1);
    }
  }

  /** Pieces where it has escapes: an escape is one unit of the text. */
  function string(path: string): SourceText {
    at++;
    const start = at;
    let said = "";
    const pieces: { at: number; sourcePath: string; start: number; end: number }[] = [];
    for (;;) {
      const from = at;
      const plain = match(PLAIN);
      if (plain !== null) {
        pieces.push({ at: said.length, sourcePath: path, start: base + from, end: base + at });
        said += plain;
      }
      if (said.length > limits.maxTextChars)
        throw refused("MESSAGE_TOO_LARGE", "a text is longer than is read", { path, offset: base + start });
      if (text.charAt(at) === '"') break;
      const where = at;
      const escape = match(ESCAPE);
      if (escape === null) throw fault("a text that is not closed, or a character that must not stand in one");
      pieces.push({ at: said.length, sourcePath: path, start: base + where, end: base + at });
      said += unescaped(escape);
    }
    const end = at;
    at++;
    if (/\p{Cs}/u.test(said)) throw fault("half of a character", start);
    return {
      text: said,
      path,
      start: base + start,
      end: base + end,
      pieces: pieces.length > 1 || isEscape() ? pieces : [],
    };

    function isEscape(): boolean {
      return pieces.length === 1 && end - start !== said.length;
    }
  }
}

function unescaped(escape: string): string {
  const letter = escape.charAt(1);
  if (letter === "u") return String.fromCharCode(parseInt(escape.slice(2), 16));
  return escaped[letter] ?? letter;
}

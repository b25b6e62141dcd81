import {
  endOfName,
  kin,
  looseTurn,
  maiden,
  remarkInBracket,
  turnAtStart,
  turnBetween,
  turnFirst,
} from "./name-words.ts";

/** Letters of a script that is not Latin. */
const otherScript = /(?!\p{Script=Latin})\p{L}/u;
const latinScript = /\p{Script=Latin}/u;

/** Publishers' own words about a spelling, which no payment carries. */
const scriptLabel = /\s*\(original script\)|^\s*original script:\s*/giu;

/** ` ; ` between names, and `a) … b) …` as the UN numbers them inside a joined alias. */
const listSeparator = /;|(?:^|\s)[a-h]\)\s/u;

/** The marks of a numbered list of names, in the forms that they have. */
const numberings: readonly RegExp[] = [
  /(?:^|[\s;,])\(?([a-h])\)[\s.:]*/giu,
  /(?:^|[\s;,])\(?([1-9])\)[\s.:]*/gu,
  /(?:^|[\s;,])\(?(i{1,3}|iv|v)\)[\s.:]*/gu,
  /(?:^|[\s;,])([1-9])\.\s+/gu,
];

/** Splits `before (inside)` at the last bracket that closes the text, counting nested ones; null without one. */
function lastBracket(text: string): { readonly before: string; readonly inside: string } | null {
  if (!text.endsWith(")")) return null;
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at -= 1) {
    if (text[at] === ")") depth += 1;
    if (text[at] === "(") depth -= 1;
    if (depth === 0) return { before: text.slice(0, at).trim(), inside: text.slice(at + 1, -1).trim() };
  }
  return null;
}

/** Whether the bracket holds further names: a joined list, or the same name in another script. */
function holdsNames(before: string, inside: string): boolean {
  if (before === "") return false;
  if (inside.includes(";") || /^original script:/iu.test(inside)) return true;
  return otherScript.test(before) !== otherScript.test(inside) && latinScript.test(before) !== latinScript.test(inside);
}

function pieces(text: string, separator: RegExp): readonly string[] {
  return text
    .split(separator)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== "");
}

const isOneWord = (text: string): boolean => !text.includes(" ");

const joinedNames = (text: string): readonly string[] => (text.includes(";") ? pieces(text, listSeparator) : [text]);

function separateList(text: string): readonly string[] {
  const names = joinedNames(text);
  // `Smith; John` may be one person's name, so single words do not replace the whole.
  return names.length > 1 && names.some(isOneWord) ? [...names, text] : names;
}

/** `a) X b) Y`, `(1) X (2) Y`: the names, or null where the text is no list that begins with a first and has a second. */
function numbered(text: string): readonly string[] | null {
  for (const mark of numberings) {
    const marks = [...text.matchAll(mark)];
    const [first, second] = marks.map((one) => (one[1] ?? "").toLowerCase());
    if (!["a", "1", "i"].includes(first ?? "") || !["b", "2", "ii"].includes(second ?? "")) continue;
    if (text.slice(0, marks[0]?.index).trim() !== "") continue;
    return marks.map((one, at) => text.slice(one.index + one[0].length, marks[at + 1]?.index).trim());
  }
  return null;
}

/** Names that a turn such as `a.k.a.` parts. Where the turn may be a name itself, single words are none. */
function turned(text: string): readonly string[] {
  const sure = pieces(text, turnBetween);
  if (sure.length > 1) return sure;
  const loose = pieces(text, looseTurn);
  const surely = /\s[/|]\s|[afn]\.k\.?a/iu.test(text);
  return loose.length > 1 ? loose.filter((name) => surely || !isOneWord(name)) : [];
}

/** `Ana Example (née Sample)`: either surname behind the given names, and both. */
function withMaidenName(text: string): readonly string[] {
  const [before = "", after = "", ...more] = text.split(maiden).map((part) => bare(part.replace(/[)\]]\s*$/u, "")));
  if (before === "" || after === "" || more.length > 0) return [];
  const given = before.replace(/\s*\S+$/u, "");
  return [before, `${given} ${after}`, `${before} ${after}`].filter((name) => !isOneWord(name.trim()));
}

const bare = (text: string): string => text.replaceAll(/^[\s,;:]+|(?:[\s,;:]|\s[-–—])+$/gu, "");

interface Bracket {
  readonly start: number;
  readonly end: number;
  readonly inside: string;
}

/** The outermost brackets; one that is not closed goes to the end. */
function bracketsOf(text: string): readonly Bracket[] {
  const found: Bracket[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    if ("([".includes(text[at] ?? "")) {
      if (depth === 0) start = at;
      depth += 1;
    } else if (")]".includes(text[at] ?? "") && depth > 0) {
      depth -= 1;
      if (depth === 0) found.push({ start, end: at + 1, inside: bare(text.slice(start + 1, at)) });
    }
  }
  if (depth > 0) found.push({ start, end: text.length, inside: bare(text.slice(start + 1)) });
  return found;
}

/** Takes out the brackets that hold another name or tell something, and adds the names they hold. */
function outOfBrackets(text: string): readonly string[] {
  const names: string[] = [];
  let outside = "";
  let from = 0;
  for (const { start, end, inside } of bracketsOf(text)) {
    const held = inside.replace(turnAtStart, "");
    const isTurn = held !== inside;
    const isOther = otherScript.test(inside) && latinScript.test(text.slice(0, start)) && !latinScript.test(inside);
    if (!isTurn && !isOther && !remarkInBracket.test(inside)) continue;
    outside += `${text.slice(from, start)} `;
    from = end;
    if (isTurn) names.push(...listed(held));
    else if (isOther) names.push(inside);
  }
  if (from === 0) return [];
  return [bare((outside + text.slice(from)).replaceAll(/\s+/gu, " ")), ...names];
}

/** `X, Y and Z` behind `a.k.a.`, where each has two words; a comma may as well stand in a name (`Co., Ltd`). */
function listed(text: string): readonly string[] {
  const names = pieces(text, /;|,(?:\s(?:and|or)\s)?|\s(?:and|or)\s(?:the\s)?/iu);
  const apart = names.length > 1 && !names.some(isOneWord);
  return apart ? [...names, text] : text.includes(";") ? pieces(text, /;/u) : [text];
}

/** Without what is told behind the name; who somebody's kin is belongs to a name of one word. */
function withoutTale(text: string): readonly string[] {
  const told = bare(text.split(endOfName)[0] ?? "");
  const own = bare(told.split(kin)[0] ?? "");
  return [...(isOneWord(own) ? [] : [own]), told].filter((name) => name !== "" && name !== bare(text));
}

/** Brackets within brackets that are looked into. */
const DEEPEST = 4;

/** The names in a text, the text itself last: what is cut off may have to be cut once more. */
function namesWithin(text: string, depth: number): readonly string[] {
  if (depth > DEEPEST) return [bare(text)];
  const ready = withMaidenName(text);
  const cut = outOfBrackets(text);
  const parts = cut.length > 0 ? cut : [...turned(text), ...withoutTale(text)];
  const first = bare(text.replace(turnFirst, ""));
  const told = first === bare(text) || first === "" ? [] : [first];
  return [...ready, ...[...told, ...parts].flatMap((part) => namesWithin(part, depth + 1)), bare(text)];
}

/** UTF-16 units; longer than any name, or all the names of a cell. */
const LONGEST_CELL = 4000;

/**
 * The names in one published text, which may hold several: `A ; B`, `A; B; C`, `a) A b) B`, `A / B`, `A (formerly B)`,
 * a name in another script with spellings in brackets behind it, a name and what is told about it (`A, born in 1967`,
 * `A son of B`). Every form a payment could carry comes out; where a part might not be a name of its own, the whole text
 * comes out too. Each once; none for an empty text.
 */
export function separateNames(text: string): readonly string[] {
  if (text.length > LONGEST_CELL) return [text];
  const bracket = lastBracket(text);
  const list = numbered(text);
  const parts =
    list !== null
      ? list
      : bracket !== null && holdsNames(bracket.before, bracket.inside)
        ? [bracket.before, ...joinedNames(bracket.inside)]
        : separateList(text);
  const names = parts.map((part) => part.replaceAll(scriptLabel, "").trim()).flatMap((part) => namesWithin(part, 0));
  return [...new Set(names.filter((name) => /[\p{L}\p{N}]/u.test(name)))];
}

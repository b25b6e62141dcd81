import { LOST, upperHalf } from "./character-sets.ts";
import { entityNames, entityNamesWithoutSemicolon } from "./entity-names.data.ts";
import { type Edit, editsOf, NO_EDITS } from "./mapped-text.ts";

const withoutSemicolon = tableOf(entityNamesWithoutSemicolon);
const named = new Map([...tableOf(entityNames), ...withoutSemicolon]);
/** Names in another case than theirs: `&EACUTE;`, written by a system that knows capitals only. */
const namedAnyCase = new Map([...named].map(([name, character]) => [name.toLowerCase(), character]));
const LONGEST_WITHOUT_SEMICOLON = Math.max(...[...withoutSemicolon.keys()].map((name) => name.length));

function tableOf(lines: string): Map<string, string> {
  return new Map(
    lines.split(",").map((entry) => {
      const [name = "", point = ""] = entry.split(" ");
      return [name, String.fromCodePoint(Number.parseInt(point, 16))];
    }),
  );
}

/** `&#65;`, `&#x41;`, `&eacute;`; also without the semicolon, with blanks inside, with zeros in front. */
const entity =
  /& {0,2}#\s{0,2}(?:x\s{0,2}(?<hex>[0-9a-f]{1,12})|(?<decimal>[0-9]{1,12}))(?:\s{0,2};)?|& ?(?<name>[a-z][a-z0-9]{1,31})(?<semicolon> ?;)?/gi;
/** The same without its first sign, at least three in a row. */
const beheaded = /(?<![&\w])(?:#(?:x[0-9a-f]{2,6}|[0-9]{2,6});\s?){3,}/gi;

/** Characters that HTML and XML write by number or name. */
export function entities(text: string): readonly Edit[] {
  const edits = text.includes("&") ? entitiesIn(text) : NO_EDITS;
  return edits.length > 0 || !text.includes("#") ? edits : beheadedIn(text);
}

function entitiesIn(text: string): readonly Edit[] {
  const edits: Edit[] = [];
  for (const match of text.matchAll(entity)) {
    const { hex, decimal, name, semicolon } = match.groups!;
    const start = match.index;
    if (name === undefined) {
      const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      edits.push({ start, end: start + match[0].length, text: characterOf(point) });
      continue;
    }
    const found = semicolon === undefined ? openName(name) : closedName(name);
    // `Smith & Notts`: with a blank it needs its semicolon.
    if (found === undefined || (semicolon === undefined && match[0].startsWith("& "))) continue;
    const end =
      semicolon === undefined ? start + match[0].length - name.length + found.length : start + match[0].length;
    edits.push({ start, end, text: found.character });
  }
  return edits;
}

interface FoundName {
  readonly character: string;
  readonly length: number;
}

function closedName(name: string): FoundName | undefined {
  const character = named.get(name) ?? namedAnyCase.get(name.toLowerCase());
  return character === undefined ? undefined : { character, length: name.length };
}

/** Without a semicolon a name of letters may go on into the text: the longest beginning that is one of the old names. */
function openName(name: string): FoundName | undefined {
  const whole = named.get(name);
  if (whole !== undefined) return { character: whole, length: name.length };
  for (let length = Math.min(name.length, LONGEST_WITHOUT_SEMICOLON); length >= 2; length--) {
    const character = withoutSemicolon.get(name.slice(0, length));
    if (character !== undefined) return { character, length };
  }
  return undefined;
}

function beheadedIn(text: string): readonly Edit[] {
  return [...text.matchAll(beheaded)].flatMap(({ 0: run, index }) =>
    editsOf(run, /#(?:x(?<hex>[0-9a-f]+)|(?<decimal>[0-9]+));/gi, ({ groups }) =>
      characterOf(groups!["hex"] === undefined ? Number(groups!["decimal"]) : Number.parseInt(groups!["hex"], 16)),
    ).map((edit) => ({ ...edit, start: edit.start + index, end: edit.end + index })),
  );
}

/** Of a code point, or of a surrogate, which its other half follows. 0x80 to 0x9F are read as windows-1252, as browsers do. */
export function characterOf(point: number): string {
  if (point > 0x10ffff) return LOST;
  if (point >= 0x80 && point < 0xa0) return upperHalf("windows-1252")[point - 0x80]!;
  return String.fromCodePoint(point);
}

const tag =
  /<!--.{0,400}?-->|<!\[CDATA\[|\]\]>|<\?.{1,200}?\?>|<\/?\s?(?<tagName>[a-z][a-z0-9:_-]{0,40})(?:\s[^<>]{0,300})?\s?\/?>/gis;
const bulletin = /\[\/?(?:b|i|u|s|url|color|size|font|quote|code|sub|sup)(?:=[^[\]]{0,60})?\]/gi;
/** Elements that stand inside a word without parting it. All others part what stands around them. */
const withinWords = new Set(
  (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp small span strike " +
    "strong sub sup time tt u var wbr o:p"
  ).split(" "),
);

/** Tags, comments and the wrapping of character data. A tag inside a word belongs to the letter that it opens or closes at. */
export function tags(text: string): readonly Edit[] {
  const found =
    text.includes("<") || text.includes("]]>")
      ? editsOf(text, tag, ({ 0: all, groups }) => inPlaceOf(all, groups!["tagName"]))
      : NO_EDITS;
  const deleted = found.length > 0 || !text.includes("[") ? found : editsOf(text, bulletin, () => "");
  return deleted.map((edit) => ({
    ...edit,
    joins: closes.test(text.slice(edit.start, edit.start + 2)) ? "before" : "behind",
  }));
}

const closes = /^(?:[<[]\/|\]\])/;

function inPlaceOf(all: string, name: string | undefined): string {
  return name === undefined || withinWords.has(name.toLowerCase()) || all.startsWith("<!") ? "" : " ";
}

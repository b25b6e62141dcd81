import {
  type Designation,
  designationId,
  foldedWords,
  type ListedName,
  type ListedPlace,
  type PlaceKind,
  placeKinds,
  type PlaceRule,
  placeRules,
  newDesignation,
} from "@cordon/matching/listed";

import type { PlaceColumn } from "./columns.ts";
import { type PlaceRecord, refusePlace } from "./record.ts";

const maxIdChars = 64;

/** Shorter ones stand in texts for anything. */
const FEWEST_LETTERS = 3;

/** Words of a spelling that are looked for. */
const MOST_WORDS = 12;

const regimes: Readonly<Record<PlaceKind, string>> = {
  TOWN: "Embargoed places",
  COUNTRY: "Embargoed countries",
  WORD: "Stop words",
};

/** One row of a list of places or words. Everything in it must be understood. Throws LIST_MALFORMED, with line and column. */
export function placeDesignation(list: "places" | "words", record: PlaceRecord): Designation {
  const place = placeOf(record);
  const remarks = record.values("remarks").map((text) => ({ label: "Remark", text }));
  return newDesignation({
    id: designationId(list, idOf(record)),
    list,
    type: "OTHER",
    names: namesOf(record),
    regime: record.only("regime") === "" ? regimes[place.kind] : record.only("regime"),
    ...(remarks.length === 0 ? {} : { remarks }),
    place,
  });
}

function idOf(record: PlaceRecord): string {
  const id = record.only("id");
  if (id.length > maxIdChars || /\s/.test(id))
    throw refusePlace(`spaces, or more than ${String(maxIdChars)} characters,`, record.line, "id");
  return id;
}

function namesOf(record: PlaceRecord): readonly ListedName[] {
  const texts = [...new Set([...record.values("name"), ...record.values("spellings")])];
  return texts.map((text, at) => {
    const column = at === 0 ? "name" : "spellings";
    const words = foldedWords(text);
    if (words.length === 0) throw refusePlace("a name without a letter or digit", record.line, column);
    const letters = words.reduce((sum, { text: word }) => sum + word.length, 0);
    if (letters < FEWEST_LETTERS)
      throw refusePlace(`a name of fewer than ${String(FEWEST_LETTERS)} letters`, record.line, column);
    if (words.length > MOST_WORDS)
      throw refusePlace(`a name of more than ${String(MOST_WORDS)} words`, record.line, column);
    return { text, kind: at === 0 ? "PRIMARY" : "VARIATION", strength: "STRONG" };
  });
}

function placeOf(record: PlaceRecord): ListedPlace {
  const kind = oneOf(record, "kind", placeKinds, (text) => text.toUpperCase()) ?? "WORD";
  const codes = record.values("codes").map((code) => codeOf(code, record, "codes"));
  if (kind === "COUNTRY" && codes.length === 0)
    throw refusePlace("nothing where a country has its code", record.line, "codes");
  if (kind !== "COUNTRY" && codes.length > 0)
    throw refusePlace("a code, which only a country has,", record.line, "codes");
  const rule = ruleOf(record, "rule") ?? "hit";
  return {
    kind,
    codes,
    elsewhere: elsewhereOf(record, kind),
    rule,
    ruleInText: ruleOf(record, "rule_in_text") ?? rule,
    ruleOfOrigin: ruleOf(record, "rule_of_origin") ?? "tell",
  };
}

function ruleOf(record: PlaceRecord, column: PlaceColumn): PlaceRule | null {
  return oneOf(record, column, placeRules, (text) => text.toLowerCase());
}

function oneOf<T extends string>(
  record: PlaceRecord,
  column: PlaceColumn,
  words: readonly T[],
  spell: (text: string) => string,
): T | null {
  const text = spell(record.only(column));
  if (text === "") return null;
  const word = words.find((one) => one === text);
  if (word === undefined) throw refusePlace(`none of ${words.join(", ")}`, record.line, column);
  return word;
}

function codeOf(text: string, record: PlaceRecord, column: PlaceColumn): string {
  if (!/^[A-Z]{2}$/.test(text)) throw refusePlace("no two-letter code of a country in capitals", record.line, column);
  return text;
}

/** `Sebastopol: US GB`: the spelling is that of a place in these countries, too. */
function elsewhereOf(record: PlaceRecord, kind: PlaceKind): ListedPlace["elsewhere"] {
  const names = new Set([...record.values("name"), ...record.values("spellings")]);
  return record.values("elsewhere").map((text) => {
    const [spelling = "", countries = "", ...more] = text.split(":").map((part) => part.trim());
    if (kind !== "TOWN") throw refusePlace("something, which only a town has,", record.line, "elsewhere");
    if (!names.has(spelling) || countries === "" || more.length > 0)
      throw refusePlace("what is not one of the entry's spellings, a colon and countries", record.line, "elsewhere");
    return { spelling, countries: countries.split(/\s+/).map((code) => codeOf(code, record, "elsewhere")) };
  });
}

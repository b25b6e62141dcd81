import { foldedWords, type PlaceRule } from "@cordon/matching";
import type { ScreenedAgent, ScreenedParty } from "@cordon/schemas";

import type { FieldMatch } from "../field-match.ts";
import { isNamedAfter } from "../place-names.ts";
import { countryOf, countryOfBic, countryOfIban } from "../policy/event-facts.ts";
import type { ScreenableBearer } from "../screenable-bearer.ts";
import type { ScreenableField } from "../screenable-field.ts";
import { shortened } from "../shortened.ts";
import type { TextKind } from "../text-kind.ts";
import type { PlaceBook, PlaceEntry, SpellingFound } from "./place-book.ts";

/**
 * Where a place is named. `here`: where somebody, an account or a bank is, or where money goes. `origin`: where somebody was born or
 * what they are a national of. `text`: anywhere else.
 */
export type PlaceContext = "here" | "origin" | "text";

/** A listed place or word that an event names. */
export interface PlaceFinding {
  readonly match: FieldMatch;
  /** What its entry says should become of it there. */
  readonly rule: PlaceRule;
  /** It is only called after the place, or another place of that name: told, whatever the rule. */
  readonly isAside: boolean;
  readonly kind: TextKind;
}

/** In which texts a place is looked for by its name, and as what. */
const contexts: Readonly<Partial<Record<TextKind, PlaceContext>>> = {
  NAME: "text",
  TEXT: "text",
  REFERENCE: "text",
  ADDRESS: "here",
  TOWN: "here",
  COUNTRY: "here",
  BIRTH_PLACE: "origin",
};

/** Nationality is one of the two fields that say of somebody where they come from. */
const originPath = /\.nationalities\[\d+\]$/;

/** The score of a listed place, hundredths of a percent. */
const EXACT = 10_000;

/** What a text names. `countries` are those that are told of where its owner is. */
export function placesInText(
  book: PlaceBook,
  field: ScreenableField,
  countries: readonly string[],
): readonly PlaceFinding[] {
  const context = contexts[field.kind];
  if (context === undefined) return [];
  const where = originPath.test(field.path) ? "origin" : context;
  return book.find(field.text).map((found) => {
    const { entry } = found;
    // Words mean what they say wherever they stand; a road may be called after a town.
    const rule = entry.place.kind === "WORD" ? entry.place.rule : ruleOf(entry, where);
    const isAside = isElsewhere(found, countries) || isStreet(found, field);
    return { match: matchOf(field, found, detailOf(field, found)), rule, isAside, kind: field.kind };
  });
}

/** The countries that codes name: of addresses, residence, nationality, banks and accounts. */
export function countriesOfBearer(book: PlaceBook, bearer: ScreenableBearer): readonly PlaceFinding[] {
  const { path, record } = bearer;
  const found: PlaceFinding[] = [];
  const tell = (at: string, code: string | null, told: Omit<CodeTold, "code">): void => {
    if (code !== null) found.push(...findingsOf(book, { ...bearer, path: `${path}.${at}` }, { code, ...told }));
  };
  const plain = (at: string, text: string | null | undefined, context: PlaceContext): void => {
    if (text !== null && text !== undefined)
      tell(at, countryOf(text), { text, start: 0, end: text.length, kind: "COUNTRY", context, what: "country" });
  };
  plain("address.country", record.address?.country, "here");
  if (isParty(record)) {
    plain("residence", record.residence, "here");
    record.nationalities.forEach((text, i) => plain(`nationalities[${String(i)}]`, text, "origin"));
    record.identifiers.forEach(({ kind, value }, i) => {
      const at = `identifiers[${String(i)}]`;
      if (kind === "BIC") tell(`${at}.value`, countryOfBic(value), bicTold(value));
    });
  } else if (record.bic !== null) tell("bic", countryOfBic(record.bic), bicTold(record.bic));
  const { account } = record;
  if (account?.kind === "IBAN")
    tell("account.value", countryOfIban(account.value), {
      text: account.value,
      ...letters(account.value, 0),
      kind: "IBAN",
      context: "here",
      what: "country of the IBAN",
    });
  return found;
}

/** The country that stands in a field of the whole event. */
export function countryOfEvent(book: PlaceBook, path: string, text: string): readonly PlaceFinding[] {
  const told = { text, start: 0, end: text.length, kind: "COUNTRY", context: "here", what: "country" } as const;
  return findingsOf(book, { path, role: "CODE" }, { code: countryOf(text), ...told });
}

interface CodeTold {
  readonly code: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly kind: TextKind;
  readonly context: PlaceContext;
  readonly what: string;
}

function bicTold(text: string): Omit<CodeTold, "code"> {
  return { text, ...letters(text, 4), kind: "BIC", context: "here", what: "country of the BIC" };
}

/** Two letters of a code that may have blanks before it. */
function letters(text: string, at: number): { readonly start: number; readonly end: number } {
  const start = text.length - text.trimStart().length + at;
  return { start, end: start + 2 };
}

function findingsOf(
  book: PlaceBook,
  { path, role }: Pick<ScreenableField, "path" | "role">,
  { code, text, start, end, kind, context, what }: CodeTold,
): readonly PlaceFinding[] {
  return book.country(code).map((entry) => ({
    match: matchOf(
      { path, bearer: "text", role, text },
      { entry, name: entry.designation.names[0]!, start, end },
      `the ${what} is ${code}, which is listed as ${primaryOf(entry)}`,
    ),
    rule: ruleOf(entry, context),
    isAside: false,
    kind,
  }));
}

function matchOf(
  { path, bearer, role, text }: FieldMatch["field"],
  { entry, name, start, end }: Pick<SpellingFound, "entry" | "name" | "start" | "end">,
  detail: string,
): FieldMatch {
  return {
    field: { path, bearer, role, text },
    designation: entry.designation,
    name,
    score: EXACT,
    start,
    end,
    reasons: [{ kind: "place", detail, points: EXACT }],
    evidence: [],
    identifier: null,
  };
}

function detailOf({ text }: Pick<ScreenableField, "text">, { entry, name, start, end, isNear }: SpellingFound): string {
  const kind = { TOWN: "a listed town or region", COUNTRY: "a listed country", WORD: "a listed word" }[
    entry.place.kind
  ];
  const how = isNear ? `, but for one letter, the spelling "${name.text}"` : "";
  return `"${shortened(text.slice(start, end))}" is ${kind}, ${primaryOf(entry)}${how}`;
}

function primaryOf({ designation }: PlaceEntry): string {
  return `"${designation.names[0]?.text ?? designation.id}"`;
}

function ruleOf({ place }: PlaceEntry, context: PlaceContext): PlaceRule {
  switch (context) {
    case "here":
      return place.rule;
    case "origin":
      return place.ruleOfOrigin;
    case "text":
      return place.ruleInText;
  }
}

/** All that is told of where somebody is are countries with another town of that name. */
function isElsewhere({ entry: { place }, name }: SpellingFound, countries: readonly string[]): boolean {
  const written = folded(name.text);
  const others = place.elsewhere.flatMap(({ spelling, countries: of }) => (folded(spelling) === written ? of : []));
  return countries.length > 0 && countries.every((country) => others.includes(country));
}

function folded(spelling: string): string {
  return foldedWords(spelling)
    .map(({ text }) => text)
    .join(" ");
}

function isStreet({ entry: { place }, start, end }: SpellingFound, { kind, text }: ScreenableField): boolean {
  return place.kind !== "WORD" && kind === "ADDRESS" && isNamedAfter({ text, start, end });
}

function isParty(record: ScreenedParty | ScreenedAgent): record is ScreenedParty {
  return "nationalities" in record;
}

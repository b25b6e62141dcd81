import type { Entry, Match } from "../wire.ts";
import { countryName, type WrittenDate, wordOf, writtenDate, writtenScore } from "../words.ts";
import { bearerOf, countriesOf, identifiersOf, textsOf } from "./event-fields.ts";
import { type Piece, marked, markedWords } from "./marked.ts";

export type Verdict = "same" | "differs" | "unsaid";

/** A line of the comparison: what the payment says, what the list says, and how the two agree. */
export interface Aspect {
  readonly aspect: string;
  readonly label: string;
  readonly payment: readonly Said[];
  readonly list: readonly Said[];
  readonly verdict: Verdict;
  /** The verdict in words. */
  readonly said: string;
  /** Why, in the words of the screener. */
  readonly why: string | null;
}

/** One value: plain, or in pieces of which some matched; `note` says what is not known of it. */
export interface Said {
  readonly pieces: readonly Piece[];
  readonly note: string | null;
}

const verdictWords: Readonly<Record<Verdict, string>> = { same: "Same", differs: "Differs", unsaid: "Not said" };

/**
 * The heart of the page: one match beside its entry. The verdicts are the screener's own, from the reasons of the match;
 * nothing here judges names, dates or countries anew. Identifiers have no verdict of the screener's unless one matched.
 */
export function comparisonOf(match: Match, event: unknown, entry: Entry | null): readonly Aspect[] {
  const bearer = bearerOf(event, match.field.path);
  const judged = (aspect: string, label: string, payment: readonly Said[], list: readonly Said[]): Aspect => {
    const reason = match.reasons.find(({ kind }) => kind.startsWith(`${aspect}-`));
    const verdict = verdictOf(reason?.kind.slice(aspect.length + 1));
    return { aspect, label, payment, list, verdict, said: verdictWords[verdict], why: reason?.detail ?? null };
  };
  return [
    nameAspect(match, bearer),
    judged("birth-date", "Born", textsOf(bearer, "birthDate").map(saidDate), birthDatesOf(match, entry)),
    judged(
      "nationality",
      "Nationality",
      plain(textsOf(bearer, "nationalities").map(countryName)),
      listedNations(match, entry),
    ),
    judged("country", "Country", plain(countriesOf(bearer)), plain(listedCountries(entry))),
    judged("type", "Type", plain(typesOf(bearer)), plain([wordOf(match.designationType)])),
    identifierAspect(match, bearer, entry),
  ];
}

function verdictOf(ending: string | undefined): Verdict {
  if (ending === "agree") return "same";
  return ending === "conflict" ? "differs" : "unsaid";
}

function nameAspect(match: Match, bearer: Readonly<Record<string, unknown>> | null): Aspect {
  const { field, matchedName, nameKind, nameStrength, primaryName, reasons, identifier } = match;
  const base = { aspect: "name", label: "Name", why: null };
  if (identifier !== null && identifier !== undefined) {
    const names = textsOf(bearer, "name");
    const same = names.some((name) => folded(name) === folded(primaryName));
    const verdict = names.length === 0 ? "unsaid" : same ? "same" : "differs";
    return { ...base, payment: plain(names), list: plain([primaryName]), verdict, said: verdictWords[verdict] };
  }
  const kind =
    nameKind === "PRIMARY" ? "" : `${nameStrength === "WEAK" ? "weak " : ""}${wordOf(nameKind).toLowerCase()}`;
  const note = kind === "" || matchedName === primaryName ? null : `${kind} of ${primaryName}`;
  const payment = { pieces: marked(field.text, field.start, field.end), note: null };
  const list = { pieces: markedWords(matchedName, reasons), note };
  return { ...base, payment: [payment], list: [list], verdict: "same", said: writtenScore(match.score) };
}

function identifierAspect(match: Match, bearer: Readonly<Record<string, unknown>> | null, entry: Entry | null): Aspect {
  const given = identifiersOf(bearer);
  const listed = entry?.identifiers ?? (match.identifier ? [match.identifier] : []);
  const isMatched = match.identifier !== null && match.identifier !== undefined;
  const payment = isMatched ? [whole(match.field.text, match)] : given.map(saidIdentifier);
  // Two numbers that differ show little: people have several. Only the number that matched has a verdict.
  const verdict = isMatched ? "same" : "unsaid";
  return {
    aspect: "identifier",
    label: "Identifier",
    payment,
    list: listed.slice(0, mostIdentifiers).map(saidIdentifier),
    verdict,
    said: verdictWords[verdict],
    why: match.reasons.find(({ kind }) => kind === "identifier" || kind.startsWith("issuer-"))?.detail ?? null,
  };
}

/** A firm may be listed with dozens. */
const mostIdentifiers = 6;

function whole(text: string, { field }: Match): Said {
  return { pieces: marked(text, field.start, field.end), note: null };
}

function saidIdentifier({ kind, value }: { readonly kind: string; readonly value: string }): Said {
  return { pieces: [{ text: value, matched: false }], note: kind === "OTHER" ? null : wordOf(kind).toLowerCase() };
}

function plain(texts: readonly string[]): readonly Said[] {
  return texts.map((text) => ({ pieces: [{ text, matched: false }], note: null }));
}

function saidDate(date: string): Said {
  return ofWritten(writtenDate(date), null);
}

function ofWritten({ text, note }: WrittenDate, also: string | null): Said {
  return { pieces: [{ text, matched: false }], note: [note, also].filter((part) => part !== null).join(", ") || null };
}

function birthDatesOf({ birthDates }: Match, entry: Entry | null): readonly Said[] {
  const listed = entry?.birthDates ?? birthDates;
  return listed.map((one) => {
    if (typeof one === "string") return saidDate(one);
    const until = one.until ?? null;
    return ofWritten(
      writtenDate(until === null ? one.date : `${one.date}/${until}`),
      one.approximate === true ? "about" : null,
    );
  });
}

function listedNations({ nationalities }: Match, entry: Entry | null): readonly Said[] {
  return plain((entry?.nationalities ?? nationalities).map(countryName));
}

function listedCountries(entry: Entry | null): readonly string[] {
  const codes = (entry?.addresses ?? []).flatMap(({ country }) => (country ? [country] : []));
  return [...new Set(codes)].map(countryName);
}

function typesOf(bearer: Readonly<Record<string, unknown>> | null): readonly string[] {
  return textsOf(bearer, "type")
    .filter((type) => type !== "UNKNOWN")
    .map(wordOf);
}

function folded(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/\p{M}+/gu, "")
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .toLowerCase();
}

/** What would change the judgement: the aspects of which one side says nothing. */
export function unsaidOf(aspects: readonly Aspect[]): readonly string[] {
  return aspects.filter(({ verdict }) => verdict === "unsaid").map(({ label }) => label.toLowerCase());
}

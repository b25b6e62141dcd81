import type { IdentifierKind, PartyRole } from "@cordon/schemas";

import { accountOf, emptyAddress, type EventDraft, isBic, isNoName } from "../event-draft.ts";
import { joinSources, partOf, type SourceText } from "../text/source-text.ts";
import { filledLines, type FinField, lineText } from "./field.ts";
import { behind, joinLines, LINE, type TextLine } from "./lines.ts";
import { misplaced, tellCut } from "./problems.ts";

type Drafted = ReturnType<EventDraft["party"]>;

/** Reads a 50a or 59a by its option: A, C and G a BIC, F numbered lines, L a name alone, all others name and address. */
export function readParty(field: FinField, role: PartyRole, draft: EventDraft): void {
  const drafted = draft.party(role);
  tellCut(field, LINE, draft);
  switch (field.option) {
    case "A":
    case "C":
    case "G":
      readCoded(field, drafted, draft);
      break;
    case "F":
      readNumbered(field, drafted, draft);
      break;
    default:
      readNamed(field, drafted, draft);
  }
  const { party } = drafted;
  if (isNoName(party.name) && party.name !== "")
    draft.problem("FIELD_MISSING", field.path, "what stands in the place of a name is none");
  if (TELEGRAPH_CODES.test(party.name))
    draft.problem("NAME_UNREADABLE", field.path, "a name in telegraph codes, four digits a character");
}

/** Chinese characters as telegraph codes. */
const TELEGRAPH_CODES = /^\s*\d{4}(?:[\s,.]+\d{4})+\s*$/;

/** An account line; tells the lines that are left. */
function readAccount(field: FinField, { party, path }: Drafted, draft: EventDraft): readonly number[] {
  const [first, ...others] = filledLines(field);
  if (first === undefined) return [];
  const line = lineText(field, first);
  if (!line.text.startsWith("/")) return [first, ...others];
  putAccount({ party, path }, behind(line, /^\/+/.exec(line.text)![0].length), draft);
  return others;
}

function putAccount({ party, path }: Drafted, source: SourceText, draft: EventDraft): void {
  if (source.text === "") return;
  const kind = isIban(source.text) ? "IBAN" : "ACCOUNT";
  const at = { path: `${path}.account.value`, role: party.role };
  party.account = accountOf(kind, draft.put(at, [{ kind, source }]), null);
}

export function isIban(text: string): boolean {
  return /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text.replaceAll(" ", ""));
}

function putName({ party, path }: Drafted, source: SourceText, draft: EventDraft): void {
  party.name = draft.put({ path: `${path}.name`, role: party.role }, [{ kind: "NAME", source }]);
}

/** What stands in the place of a BIC and is none is a name, for it may be one. */
function readCoded(field: FinField, drafted: Drafted, draft: EventDraft): void {
  const [first, ...others] = readAccount(field, drafted, draft);
  if (first === undefined) return;
  const line = lineText(field, first);
  if (isBic(line.text)) draft.identifier(drafted, "BIC", { kind: "BIC", source: line });
  else {
    misplaced(draft, line.path, "what stands in the place of a BIC is none");
    putName(drafted, line, draft);
  }
  if (others.length === 0) return;
  misplaced(draft, field.path, "more lines than an account and a BIC");
  for (const index of others) addLine(drafted, "ADDRESS", lineText(field, index), draft);
}

/**
 * Name and address, and nobody says where the one ends: the name goes on behind a full line, or one that ends as no name does. All lines
 * are searched as one text, too, and for that stand in the address.
 */
function readNamed(field: FinField, drafted: Drafted, draft: EventDraft): void {
  const lines = readAccount(field, drafted, draft);
  const named = withoutBareAccount(field, lines, drafted, draft);
  if (named.length > (field.option === "L" ? 1 : MOST_LINES))
    misplaced(draft, field.path, "more lines than the field has");
  if (named.length === 0) return;
  const count = nameLines(field, named);
  putName(drafted, joinLines(field, named.slice(0, count).map(asLine), LINE).text, draft);
  // The name stands there, too, so that what goes on from its lines to the next is found.
  if (named.length > 1)
    named.forEach((index, i) => {
      addLine(drafted, i < count ? null : "ADDRESS", lineText(field, index), draft);
    });
}

const MOST_LINES = 4;

/** An account without its slash, or a line of digits in the place of the name: the name is in the next line. */
function withoutBareAccount(
  field: FinField,
  lines: readonly number[],
  drafted: Drafted,
  draft: EventDraft,
): readonly number[] {
  const [first, ...others] = lines;
  if (first === undefined || others.length === 0) return lines;
  const line = lineText(field, first);
  if (/\p{L}/u.test(line.text) && !isIban(line.text)) return lines;
  if (TELEGRAPH_CODES.test(line.text)) return lines;
  misplaced(draft, line.path, "a number in the place of a name");
  if (drafted.party.account === null) putAccount(drafted, line, draft);
  else draft.line("instructions", "ACCOUNT", line);
  return others;
}

const asLine = (index: number): TextLine => ({ index, skipped: 0 });

/** How many of the lines are the name. */
export function nameLines(field: FinField, lines: readonly number[]): number {
  let count = 1;
  while (count < lines.length && goesOn(field, lines[count - 1]!)) count++;
  return count;
}

function goesOn(field: FinField, index: number): boolean {
  const { raw } = field.lines[index]!;
  return raw.length >= LINE || /(?:[&,/\p{Pd}]|\b(?:AND|OR|OF))$/iu.test(raw.trim());
}

const idCodes: Readonly<Record<string, IdentifierKind>> = {
  ARNU: "OTHER",
  CCPT: "PASSPORT",
  CUST: "OTHER",
  DRLC: "OTHER",
  EMPL: "OTHER",
  NIDN: "NATIONAL_ID",
  SOSE: "NATIONAL_ID",
  TXID: "TAX_ID",
};

/** A numbered line: its number, what it says, and the lines behind it that have none. */
interface Numbered {
  readonly number: string;
  readonly lines: TextLine[];
}

/** Option F: a line of an account or an identifier, then lines of numbers that ascend. */
function readNumbered(field: FinField, drafted: Drafted, draft: EventDraft): void {
  const lines = filledLines(field);
  const [first, ...others] = lines;
  if (first === undefined) return;
  const hasNumber = /^[1-8]\//.test(lineText(field, first).text);
  const identifier = hasNumber ? null : readFirst(field, first, drafted, draft);
  const numbered = numberedLines(field, hasNumber ? lines : others, draft);
  if (numbered.flatMap((one) => one.lines).length > MOST_LINES)
    misplaced(draft, field.path, "more lines than the field has");
  if (numbered.some(({ number }, i) => i > 0 && number < numbered[i - 1]!.number))
    misplaced(draft, field.path, "lines out of their order");
  readNumberedName(field, numbered, drafted, draft);
  readNumberedAddress(field, numbered, drafted, draft);
  readBirth(field, numbered, drafted, draft);
  readIdentifiers(field, numbered, { drafted, draft, first: identifier });
}

/** An account, or `CODE/CC/id`; what is neither is a name. Tells an identifier that line 8 may go on with. */
function readFirst(field: FinField, index: number, drafted: Drafted, draft: EventDraft): Identified | null {
  const line = lineText(field, index);
  if (line.text.startsWith("/")) {
    putAccount(drafted, behind(line, /^\/+/.exec(line.text)![0].length), draft);
    return null;
  }
  const coded = /^([A-Z]{4})\/([A-Z]{2})\/(?=.)/.exec(line.text);
  const kind = coded === null ? undefined : idCodes[coded[1]!];
  if (coded !== null && kind !== undefined)
    return { kind, parts: [partOf(line, coded[0].length)], issuer: partOf(line, 5, 7) };
  misplaced(draft, line.path, "neither an account nor an identifier");
  putName(drafted, line, draft);
  return null;
}

function numberedLines(field: FinField, indexes: readonly number[], draft: EventDraft): readonly Numbered[] {
  const all: Numbered[] = [];
  for (const index of indexes) {
    const raw = field.lines[index]!.raw;
    const number = /^\s*([1-8])\//.exec(raw);
    if (number !== null) {
      const last = all.at(-1);
      const line = { index, skipped: number[0].length };
      if (last !== undefined && last.number === number[1]) last.lines.push(line);
      else all.push({ number: number[1]!, lines: [line] });
      continue;
    }
    misplaced(draft, lineText(field, index).path, "a line without its number");
    const last = all.at(-1);
    if (last === undefined) all.push({ number: "1", lines: [{ index, skipped: 0 }] });
    else last.lines.push({ index, skipped: 0 });
  }
  return all;
}

function ofNumber(numbered: readonly Numbered[], ...numbers: readonly string[]): readonly TextLine[] {
  return numbered.filter(({ number }) => numbers.includes(number)).flatMap(({ lines }) => lines);
}

function readNumberedName(field: FinField, numbered: readonly Numbered[], drafted: Drafted, draft: EventDraft): void {
  const lines = ofNumber(numbered, "1");
  if (lines.length === 0) {
    misplaced(draft, field.path, "no line with a name");
    return;
  }
  const { text, spaced } = joinLines(field, lines, LINE);
  if (drafted.party.name === "") putName(drafted, text, draft);
  else {
    const second = draft.party(drafted.party.role);
    second.party.name = draft.put({ path: `${second.path}.name`, role: second.party.role }, [
      { kind: "NAME", source: text },
    ]);
  }
  if (spaced !== null) addLine(drafted, null, spaced, draft);
}

/** Lines of an address; null where it is told as a name already. */
function addLine({ party, path }: Drafted, kind: "ADDRESS" | null, source: SourceText, draft: EventDraft): void {
  const address = (party.address ??= emptyAddress()) as ReturnType<typeof emptyAddress>;
  const at = { path: `${path}.address.lines[${String(address.lines.length)}]`, role: party.role };
  address.lines.push(draft.put(at, [{ kind, source }]));
}

/** Lines 2 and 3: the first 3 has country and town, others go on. */
function readNumberedAddress(
  field: FinField,
  numbered: readonly Numbered[],
  drafted: Drafted,
  draft: EventDraft,
): void {
  for (const { index, skipped } of ofNumber(numbered, "2"))
    addLine(drafted, "ADDRESS", lineText(field, index, skipped), draft);
  ofNumber(numbered, "3").forEach(({ index, skipped }, i) => {
    const line = lineText(field, index, skipped);
    const country = i === 0 ? /^([A-Z]{2})(?:\/|$)/.exec(line.text) : null;
    if (country === null) {
      if (i === 0) misplaced(draft, line.path, "a line 3 without a country");
      addLine(drafted, "ADDRESS", line, draft);
      return;
    }
    const { party, path } = drafted;
    const address = (party.address ??= emptyAddress()) as ReturnType<typeof emptyAddress>;
    const put = (name: string, kind: "COUNTRY" | "TOWN", source: SourceText) =>
      draft.put({ path: `${path}.address.${name}`, role: party.role }, [{ kind, source }]);
    address.country = put("country", "COUNTRY", partOf(line, 0, 2));
    const town = behind(line, country[0].length);
    if (town.text !== "") address.town = put("town", "TOWN", town);
  });
}

/** Line 4, the date, and line 5, country and place. */
function readBirth(field: FinField, numbered: readonly Numbered[], drafted: Drafted, draft: EventDraft): void {
  const { party, path } = drafted;
  const { role } = party;
  const [date, ...dates] = ofNumber(numbered, "4");
  if (date !== undefined) {
    const line = lineText(field, date.index, date.skipped);
    party.type = "PERSON";
    const isDate = /^\d{8}$/.test(line.text);
    const whole = isDate ? joinSources([partOf(line, 0, 4), partOf(line, 4, 6), partOf(line, 6)], "-") : line;
    if (!isDate) misplaced(draft, line.path, "a date of birth that cannot be read");
    party.birthDate = draft.putAs({ path: `${path}.birthDate`, role }, [{ kind: "BIRTH_DATE", source: line }], whole);
  }
  const [place, ...places] = ofNumber(numbered, "5");
  if (place !== undefined) {
    const line = lineText(field, place.index, place.skipped);
    party.type = "PERSON";
    const country = /^[A-Z]{2}\//.test(line.text);
    const atoms = country
      ? ([
          { kind: "BIRTH_PLACE", source: behind(line, 3) },
          { kind: "COUNTRY", source: partOf(line, 0, 2) },
        ] as const)
      : ([{ kind: "BIRTH_PLACE", source: line }] as const);
    if (!country) misplaced(draft, line.path, "a place of birth without a country");
    party.birthPlace = draft.put({ path: `${path}.birthPlace`, role }, atoms, ", ");
  }
  for (const { index, skipped } of [...dates, ...places])
    addLine(drafted, "ADDRESS", lineText(field, index, skipped), draft);
}

interface Identified {
  readonly kind: IdentifierKind;
  readonly parts: SourceText[];
  readonly issuer: SourceText | null;
}

interface Identifying {
  readonly drafted: Drafted;
  readonly draft: EventDraft;
  readonly first: Identified | null;
}

/** Lines 6 and 7, and 8, which goes on with the one before it. */
function readIdentifiers(field: FinField, numbered: readonly Numbered[], { drafted, draft, first }: Identifying): void {
  const found: Identified[] = first === null ? [] : [first];
  for (const { number, lines } of numbered)
    for (const { index, skipped } of lines) {
      const line = lineText(field, index, skipped);
      if (number === "6" || number === "7") found.push(identifierIn(line, number));
      if (number !== "8") continue;
      const last = found.at(-1);
      if (last !== undefined) last.parts.push(line);
      else {
        misplaced(draft, line.path, "a line 8 that goes on with nothing");
        addLine(drafted, "ADDRESS", line, draft);
      }
    }
  for (const { kind, parts, issuer } of found)
    draft.identifier(drafted, kind, { kind: "ID", source: joinSources(parts, "") }, issuer);
}

/** `CC/issuer/number` of a customer, `CC/number` of a nation. */
function identifierIn(line: SourceText, number: "6" | "7"): Identified {
  const kind = number === "7" ? "NATIONAL_ID" : "OTHER";
  const parts = (number === "7" ? /^([A-Z]{2})\/(?=.)/ : /^([A-Z]{2}\/[^/]*)\/(?=.)/).exec(line.text);
  if (parts === null) return { kind, parts: [line], issuer: null };
  return { kind, parts: [partOf(line, parts[0].length)], issuer: partOf(line, 0, parts[1]!.length) };
}

import type { IdentifierKind } from "@cordon/schemas";

import { emptyAddress, type EventDraft } from "../event-draft.ts";
import { joinSources, partOf, type SourceText } from "../text/source-text.ts";
import { filledLines, type FinField, lineText } from "./field.ts";
import { behind, joinLines, LINE, type TextLine } from "./lines.ts";
import { addLine, type DraftedParty, putAccount, putName } from "./party-texts.ts";
import { misplaced } from "./problems.ts";

const MOST_LINES = 4;

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
export function readNumbered(field: FinField, drafted: DraftedParty, draft: EventDraft): void {
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
function readFirst(field: FinField, index: number, drafted: DraftedParty, draft: EventDraft): Identified | null {
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

function readNumberedName(
  field: FinField,
  numbered: readonly Numbered[],
  drafted: DraftedParty,
  draft: EventDraft,
): void {
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

/** Lines 2 and 3: the first 3 has country and town, others go on. */
function readNumberedAddress(
  field: FinField,
  numbered: readonly Numbered[],
  drafted: DraftedParty,
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
function readBirth(field: FinField, numbered: readonly Numbered[], drafted: DraftedParty, draft: EventDraft): void {
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
  readonly drafted: DraftedParty;
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

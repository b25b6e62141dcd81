import type { HoldReason } from "@cordon/errors";
import { type Decoded, decodeText, nothingKnown, type ScreeningIndex, weigh } from "@cordon/matching";

import { evidenceReasons, type FieldMatch } from "./field-match.ts";
import { acrossSeam, lineOfSeam, numberSeamsOf, seamsOf } from "./line-seams.ts";
import { matchIdentifier, matchIdentifiersIn } from "./match-identifiers.ts";
import { type PlaceJudge, placeJudge } from "./places/judge-places.ts";
import { placesOf } from "./places/place-book.ts";
import type { Policy } from "./policy.ts";
import type { TextTreatment, TextTreatments } from "./policy/text-treatment.ts";
import type { Treatment } from "./policy/treatment.ts";
import { hasCode, lacksName, type ScreenableBearer, tells } from "./screenable-bearer.ts";
import type { ScreenableEvent } from "./screenable-event.ts";
import type { ScreenableField } from "./screenable-field.ts";
import { type ScreenableIdentifier, textKindOf } from "./screenable-identifier.ts";
import { fieldSearch, type FoundName, type SearchField } from "./search-field.ts";
import { leftOutMatch, type Told } from "./told.ts";
import { metered, meterOf, type WorkMeter } from "./work-meter.ts";

/** What an event, or a part of one, amounts to by itself. */
export interface Compared {
  readonly matches: readonly FieldMatch[];
  readonly problems: ReadonlySet<HoldReason>;
  /** What was found and decides nothing. */
  readonly told: readonly Told[];
  /** Texts that were compared with the whole index, and those of them that are names. */
  readonly fieldsScreened: number;
  readonly namesScreened: number;
  /** Texts that the policy leaves out. */
  readonly fieldsLeftOut: number;
  /** Names that the policy leaves out or that a code stands for: somebody is named, though no name was compared. */
  readonly namesExcused: number;
  /** What it took, in steps of the engine; that of a whole is no more than that of its parts. */
  readonly work: number;
}

/** While it is compared. */
interface Finding {
  readonly problems: Set<HoldReason>;
  readonly names: FieldMatch[];
  readonly identified: FieldMatch[];
  readonly told: Told[];
  fieldsScreened: number;
  namesScreened: number;
}

/** What is known of the event, and what may be asked. */
interface Comparing {
  readonly index: ScreeningIndex;
  readonly texts: TextTreatments;
  readonly meter: WorkMeter;
  readonly search: SearchField;
  readonly decode: (text: string) => Decoded;
  /** Null where no place is listed. */
  readonly places: PlaceJudge | null;
  /** Paths of parties and agents whose name need not be there, or be readable. */
  readonly excused: ReadonlySet<string>;
}

export type ComparedEvent = Pick<ScreenableEvent, "fields" | "identifiers" | "problems"> &
  Partial<Pick<ScreenableEvent, "bearers" | "countries">>;

export interface CompareOptions {
  /** Default: that of an event which no rule of the policy speaks of in particular. */
  readonly treatment?: Treatment;
  readonly mostWork?: number;
}

/**
 * Compares every field, looks up every identifier, and looks across the seams of lines, as far as the treatment does not leave them
 * out. Ends at once, as too broad, when the work outgrows `mostWork`: what was found by then is found.
 */
export function compare(
  event: ComparedEvent,
  index: ScreeningIndex,
  policy: Policy,
  { treatment = policy.usual, mostWork = policy.maxWork }: CompareOptions = {},
): Compared {
  const { fields, identifiers, bearers = [], countries = [] } = event;
  const { texts } = treatment;
  const meter = meterOf(index, mostWork);
  const counted = metered(index, meter);
  const decode = decodeOnce();
  const search = fieldSearch({ index: counted, texts, meter, decode });
  const finding: Finding = {
    problems: new Set(event.problems),
    names: [],
    identified: [],
    told: [],
    fieldsScreened: 0,
    namesScreened: 0,
  };
  const book = placesOf(index);
  const places = book === null ? null : placeJudge(book, { texts, bearers, meter, decode });
  const comparing = { index: counted, texts, meter, search, decode, places, excused: excusedNames(bearers, texts) };
  if (fields.length > policy.maxFields || identifiers.length > policy.maxFields)
    finding.problems.add("QUERY_TOO_BROAD");
  if (bearers.some((bearer) => lacksSomething(bearer, texts))) finding.problems.add("FIELD_MISSING");
  const kept = identifiers.filter(({ role, kind }) => texts.of(role, textKindOf(kind)).screened);
  lookUp(kept.slice(0, policy.maxFields), comparing, finding);
  const screened = fields.filter(({ role, kind }) => texts.of(role, kind).screened);
  const compared = screened.slice(0, policy.maxFields);
  compareFields(compared, comparing, finding);
  places?.codes(countries);
  const whole = joined(finding.names, finding.identified);
  const matches = [...whole, ...searchSeams(compared, comparing, finding, whole)];
  if (meter.isOver()) finding.problems.add("QUERY_TOO_BROAD");
  if (places?.isHeld() === true) finding.problems.add("LISTED_PLACE");
  const { problems, told, fieldsScreened, namesScreened } = finding;
  const names = fields.length === screened.length ? 0 : countNames(fields) - countNames(screened);
  return {
    problems,
    matches: places === null ? matches : [...matches, ...places.matches()],
    told: places === null ? told : [...told, ...places.told()],
    fieldsScreened,
    namesScreened,
    fieldsLeftOut: fields.length - screened.length,
    namesExcused: names + bearers.filter((bearer) => isKnownByCode(bearer, texts)).length,
    work: meter.spent(),
  };
}

function countNames(fields: readonly ScreenableField[]): number {
  return fields.filter(({ bearer }) => bearer !== "text").length;
}

/** A name that nobody compares need not be there. */
function needsNoName({ role, named }: ScreenableBearer, texts: TextTreatments): boolean {
  const { screened, name } = texts.of(role, "NAME");
  return !named || !screened || name === "optional";
}

function isKnownByCode(bearer: ScreenableBearer, texts: TextTreatments): boolean {
  return bearer.named && texts.of(bearer.role, "NAME").name === "code" && hasCode(bearer);
}

function excusedNames(bearers: readonly ScreenableBearer[], texts: TextTreatments): ReadonlySet<string> {
  const excused = bearers.filter((bearer) => needsNoName(bearer, texts) || isKnownByCode(bearer, texts));
  return new Set(excused.map(({ path }) => `${path}.name`));
}

/** A name, or what else the policy wants of its role. */
function lacksSomething(bearer: ScreenableBearer, texts: TextTreatments): boolean {
  if (lacksName(bearer) && !needsNoName(bearer, texts) && !isKnownByCode(bearer, texts)) return true;
  return texts.of(bearer.role, "NAME").required.some((field) => !tells(bearer, field));
}

/** Remembers, for one event: an identifier is looked up and searched as a text, and an account's holder is mostly the party. */
function decodeOnce(): (text: string) => Decoded {
  const known = new Map<string, Decoded>();
  return (text) => {
    let decoded = known.get(text);
    if (decoded === undefined) known.set(text, (decoded = decodeText(text)));
    return decoded;
  };
}

/** Identifiers in fields of their own, as received and in each reading that a fixed rule decodes. */
function lookUp(
  identifiers: readonly ScreenableIdentifier[],
  { index, texts, meter, decode }: Comparing,
  finding: Finding,
): void {
  for (const identifier of identifiers) {
    const { text, role, kind } = identifier;
    if (!meter.mayRead(text)) return;
    const found = [...matchIdentifier(identifier, index)];
    for (const reading of decode(text).readings) {
      if (!meter.mayRead(reading.text)) return;
      for (const match of matchIdentifier({ ...identifier, text: reading.text }, index))
        found.push({ ...match, field: { ...match.field, text }, ...reading.place(match.start, match.end) });
    }
    meter.describes(found.length);
    finding.identified.push(...counting(found, texts.of(role, textKindOf(kind)), finding));
  }
}

function compareFields(
  fields: readonly ScreenableField[],
  { texts, meter, search, places, excused }: Comparing,
  finding: Finding,
): void {
  const { problems } = finding;
  for (const field of fields) {
    if (meter.isOver()) return;
    const { compared, unreadable, lost, tooBroad, names, identified } = search(field);
    if (lost || (unreadable && mustBeRead(field, excused))) problems.add("NAME_UNREADABLE");
    if (tooBroad) problems.add("QUERY_TOO_BROAD");
    if (compared) {
      finding.fieldsScreened++;
      if (field.bearer !== "text") finding.namesScreened++;
    }
    if (names.length + identified.length > 0) {
      const treatment = texts.of(field.role, field.kind);
      const named = names.map((match) => nameMatch(match, field));
      finding.names.push(...counting(named, treatment, finding));
      finding.identified.push(...counting(identified, treatment, finding));
    }
    places?.field(field);
  }
}

/** Matches with entries that count where they were found; the others are told. */
function counting(
  matches: readonly FieldMatch[],
  { counts }: TextTreatment,
  { told }: Pick<Finding, "told">,
): readonly FieldMatch[] {
  if (counts === null) return matches;
  return matches.filter(({ designation, field, start, end }) => {
    if (counts(designation)) return true;
    told.push(leftOutMatch(designation, field.path, field.text.slice(start, end)));
    return false;
  });
}

/** What goes on from one line of free text to the next, and stands in neither whole. */
function searchSeams(
  fields: readonly ScreenableField[],
  { index, texts, meter, search, places }: Comparing,
  finding: Finding,
  known: readonly FieldMatch[],
): readonly FieldMatch[] {
  const { problems } = finding;
  const whole = new Set(known.map(keyOf));
  const found: FieldMatch[] = [];
  const keep = (match: FieldMatch, second: ScreenableField): void => {
    if (whole.has(keyOf(match)) || whole.has(keyOf({ ...match, field: second }))) return;
    whole.add(keyOf(match));
    found.push(match);
  };
  for (const seam of seamsOf(fields)) {
    if (meter.isOver()) break;
    const line = lineOfSeam(seam);
    const { names, identified, lost, tooBroad } = search(line, "seam");
    if (lost) problems.add("NAME_UNREADABLE");
    if (tooBroad) problems.add("QUERY_TOO_BROAD");
    const across = acrossSeam(seam, [...names.map((name) => nameMatch(name, line)), ...identified]);
    for (const match of counting(across, texts.of(line.role, line.kind), finding)) keep(match, seam.second);
    places?.seam(seam);
  }
  for (const seam of numberSeamsOf(fields)) {
    const line = lineOfSeam(seam);
    if (!meter.mayRead(line.text)) break;
    const across = acrossSeam(seam, matchIdentifiersIn(line, index));
    for (const match of counting(across, texts.of(line.role, line.kind), finding)) keep(match, seam.second);
  }
  return found;
}

/** Evidence of a text is all absent: it does not say whose birth date or country anything is. */
function nameMatch(match: FoundName, field: ScreenableField): FieldMatch {
  const evidence = weigh(field.bearer === "text" ? nothingKnown : field.facts, match.designation);
  return { ...match, field, evidence, reasons: [...match.reasons, ...evidenceReasons(evidence)], identifier: null };
}

/** One match for each designation and field: an identifier tells more than the name beside it, which is told, too. */
function joined(names: readonly FieldMatch[], identified: readonly FieldMatch[]): readonly FieldMatch[] {
  const all = new Map<string, FieldMatch>();
  for (const match of identified) {
    const key = keyOf(match);
    if (!all.has(key)) all.set(key, match);
  }
  for (const match of names) {
    const key = keyOf(match);
    const same = all.get(key);
    all.set(key, same === undefined ? match : withName(same, match));
  }
  return [...all.values()];
}

function keyOf({ field, designation }: FieldMatch): string {
  return `${field.path} ${designation.id}`;
}

function withName(match: FieldMatch, { field, start, end, name, score }: FieldMatch): FieldMatch {
  const part = field.text.slice(start, end);
  const detail = `"${part}" in the same field matches the name "${name.text}" (${String(score / 100)} %)`;
  return { ...match, name, reasons: [...match.reasons, { kind: "name", detail, points: 0 }] };
}

/** Beyond the named roles, and in texts: what is blank or a dash says nothing, but letters may be a name. */
function mustBeRead({ required, text, path }: ScreenableField, excused: ReadonlySet<string>): boolean {
  return (required && !excused.has(path)) || /[\p{L}\p{N}]/u.test(text);
}

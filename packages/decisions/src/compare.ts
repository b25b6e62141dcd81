import type { HoldReason } from "@cordon/errors";
import { type Decoded, decodeText, nothingKnown, type ScreeningIndex, weigh } from "@cordon/matching";

import { evidenceReasons, type FieldMatch } from "./field-match.ts";
import { acrossSeam, lineOfSeam, numberSeamsOf, seamsOf } from "./line-seams.ts";
import { matchIdentifier, matchIdentifiersIn } from "./match-identifiers.ts";
import type { Policy } from "./policy.ts";
import type { ScreenableEvent } from "./screenable-event.ts";
import type { ScreenableField } from "./screenable-field.ts";
import type { ScreenableIdentifier } from "./screenable-identifier.ts";
import { fieldSearch, type FoundName, type SearchField } from "./search-field.ts";
import { metered, meterOf, type WorkMeter } from "./work-meter.ts";

/** What an event, or a part of one, amounts to by itself. */
export interface Compared {
  readonly matches: readonly FieldMatch[];
  readonly problems: ReadonlySet<HoldReason>;
  /** Texts that were compared with the whole index, and those of them that are names. */
  readonly fieldsScreened: number;
  readonly namesScreened: number;
  /** What it took, in steps of the engine; that of a whole is no more than that of its parts. */
  readonly work: number;
}

/** While it is compared. */
interface Finding {
  readonly problems: Set<HoldReason>;
  readonly names: FieldMatch[];
  readonly identified: FieldMatch[];
  fieldsScreened: number;
  namesScreened: number;
}

/** What is known of the event, and what may be asked. */
interface Comparing {
  readonly index: ScreeningIndex;
  readonly policy: Policy;
  readonly meter: WorkMeter;
  readonly search: SearchField;
  readonly decode: (text: string) => Decoded;
}

/**
 * Compares every field, looks up every identifier, and looks across the seams of lines. Ends at once, as too broad, when the work
 * outgrows `mostWork`: what was found by then is found.
 */
export function compare(
  event: Pick<ScreenableEvent, "fields" | "identifiers" | "problems">,
  index: ScreeningIndex,
  policy: Policy,
  mostWork = policy.maxWork,
): Compared {
  const { fields, identifiers } = event;
  const meter = meterOf(index, mostWork);
  const counted = metered(index, meter);
  const decode = decodeOnce();
  const search = fieldSearch({ index: counted, policy, meter, decode });
  const comparing = { index: counted, policy, meter, search, decode };
  const finding: Finding = {
    problems: new Set(event.problems),
    names: [],
    identified: [],
    fieldsScreened: 0,
    namesScreened: 0,
  };
  if (fields.length > policy.maxFields || identifiers.length > policy.maxFields)
    finding.problems.add("QUERY_TOO_BROAD");
  lookUp(identifiers.slice(0, policy.maxFields), comparing, finding);
  const compared = fields.slice(0, policy.maxFields);
  compareFields(compared, comparing, finding);
  const { problems, fieldsScreened, namesScreened } = finding;
  const whole = joined(finding.names, finding.identified);
  const matches = [...whole, ...searchSeams(compared, comparing, { problems, known: whole })];
  if (meter.isOver()) problems.add("QUERY_TOO_BROAD");
  return { problems, matches, fieldsScreened, namesScreened, work: meter.spent() };
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
  { index, meter, decode }: Comparing,
  finding: Finding,
): void {
  for (const identifier of identifiers) {
    const { text } = identifier;
    if (!meter.mayRead(text)) return;
    const found = [...matchIdentifier(identifier, index)];
    for (const reading of decode(text).readings) {
      if (!meter.mayRead(reading.text)) return;
      for (const match of matchIdentifier({ ...identifier, text: reading.text }, index))
        found.push({ ...match, field: { ...match.field, text }, ...reading.place(match.start, match.end) });
    }
    meter.describes(found.length);
    finding.identified.push(...found);
  }
}

function compareFields(fields: readonly ScreenableField[], { meter, search }: Comparing, finding: Finding): void {
  const { problems } = finding;
  for (const field of fields) {
    if (meter.isOver()) return;
    const { compared, unreadable, lost, tooBroad, names, identified } = search(field);
    if (lost || (unreadable && mustBeRead(field))) problems.add("NAME_UNREADABLE");
    if (tooBroad) problems.add("QUERY_TOO_BROAD");
    if (compared) {
      finding.fieldsScreened++;
      if (field.bearer !== "text") finding.namesScreened++;
    }
    for (const match of names) finding.names.push(nameMatch(match, field));
    finding.identified.push(...identified);
  }
}

/** What goes on from one line of free text to the next, and stands in neither whole. */
function searchSeams(
  fields: readonly ScreenableField[],
  { index, meter, search }: Comparing,
  { problems, known }: { readonly problems: Set<HoldReason>; readonly known: readonly FieldMatch[] },
): readonly FieldMatch[] {
  const whole = new Set(known.map(keyOf));
  const found: FieldMatch[] = [];
  for (const seam of seamsOf(fields)) {
    if (meter.isOver()) break;
    const line = lineOfSeam(seam);
    const { names, identified, lost, tooBroad } = search(line, "seam");
    if (lost) problems.add("NAME_UNREADABLE");
    if (tooBroad) problems.add("QUERY_TOO_BROAD");
    for (const match of acrossSeam(seam, [...names.map((name) => nameMatch(name, line)), ...identified])) {
      if (whole.has(keyOf(match)) || whole.has(keyOf({ ...match, field: seam.second }))) continue;
      whole.add(keyOf(match));
      found.push(match);
    }
  }
  for (const seam of numberSeamsOf(fields)) {
    const line = lineOfSeam(seam);
    if (!meter.mayRead(line.text)) break;
    for (const match of acrossSeam(seam, matchIdentifiersIn(line, index))) {
      if (whole.has(keyOf(match)) || whole.has(keyOf({ ...match, field: seam.second }))) continue;
      whole.add(keyOf(match));
      found.push(match);
    }
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
function mustBeRead({ required, text }: ScreenableField): boolean {
  return required || /[\p{L}\p{N}]/u.test(text);
}

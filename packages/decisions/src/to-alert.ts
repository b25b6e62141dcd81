import { designationHash, type ListedBirthDate } from "@cordon/matching";
import type { Alert, Match, Money } from "@cordon/schemas";

import type { FieldMatch } from "./field-match.ts";
import { partyNamedIn } from "./good-guys.ts";
import { type PartyFingerprint, partyFingerprint } from "./party-fingerprint.ts";
import type { ScreeningOutcome } from "./screen-event.ts";
import type { NamedParty, ScreenableEvent } from "./screenable-event.ts";
import { type Places, placesIn } from "./source-places.ts";
import { summaryOf } from "./summary.ts";
import type { OutcomeContext } from "./to-decision.ts";

/** UTF-8 bytes that the matches of an alert may take: a broker takes records of a megabyte, unless told otherwise. */
const maxMatchBytes = 800_000;

/** Bytes of a match beside its texts: lengths, numbers, enums, hashes. Generous. */
const matchOverhead = 400;

/**
 * The record of a hit for `screening.alerts.v1`, to be keyed by its event id. The matches stand best first; when they
 * would outgrow a record, or the bytes that are given, the weakest are left out and counted.
 */
export function toAlert(
  outcome: Extract<ScreeningOutcome, { readonly kind: "hit" }>,
  event: ScreenableEvent,
  { source, index, engineVersion, policyVersion, at, received, fingerprintKey }: OutcomeContext,
  mostMatchBytes = maxMatchBytes,
): Alert {
  const places = placesIn(event.origins ?? []);
  const bearers = bearersIn(event.parties ?? [], fingerprintKey);
  const most = Math.min(mostMatchBytes, maxMatchBytes);
  const { matches, bytes } = withinBytes(outcome.matches, { places, bearers }, most);
  // What was found comes before what it was found in.
  const fits = received !== undefined && bytes + received.body.length <= most;
  return {
    alertId: outcome.alertId,
    eventId: outcome.eventId,
    sourceTopic: source.topic,
    sourcePartition: source.partition,
    sourceOffset: Number(source.offset),
    raisedAt: at,
    index,
    engineVersion,
    policyVersion,
    money: plausible(event.money) ? event.money : null,
    rail: event.rail,
    matches,
    matchesLeftOut: outcome.matches.length - matches.length,
    origin: "STREAM",
    lookBackId: null,
    event: fits ? received.body : null,
    eventSchemaId: fits ? received.schemaId : null,
    customerId: null,
    resubmission: null,
  };
}

interface Told {
  readonly places: Places;
  readonly bearers: (path: string) => PartyFingerprint;
}

const nobody: PartyFingerprint = Object.freeze({ fingerprint: null, fields: [] });

/** Who bears the name at a path, as far as it is a party's own. */
function bearersIn(parties: readonly NamedParty[], key: Uint8Array | undefined): Told["bearers"] {
  const known = new Map<string, PartyFingerprint>();
  return (path) => {
    const bearer = partyNamedIn(parties, path);
    if (key === undefined || bearer === undefined) return nobody;
    const one = known.get(path) ?? partyFingerprint(bearer.party, key);
    known.set(path, one);
    return one;
  };
}

function withinBytes(
  found: readonly FieldMatch[],
  told: Told,
  most: number,
): { readonly matches: readonly Match[]; readonly bytes: number } {
  const matches: Match[] = [];
  let bytes = 0;
  for (const one of found) {
    const match = toMatch(one, told);
    const size = bytesOf(match);
    if (matches.length > 0 && bytes + size > most) break;
    bytes += size;
    matches.push(match);
  }
  return { matches, bytes };
}

function toMatch(found: FieldMatch, { places, bearers }: Told): Match {
  const { designation, name, score, field, start, end, reasons, goodGuyId = null } = found;
  const { fingerprint, fields } = bearers(field.path);
  return {
    designationId: designation.id,
    list: designation.list,
    regime: designation.regime,
    regimeCode: designation.regimeCode,
    measures: designation.measures,
    designationType: designation.type,
    primaryName: designation.names[0]?.text ?? name.text,
    matchedName: name.text,
    nameKind: name.kind,
    nameStrength: name.strength,
    score: score / 100,
    field: { path: field.path, role: field.role, text: field.text, start, end, ...places(field.path, start, end) },
    reasons: reasons.map(({ kind, detail, points }) => ({ kind, detail, points: points / 100 })),
    summary: summaryOf(found),
    identifier: identifierOf(found),
    designatedOn: designation.designatedOn,
    birthDates: designation.birthDates.map(birthDate),
    nationalities: designation.nationalities,
    designationHash: designationHash(designation),
    partyFingerprint: fingerprint,
    fingerprintFields: fields,
    goodGuyId,
  };
}

function identifierOf({ identifier }: FieldMatch): Match["identifier"] {
  if (identifier === null) return null;
  const { kind, value, country = null, currency = null, note } = identifier.listed;
  return { kind, value, issuer: country ?? currency, note, designationId: identifier.via };
}

/** A range in the notation of ISO 8601: `1970/1972`. */
function birthDate({ date, until }: ListedBirthDate): string {
  return until === null ? date : `${date}/${until}`;
}

/** No currency has a name of pages, no amount a thousand digits: such money says nothing and may not fit an alert. */
function plausible({ amount, currency }: Money): boolean {
  return amount.length <= 16 && currency.length <= 16;
}

function bytesOf(match: Match): number {
  const texts = [
    match.designationId,
    match.regime,
    match.regimeCode ?? "",
    ...match.measures,
    match.primaryName,
    match.matchedName,
    match.field.path,
    match.field.text,
    match.field.sourcePath ?? "",
    match.summary,
    ...match.birthDates,
    ...match.nationalities,
    match.identifier?.value ?? "",
    match.identifier?.issuer ?? "",
    match.identifier?.note ?? "",
  ];
  let bytes = matchOverhead;
  for (const text of texts) bytes += utf8Length(text) + 2;
  for (const { kind, detail } of match.reasons) bytes += utf8Length(kind) + utf8Length(detail) + 12;
  return bytes;
}

/** An upper bound: halves of a surrogate pair count 3 each. */
function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) bytes += unit > 0x7ff ? 2 : 1;
  }
  return bytes;
}

import type {
  Designation,
  DesignationId,
  ListedAddress,
  ListedBirthDate,
  ListedIdentifier,
  ListedName,
  ListedPlace,
  ListedRemark,
  ListedVesselFact,
} from "../designation.ts";
import { flag, list, lacking, nullable, orNone, type Packed, type PackText, record, text } from "./packed-record.ts";

// Standard in every JavaScript runtime, but not in the language's own library types.
declare const TextEncoder: new () => { encode(text: string): Uint8Array<ArrayBuffer> };
declare const TextDecoder: new () => { decode(bytes: Uint8Array): string };

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function encodeText(some: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(some);
}

export function decodeText(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

const name = record<ListedName>({
  text: text(),
  kind: text(),
  strength: text(),
  script: lacking(text()),
  language: lacking(text()),
});
const birthDate = record<ListedBirthDate>({ date: text(), until: nullable(text()), approximate: flag });
const identifier = record<ListedIdentifier>({
  kind: text(),
  value: text(),
  note: nullable(text()),
  country: lacking(text()),
  currency: lacking(text()),
});
const address = record<ListedAddress>({
  text: text(),
  city: nullable(text()),
  postalCode: nullable(text()),
  country: nullable(text()),
});
const vesselFact = record<ListedVesselFact>({ kind: text(), value: text() });
const remark = record<ListedRemark>({ label: text(), text: text() });
const place = record<ListedPlace>({
  kind: text(),
  codes: list(text()),
  elsewhere: list(record<ListedPlace["elsewhere"][number]>({ spelling: text(), countries: list(text()) })),
  rule: text(),
  ruleInText: text(),
  ruleOfOrigin: text(),
});

/** All of a designation but its id, which stands elsewhere in a snapshot. The order of the fields is part of the format. */
const designation = record<Omit<Designation, "id">>({
  list: text(),
  type: text(),
  names: list(name),
  regime: text(),
  regimeCode: nullable(text()),
  measures: list(text()),
  birthDates: list(birthDate),
  nationalities: list(text()),
  identifiers: list(identifier),
  designatedOn: nullable(text()),
  updatedOn: nullable(text()),
  references: list(text()),
  assetFreeze: lacking(flag),
  addresses: orNone(address),
  birthPlaces: orNone(text()),
  vesselFacts: orNone(vesselFact),
  remarks: orNone(remark),
  place: lacking(place),
});

/** Designations as bytes, and the texts that they share, which `decodeDesignation` needs. Equal designations give equal bytes. */
export function encodeDesignations(designations: readonly Designation[]): {
  readonly texts: Uint8Array;
  readonly entities: readonly Uint8Array[];
} {
  const shared = sharedTexts(designations);
  const numbers = new Map(shared.map((some, at) => [some, at]));
  const packText: PackText = (some) => numbers.get(some) ?? some;
  return {
    texts: encoder.encode(JSON.stringify(shared)),
    entities: designations.map((each) => encoder.encode(JSON.stringify(designation.pack(each, packText)))),
  };
}

/** Texts that stand there more than once, the commonest first, whose numbers are the shortest. */
function sharedTexts(designations: readonly Designation[]): readonly string[] {
  const uses = new Map<string, number>();
  const count: PackText = (some) => {
    uses.set(some, (uses.get(some) ?? 0) + 1);
    return some;
  };
  for (const each of designations) designation.pack(each, count);
  return [...uses]
    .filter(([, times]) => times > 1)
    .toSorted(([a, timesOfA], [b, timesOfB]) => timesOfB - timesOfA || (a < b ? -1 : 1))
    .map(([some]) => some);
}

export function decodeTexts(bytes: Uint8Array): readonly string[] {
  return JSON.parse(decoder.decode(bytes)) as readonly string[];
}

export function decodeDesignation(id: string, bytes: Uint8Array, texts: readonly string[]): Designation {
  return { id: id as DesignationId, ...designation.unpack(JSON.parse(decoder.decode(bytes)) as Packed, texts) };
}

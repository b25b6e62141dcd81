import type { Designation, ListedPlace } from "../designation.ts";

// Standard in every JavaScript runtime, but not in the language's own library types.
declare const TextEncoder: new () => { encode(text: string): Uint8Array<ArrayBuffer> };
declare const TextDecoder: new () => { decode(bytes: Uint8Array): string };

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function encodeText(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

export function decodeText(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** Undefined for none: JSON then leaves the field out. */
const present = <T>(values: readonly T[] | undefined): readonly T[] | undefined =>
  values === undefined || values.length === 0 ? undefined : values;

/** One designation as JSON, its fields in one fixed order, so that equal designations give equal bytes. */
export function encodeDesignation(designation: Designation): Uint8Array<ArrayBuffer> {
  const d = designation;
  const ordered: Record<keyof Designation, unknown> = {
    id: d.id,
    list: d.list,
    type: d.type,
    names: d.names.map(({ text, kind, strength, script, language }) => ({ text, kind, strength, script, language })),
    regime: d.regime,
    regimeCode: d.regimeCode,
    measures: d.measures,
    birthDates: d.birthDates.map(({ date, until, approximate }) => ({ date, until, approximate })),
    nationalities: d.nationalities,
    identifiers: d.identifiers.map(({ kind, value, note, country, currency }) => ({
      kind,
      value,
      note,
      country,
      currency,
    })),
    designatedOn: d.designatedOn,
    updatedOn: d.updatedOn,
    references: d.references,
    assetFreeze: d.assetFreeze,
    addresses: present(d.addresses)?.map(({ text, city, postalCode, country }) => ({
      text,
      city,
      postalCode,
      country,
    })),
    birthPlaces: present(d.birthPlaces),
    vesselFacts: present(d.vesselFacts)?.map(({ kind, value }) => ({ kind, value })),
    remarks: present(d.remarks)?.map(({ label, text }) => ({ label, text })),
    place: d.place === undefined ? undefined : placeOf(d.place),
  };
  return encoder.encode(JSON.stringify(ordered));
}

function placeOf({ kind, codes, elsewhere, rule, ruleInText, ruleOfOrigin }: ListedPlace): ListedPlace {
  const others = elsewhere.map(({ spelling, countries }) => ({ spelling, countries }));
  return { kind, codes, elsewhere: others, rule, ruleInText, ruleOfOrigin };
}

export function decodeDesignation(bytes: Uint8Array): Designation {
  return JSON.parse(decoder.decode(bytes)) as Designation;
}

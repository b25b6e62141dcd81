import type {
  Designation,
  ListedAddress,
  ListedRemark,
  ListedVesselFact,
  VesselFactKind,
} from "@cordon/matching/listed";

import { detached } from "../format/clean-text.ts";
import type { Tally } from "../tally.ts";
import { countryCode } from "./countries.ts";
import type { EntryIdentifiers } from "./entry-identifiers.ts";

/** UTF-16 code units of a remark that are kept: an analyst reads the rest at the publisher's. */
const longestRemark = 1000;

/** The parts of an address as published, "" or left out where there is none. */
export interface AddressParts {
  readonly lines?: readonly string[];
  readonly city?: string;
  readonly region?: string;
  readonly postalCode?: string;
  readonly country?: string;
  /** What is told about it, such as `registered office`; it stands at the end of the text. */
  readonly note?: string;
}

export interface EntryDetails {
  readonly addAddress: (parts: AddressParts) => void;
  /** Town, region, country; empty ones are left out. */
  readonly addBirthPlace: (...parts: readonly string[]) => void;
  readonly addVesselFact: (kind: VesselFactKind, value: string) => void;
  readonly addRemark: (label: string, text: string) => void;
  /** A remark in which identifiers may stand. */
  readonly addProse: (label: string, text: string, identifiers: EntryIdentifiers) => void;
  /** The fields of a designation that have something in them. */
  readonly fields: () => Pick<Designation, "addresses" | "birthPlaces" | "vesselFacts" | "remarks">;
}

const filled = (text: string | undefined): text is string => text !== undefined && text !== "";

function addressOf({ lines = [], city, region, postalCode, country, note }: AddressParts): ListedAddress | null {
  const parts = [...lines, city, region, postalCode, country].filter(filled);
  if (parts.length === 0) return null;
  return {
    text: [...parts, ...(filled(note) ? [`(${note})`] : [])].join(", "),
    city: filled(city) ? city : null,
    postalCode: filled(postalCode) ? postalCode : null,
    country: filled(country) ? (countryCode(country) ?? country) : null,
  };
}

/** Collects what is told about one entry beside names, dates and numbers: each thing once, in the order it came. */
export function createEntryDetails(notKept: Tally): EntryDetails {
  // Most entries have few of these, and a list has many entries: what is empty takes no memory.
  let addresses: Map<string, ListedAddress> | undefined;
  let birthPlaces: Set<string> | undefined;
  let vesselFacts: Map<string, ListedVesselFact> | undefined;
  let remarks: Map<string, ListedRemark> | undefined;

  const addRemark = (label: string, text: string): void => {
    if (text === "") return;
    if (text.length > longestRemark) notKept.count("end of a long remark");
    const kept = text.length > longestRemark ? detached(text.slice(0, longestRemark)) : text;
    (remarks ??= new Map()).set(`${label}\n${kept}`, { label, text: kept });
  };

  return {
    addAddress: (parts) => {
      const address = addressOf(parts);
      if (address !== null) (addresses ??= new Map()).set(address.text, address);
    },
    addBirthPlace: (...parts) => {
      const place = parts.filter(filled).join(", ");
      if (place !== "") (birthPlaces ??= new Set()).add(place);
    },
    addVesselFact: (kind, value) => {
      if (value !== "") (vesselFacts ??= new Map()).set(`${kind}\n${value}`, { kind, value });
    },
    addRemark,
    addProse: (label, text, identifiers) => {
      addRemark(label, text);
      identifiers.addFromProse(text, `in ${label}`);
    },
    fields: () => ({
      ...(addresses === undefined ? {} : { addresses: [...addresses.values()] }),
      ...(birthPlaces === undefined ? {} : { birthPlaces: [...birthPlaces] }),
      ...(vesselFacts === undefined ? {} : { vesselFacts: [...vesselFacts.values()] }),
      ...(remarks === undefined ? {} : { remarks: [...remarks.values()] }),
    }),
  };
}

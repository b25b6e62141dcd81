import type { Designation, DesignationType, ListedIdentifier, ListedName } from "@cordon/matching";
import type { Random } from "@cordon/simulator";

import type { PartyType } from "./draft.ts";

/** What is hidden in an event: a listed name or identifier, or an innocent one to which the same trick is applied. */
export interface Plant {
  /** Null for an innocent one. */
  readonly designation: Designation | null;
  readonly type: DesignationType;
  /** The name or the identifier, as it is written plainly. */
  readonly text: string;
  /** Null for a name. */
  readonly kind: ListedIdentifier["kind"] | null;
  /** Of a wallet: the code of its currency. */
  readonly currency: string | null;
}

/** Which names a trick is played with. */
export interface NameWants {
  readonly what: "name";
  readonly types?: readonly DesignationType[];
  readonly matching?: RegExp;
  /** Another way to write the name that is plain still, such as in another alphabet; null: this name has none. */
  readonly variant?: (text: string, random: Random) => string | null;
}

/** Which identifiers a trick is played with. */
export interface IdentifierWants {
  readonly what: "identifier";
  readonly kinds: readonly ListedIdentifier["kind"][];
  readonly matching?: RegExp;
  readonly currencies?: readonly string[];
}

export type Wants = NameWants | IdentifierWants;

export interface PlantSource {
  draw(wants: Wants, random: Random): Plant;
}

/** Of a hundred names, so many are of persons and of organisations; the others are ships. */
const OF_PERSONS = 58;
const OF_ORGANISATIONS = 30;
const MOST_DRAWS = 20_000;

export function plantSource(designations: readonly Designation[]): PlantSource {
  const byType = Map.groupBy(designations, ({ type }) => type);
  const identified = Map.groupBy(
    designations.flatMap((designation) => designation.identifiers.map((identifier) => ({ designation, identifier }))),
    ({ identifier }) => identifier.kind,
  );

  function drawName({ types, matching, variant }: NameWants, random: Random): Plant | null {
    const type = types === undefined ? shareOfTypes(random) : random.pick(types);
    const from = byType.get(type);
    if (from === undefined) return null;
    const designation = random.pick(from);
    const name = random.oneIn(4) ? random.pick(designation.names) : designation.names[0]!;
    const written = isWorthIt(name) ? asWritten(name.text, random) : null;
    if (written === null || (matching !== undefined && !matching.test(written))) return null;
    const text = variant === undefined ? written : variant(written, random);
    return text === null ? null : { designation, type, text, kind: null, currency: null };
  }

  function drawIdentifier({ kinds, matching, currencies }: IdentifierWants, random: Random): Plant | null {
    const from = identified.get(random.pick(kinds));
    if (from === undefined) return null;
    const { designation, identifier } = random.pick(from);
    const { kind, value, currency = null } = identifier;
    const text = value.trim();
    if (!(matching ?? bareForms[kind] ?? /./).test(text)) return null;
    if (currencies !== undefined && !currencies.includes(currency ?? "")) return null;
    return { designation, type: designation.type, text, kind, currency };
  }

  return {
    draw(wants, random) {
      for (let draws = 0; draws < MOST_DRAWS; draws++) {
        const plant = wants.what === "name" ? drawName(wants, random) : drawIdentifier(wants, random);
        if (plant !== null) return plant;
      }
      throw new RangeError("the lists hold nothing that this trick can be played with");
    },
  };
}

function shareOfTypes(random: Random): DesignationType {
  const share = random.below(100);
  return share < OF_PERSONS ? "PERSON" : share < OF_PERSONS + OF_ORGANISATIONS ? "ORGANISATION" : "VESSEL";
}

/** Two words or more, not too short or long, and nothing but a name. Weak aliases never hit alone. */
function isWorthIt({ text, strength }: ListedName): boolean {
  const words = text.match(/[\p{L}\p{M}\p{N}'’.-]+/gu) ?? [];
  return (
    strength !== "WEAK" &&
    words.length >= 2 &&
    text.length >= 8 &&
    text.length <= 60 &&
    !/[()[\]{};:"“”=&%/\\]/.test(text)
  );
}

/** `LAST, First` mostly in its natural order; then as listed, in capitals, or with capitals at the beginnings. */
function asWritten(text: string, random: Random): string {
  const [last = "", first] = text.split(", ");
  const inOrder = first !== undefined && text.split(", ").length === 2 && !random.oneIn(4) ? `${first} ${last}` : text;
  const way = random.below(4);
  if (way === 0) return inOrder.toUpperCase();
  if (way === 1)
    return inOrder
      .toLowerCase()
      .replaceAll(/(^|[\s-])(\p{L})/gu, (_, gap: string, letter: string) => gap + letter.toUpperCase());
  return inOrder;
}

/** Cells of lists hold words and several numbers, too: how a cell with one identifier and nothing else looks. */
export const bareForms: Readonly<Partial<Record<ListedIdentifier["kind"], RegExp>>> = {
  PASSPORT: /^[A-Z]{0,3}[0-9]{6,10}$/,
  NATIONAL_ID: /^[A-Z]{0,2}[0-9]{7,14}$/,
  TAX_ID: /^[0-9]{9,14}$/,
  REGISTRATION: /^[A-Z]{0,3}[0-9]{7,15}$/,
  IMO: /^[0-9]{7}$/,
  MMSI: /^[0-9]{9}$/,
  BIC: /^[A-Z]{6}[A-Z0-9]{2}$/,
  LEI: /^[A-Z0-9]{20}$/,
  PHONE: /^\+?[0-9][0-9 ()-]{8,18}$/,
  EMAIL: /^[a-z0-9._-]+@[a-z0-9.-]+\.[a-z]+$/i,
  WALLET: /^[A-Za-z0-9]{26,64}$/,
};

/** What a party with that name calls itself. */
export function partyTypeOf(type: DesignationType): PartyType {
  return type === "PERSON" || type === "ORGANISATION" || type === "VESSEL" ? type : "UNKNOWN";
}

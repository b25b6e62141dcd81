import type { IdentifierKind } from "@cordon/matching/listed";

export interface OwnColumnMeaning {
  readonly required: boolean;
  /** Whether a cell may hold several values. */
  readonly many: boolean;
}

const one: OwnColumnMeaning = { required: false, many: false };
const several: OwnColumnMeaning = { required: false, many: true };
const needed: OwnColumnMeaning = { required: true, many: false };

/** The header of the firm's own list, see docs/specs/own-list.md; a test holds the two to each other. */
export const ownColumns = {
  id: needed,
  type: needed,
  name: needed,
  variations: several,
  aliases: several,
  weak_aliases: several,
  former_names: several,
  birth_dates: several,
  birth_places: several,
  nationalities: several,
  addresses: several,
  passports: several,
  national_ids: several,
  tax_ids: several,
  registrations: several,
  leis: several,
  bics: several,
  ibans: several,
  imo_numbers: several,
  mmsis: several,
  wallets: several,
  phones: several,
  emails: several,
  other_ids: several,
  regime: one,
  regime_code: one,
  measures: several,
  asset_freeze: one,
  designated_on: one,
  updated_on: one,
  references: several,
  remarks: several,
} as const satisfies Readonly<Record<string, OwnColumnMeaning>>;

export type OwnColumn = keyof typeof ownColumns;

export const ownColumnNames = Object.keys(ownColumns) as readonly OwnColumn[];

export const isOwnColumn = (name: string): name is OwnColumn => Object.hasOwn(ownColumns, name);

/** What a number must look like: a slip in it would never be found by an exact match. */
export const ownIdentifiers: readonly {
  readonly column: OwnColumn;
  readonly kind: IdentifierKind;
  readonly shape: RegExp;
}[] = [
  { column: "passports", kind: "PASSPORT", shape: /\d/ },
  { column: "national_ids", kind: "NATIONAL_ID", shape: /\d/ },
  { column: "tax_ids", kind: "TAX_ID", shape: /\d/ },
  { column: "registrations", kind: "REGISTRATION", shape: /\d/ },
  { column: "leis", kind: "LEI", shape: /^[A-Z\d]{18}\d{2}$/ },
  { column: "bics", kind: "BIC", shape: /^[A-Z\d]{4}[A-Z]{2}[A-Z\d]{2}(?:[A-Z\d]{3})?$/ },
  { column: "ibans", kind: "IBAN", shape: /^[A-Z]{2}\d{2}[A-Z\d]{8,30}$/ },
  { column: "imo_numbers", kind: "IMO", shape: /^\d{7}$/ },
  { column: "mmsis", kind: "MMSI", shape: /^\d{9}$/ },
  { column: "wallets", kind: "WALLET", shape: /^\S{16,256}$/ },
  { column: "phones", kind: "PHONE", shape: /\d/ },
  { column: "emails", kind: "EMAIL", shape: /^[^\s@]+@[^\s@]+$/ },
  { column: "other_ids", kind: "OTHER", shape: /./ },
];

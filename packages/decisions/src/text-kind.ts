import type { IdentifierKind } from "@cordon/schemas";

/** What a text of an event is meant to hold. A rule of a policy may name some. */
export const textKinds = [
  "NAME",
  "TEXT",
  "ADDRESS",
  "TOWN",
  "COUNTRY",
  "BIC",
  "IBAN",
  "ACCOUNT",
  "LEI",
  "CLEARING",
  "ID",
  "PHONE",
  "EMAIL",
  "BIRTH_DATE",
  "BIRTH_PLACE",
  "REFERENCE",
  "CODE",
] as const;
export type TextKind = (typeof textKinds)[number];

/** Of an identifier of a party, by what it is said to be. */
export function kindOfIdentifier(kind: IdentifierKind): TextKind {
  return kind === "BIC" || kind === "LEI" || kind === "PHONE" || kind === "EMAIL" ? kind : "ID";
}

export function kindOfContact(contact: string): "EMAIL" | "PHONE" {
  return contact.includes("@") ? "EMAIL" : "PHONE";
}

import type { AskedKind } from "@cordon/matching";

/** What each kind of identifier is called in a sentence. */
export const identifierWords: Readonly<Record<AskedKind, string>> = {
  OTHER: "identifier",
  PASSPORT: "passport number",
  NATIONAL_ID: "national identity number",
  TAX_ID: "tax number",
  REGISTRATION: "registration number",
  LEI: "LEI",
  BIC: "BIC",
  IMO: "IMO number",
  MMSI: "MMSI",
  WALLET: "wallet address",
  PHONE: "phone number",
  EMAIL: "e-mail address",
  IBAN: "IBAN",
  ACCOUNT: "account number",
  CLEARING: "clearing number",
};

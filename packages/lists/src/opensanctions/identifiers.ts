import type { DesignationType, IdentifierKind, ListedIdentifier } from "@cordon/matching/listed";

import { cleanText } from "../format/clean-text.ts";
import { imoValues } from "../publisher/imo-values.ts";
import { createListedIdentifiers } from "../publisher/listed-identifiers.ts";
import type { Tally } from "../tally.ts";
import { countryOf } from "./country.ts";
import { type FtmEntity, valuesOf } from "./entity.ts";
import { identifierProperties } from "./properties.ts";

/** What the publisher's words about a document make of it. */
function documentKind({ schema }: FtmEntity, type: string, holder: DesignationType): IdentifierKind {
  if (schema === "Passport" || /passport/i.test(type)) return "PASSPORT";
  if (/\btax|\binn\b|fiscal/i.test(type)) return "TAX_ID";
  if (/regist/i.test(type)) return "REGISTRATION";
  return holder === "PERSON" ? "NATIONAL_ID" : "REGISTRATION";
}

/** The number of a passport or identification with its country, and what is said of it in words. */
function documentOf(document: FtmEntity, holder: DesignationType, unknown: Tally): readonly ListedIdentifier[] {
  const numbers = [...valuesOf(document, "number"), ...valuesOf(document, "passportNumber")].map(cleanText);
  if (numbers.every((number) => number === "")) unknown.count(`${document.schema} without a number`);
  const types = valuesOf(document, "type").map(cleanText);
  const note = [...types, ...valuesOf(document, "authority").map(cleanText)].filter((text) => text !== "").join(", ");
  const [country] = valuesOf(document, "country").map((text) => countryOf(text, unknown));
  const kind = documentKind(document, types.join(" "), holder);
  return [...new Set(numbers)].map((value) => ({
    kind,
    value,
    note: note === "" ? null : note,
    ...(country === undefined ? {} : { country }),
  }));
}

function walletOf(wallet: FtmEntity): readonly ListedIdentifier[] {
  const [currency] = valuesOf(wallet, "currency").map(cleanText);
  return valuesOf(wallet, "publicKey").map((key) => ({
    kind: "WALLET",
    value: cleanText(key),
    note: null,
    ...(currency === undefined || currency === "" ? {} : { currency }),
  }));
}

/** Every number of a listed thing: its own, and those of its documents and wallets. */
export function identifiersOf(
  entity: FtmEntity,
  {
    type,
    documents,
    unknown,
  }: { readonly type: DesignationType; readonly documents: readonly FtmEntity[]; readonly unknown: Tally },
): readonly ListedIdentifier[] {
  const identifiers = createListedIdentifiers(unknown);
  for (const document of documents)
    for (const identifier of document.schema === "CryptoWallet"
      ? walletOf(document)
      : documentOf(document, type, unknown))
      identifiers.add(identifier);
  if (entity.schema === "CryptoWallet") for (const identifier of walletOf(entity)) identifiers.add(identifier);
  for (const [property, { kind, note }] of identifierProperties)
    for (const text of valuesOf(entity, property)) {
      const value = cleanText(text);
      for (const one of kind === "IMO" ? imoValues(value, unknown) : [value])
        identifiers.add({ kind, value: one, note });
    }
  return identifiers.list();
}

import type { ListedAddress } from "@cordon/matching/listed";

import { cleanText } from "../format/clean-text.ts";
import type { Tally } from "../tally.ts";
import { countryOf } from "./country.ts";
import { type FtmEntity, valuesOf } from "./entity.ts";

const parts = ["postOfficeBox", "street", "street2", "city", "postalCode", "region", "state"] as const;

function addressOf(address: FtmEntity, unknown: Tally): ListedAddress {
  const first = (property: string): string => cleanText(valuesOf(address, property)[0] ?? "");
  const country = first("country") === "" ? null : countryOf(first("country"), unknown);
  const spelt = [...new Set([...parts.map(first), country ?? ""])].filter((part) => part !== "").join(", ");
  return {
    text: first("full") === "" ? spelt : first("full"),
    city: first("city") === "" ? null : first("city"),
    postalCode: first("postalCode") === "" ? null : first("postalCode"),
    country,
  };
}

/**
 * Addresses of a listed thing: the linked ones, those written out, and for a country it has to do with and that none
 * of them names, the country alone.
 */
export function addressesOf(entity: FtmEntity, linked: readonly FtmEntity[], unknown: Tally): readonly ListedAddress[] {
  const byText = new Map<string, ListedAddress>();
  for (const address of linked.map((link) => addressOf(link, unknown)))
    if (address.text !== "") byText.set(address.text.toLowerCase(), address);
  for (const text of valuesOf(entity, "address").map(cleanText))
    if (text !== "" && !byText.has(text.toLowerCase()))
      byText.set(text.toLowerCase(), { text, city: null, postalCode: null, country: null });
  const named = new Set([...byText.values()].map(({ country }) => country));
  const countries = new Set(valuesOf(entity, "country").map((text) => countryOf(text, unknown)));
  const alone = [...countries].filter((country) => country !== "" && !named.has(country));
  return [...byText.values(), ...alone.map((country) => ({ text: country, city: null, postalCode: null, country }))];
}

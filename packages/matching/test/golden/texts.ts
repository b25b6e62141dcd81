import type { TextPlace } from "../../src/search.ts";

/** A name in the surroundings that readers of names must tell from it. */
export function disguised(name: string): readonly { readonly text: string; readonly place: TextPlace }[] {
  const entities = Array.from(name, (character) => `&#${String(character.codePointAt(0))};`).join("");
  return [
    { text: `Invoice 4711 for ${name} of March`, place: "line" },
    { text: `${name}, 12 Mill Lane, Harrow`, place: "line" },
    { text: `Amelia Whitcombe c/o ${name}`, place: "name" },
    { text: `${name} (Blue Heron Books BV)`, place: "name" },
    { text: `Amelia ${name} Whitcombe`, place: "name" },
    { text: entities, place: "name" },
    { text: encodeURIComponent(name), place: "line" },
  ];
}

/** Identifiers of nobody, and what only looks like one. */
export const identifierTexts: readonly string[] = [
  "IMO 9278064",
  "imo no. 927-8064",
  "order 9278064",
  "9278064.50 USD",
  "BIC DEUTDEFF500, IBAN DE89 3704 0044 0532 0130 00",
  "DE89370400440532013000",
  "GB82WEST12345698765432 thanks",
  "passport no AB 123456",
  "PP NO: C4410221",
  "паспорт 45 03 123456",
  "ИНН 7707083893",
  "inn7707083893",
  "OGRN 1027700132195",
  "LEI 5493001KJTIIGC8Y1R12",
  "usdt to 0x52908400098527886E0F7030069857D2E4169EE7 thanks",
  "0x52908400098527886e0f7030069857d2e4169ee7",
  "btc bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
  "BC1QAR0SRRR7XFKVY5L643LYDNW9RE59GTZZWF5MDQ",
  "1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
  "commit 3f786850e387550fdab836ed7e6dc881de23001b",
  "123e4567-e89b-12d3-a456-426614174000",
  "mail desk@lantern.example or +44 20 7946 0000",
  "DESK (at) lantern (dot) example",
  "MMSI 273456780",
  "VAT GB 980 7806 84",
  "tel:+442079460000",
  "2026-11-29 12:00, ref 20261129-0001",
  "Amount 1,234,567.89",
  "٩٢٧٨٠٦٤ IMO",
  "IMO ９２７８０６４",
];

/** What a text of a party or an agent is called in a sentence, by the end of its path; `#` is where a line is counted. */
const ofBearer: Readonly<Record<string, string>> = {
  "address.lines": "address line #",
  "address.street": "street",
  "address.town": "town",
  "address.postCode": "postal code",
  "address.region": "region",
  "address.country": "country",
  birthPlace: "place of birth",
  birthDate: "birth date",
  nationalities: "nationality",
  residence: "residence",
  contact: "contact",
  "account.value": "account number",
  "identifiers.value": "identifier",
  "identifiers.issuer": "issuer of an identifier",
  bic: "BIC",
  lei: "LEI",
  clearingId: "clearing number",
};

/** What a reference or a code of an event is called, by its path. */
const ofEvent: Readonly<Record<string, string>> = {
  messageType: "message type",
  instructionId: "instruction reference",
  endToEndId: "end-to-end reference",
  uetr: "transaction reference",
  "money.currency": "currency",
  "sendMoney.currency": "currency that is sent",
  "payMoney.currency": "currency that is paid",
  fromCountry: "country of origin",
  toCountry: "country of destination",
};

/** `address line 2` of `parties[0].address.lines[1]`; null for a text that belongs to no party or agent. Lines are counted from one, as people do. */
export function wordsOfBearersText(path: string): string | null {
  const end = path.replace(/^(?:[a-z]+\[\d+\]|sender|beneficiary|collectionAgent|payoutAgent)\./, "");
  if (end === path) return null;
  const words = ofBearer[end.replaceAll(/\[\d+\]/g, "")] ?? "text";
  return words.replace("#", String(Number(/\[(\d+)\]$/.exec(end)?.[1] ?? 0) + 1));
}

/** `end-to-end reference` of `endToEndId`; null for what its role says. */
export function wordsOfReference(path: string): string | null {
  return ofEvent[path] ?? null;
}

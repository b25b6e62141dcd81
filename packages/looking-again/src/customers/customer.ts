import { partyToScreen, type ScreenableEvent } from "@cordon/decisions";
import { type IdentifierKind, identifierKindSymbols, type Party, type PartyType } from "@cordon/schemas";

/** One customer, as the firm knows him. */
export interface Customer {
  readonly id: string;
  readonly party: Party;
}

/** What could not be read as a customer, and so was not screened. */
export interface Refused {
  /** Of the file, from 1. */
  readonly line: number;
  /** In words that hold nothing of the customer but his id. */
  readonly why: string;
}

export type CustomerRead =
  | { readonly kind: "customer"; readonly customer: Customer }
  | { readonly kind: "refused"; readonly refused: Refused };

/** An event has no type for aircraft: what is unknown is compared with all. */
const types: Readonly<Record<string, PartyType>> = {
  person: "PERSON",
  individual: "PERSON",
  organisation: "ORGANISATION",
  organization: "ORGANISATION",
  company: "ORGANISATION",
  vessel: "VESSEL",
  aircraft: "UNKNOWN",
  unknown: "UNKNOWN",
};

const kinds: ReadonlySet<string> = new Set(identifierKindSymbols);

/** Longer ones are no keys: alerts are known by them. */
const longestId = 400;
const longestText = 4096;
const mostValues = 100;

const known: ReadonlySet<string> = new Set([
  "id",
  "name",
  "type",
  "birthDate",
  "birthPlace",
  "nationality",
  "nationalities",
  "country",
  "residence",
  "identifiers",
  "address",
  "account",
  "contact",
  "note",
]);

/** Raised while a customer is read, told with his line. */
class Unreadable extends Error {}

/**
 * One customer of an object such as `{"id", "name", "type"?, "birthDate"?, "nationalities"?, "country"?, "identifiers"?: [{"kind"?, "value",
 * "issuer"?}], "address"?, "account"?, "contact"?}`. A field that is none of these is refused, but for `note`: what stands in it would go
 * unscreened, and nobody would know.
 */
export function readCustomer(value: unknown, line: number): CustomerRead {
  try {
    return { kind: "customer", customer: customerOf(value) };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { kind: "refused", refused: { line, why: error.message } };
  }
}

function customerOf(value: unknown): Customer {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Unreadable("is no JSON object");
  const fields = value as Readonly<Record<string, unknown>>;
  const id = typeof fields["id"] === "number" ? String(fields["id"]) : fields["id"];
  if (typeof id !== "string" || id === "" || id.length > longestId)
    throw new Unreadable(`has no "id" of 1 to ${String(longestId)} characters`);
  const stranger = Object.keys(fields).find((name) => !known.has(name));
  if (stranger !== undefined)
    throw new Unreadable(
      `has a field ${JSON.stringify(stranger.slice(0, 40))}, which would not be screened: rename it, or put it into "note"`,
    );
  const { nationality, nationalities } = fields;
  const [country, residence] = [textOf(fields, "country"), textOf(fields, "residence")];
  if (country !== null && residence !== null && country !== residence)
    throw new Unreadable('has a "country" and another "residence", of which one would not be screened');
  return {
    id,
    party: {
      role: "OTHER",
      name: textOf(fields, "name") ?? "",
      type: typeOf(fields["type"]),
      address: addressOf(fields["address"]),
      birthDate: textOf(fields, "birthDate"),
      birthPlace: textOf(fields, "birthPlace"),
      nationalities: [...textsOf(nationalities, "nationalities"), ...textsOf(nationality, "nationality")],
      residence: country ?? residence,
      identifiers: identifiersOf(fields["identifiers"]),
      account: accountOf(textOf(fields, "account")),
      contact: textOf(fields, "contact"),
    },
  };
}

function textOf(fields: Readonly<Record<string, unknown>>, name: string): string | null {
  const text = fields[name];
  if (text === undefined || text === null || text === "") return null;
  if (typeof text !== "string" || text.length > longestText)
    throw new Unreadable(`has a "${name}" that is no text of up to ${String(longestText)} characters`);
  return text;
}

function textsOf(value: unknown, name: string): readonly string[] {
  if (value === undefined || value === null || value === "") return [];
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (values.length > mostValues) throw new Unreadable(`has more than ${String(mostValues)} ${name}`);
  return values.map((text) => textOf({ [name]: text }, name) ?? "").filter((text) => text !== "");
}

function typeOf(value: unknown): PartyType {
  if (value === undefined || value === null || value === "") return "UNKNOWN";
  const type = typeof value === "string" ? types[value.toLowerCase()] : undefined;
  if (type === undefined) throw new Unreadable('has a "type" that is none of person, organisation, vessel, aircraft');
  return type;
}

function identifiersOf(value: unknown): Party["identifiers"] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || value.length > mostValues)
    throw new Unreadable(`has "identifiers" that are no array of up to ${String(mostValues)}`);
  return value.map((one: unknown) => {
    const fields =
      typeof one === "object" && one !== null ? (one as Readonly<Record<string, unknown>>) : { value: one };
    const text = textOf(fields, "value");
    if (text === null) throw new Unreadable('has an identifier without a "value"');
    const kind = (textOf(fields, "kind") ?? "OTHER").toUpperCase();
    if (!kinds.has(kind)) throw new Unreadable('has an identifier of a "kind" that there is not');
    return { kind: kind as IdentifierKind, value: text, issuer: textOf(fields, "issuer") };
  });
}

/** An object as in events, or one text. */
function addressOf(value: unknown): Party["address"] {
  if (value === undefined || value === null || value === "") return null;
  if (typeof value === "string")
    return { country: null, town: null, postCode: null, region: null, street: null, lines: textsOf(value, "address") };
  if (typeof value !== "object" || Array.isArray(value))
    throw new Unreadable('has an "address" that is no object or text');
  const fields = value as Readonly<Record<string, unknown>>;
  const stranger = Object.keys(fields).find((name) => !addressFields.has(name));
  if (stranger !== undefined) throw new Unreadable('has an "address" with a field that is not known');
  return {
    country: textOf(fields, "country"),
    town: textOf(fields, "town"),
    postCode: textOf(fields, "postCode"),
    region: textOf(fields, "region"),
    street: textOf(fields, "street"),
    lines: textsOf(fields["lines"], "lines"),
  };
}

const addressFields: ReadonlySet<string> = new Set(["country", "town", "postCode", "region", "street", "lines"]);

function accountOf(text: string | null): Party["account"] {
  if (text === null) return null;
  const iban = /^[A-Z]{2}\d{2}[A-Z0-9]{8,30}$/.test(text.replaceAll(" ", ""));
  return { kind: iban ? "IBAN" : "OTHER", value: text, name: null };
}

/**
 * A customer as the screener reads a party whose name must be there. The event id is not the customer's own: an alert is known by it, and a
 * payment may have the same.
 */
export function customerToScreen({ id, party }: Customer): ScreenableEvent {
  return { eventId: `customer:${id}`, decideBy: null, money: noMoney, rail: null, ...partyToScreen(party, true) };
}

const noMoney = Object.freeze({ amount: new Uint8Array(), currency: "" });

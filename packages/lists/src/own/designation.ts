import {
  type Designation,
  designationId,
  type DesignationType,
  type ListedAddress,
  type ListedBirthDate,
  type ListedIdentifier,
  type ListedName,
} from "@cordon/matching/listed";

import { countryCode } from "../publisher/countries.ts";
import { createEntryNames } from "../publisher/entry-names.ts";
import { createListedIdentifiers } from "../publisher/listed-identifiers.ts";
import { partialDate } from "../publisher/partial-date.ts";
import type { Tally } from "../tally.ts";
import { type OwnColumn, ownIdentifiers } from "./columns.ts";
import { type OwnRecord, refuseOwn } from "./record.ts";

const maxIdChars = 64;

const types: ReadonlyMap<string, DesignationType> = new Map<string, DesignationType>([
  ["person", "PERSON"],
  ["organisation", "ORGANISATION"],
  ["vessel", "VESSEL"],
  ["aircraft", "AIRCRAFT"],
  ["other", "OTHER"],
]);

/** What every designation of a firm's own list belongs to that names no regime. */
const ownRegime = "Own list";

function only(record: OwnRecord, column: OwnColumn): string {
  return record.values(column)[0] ?? "";
}

function idOf(record: OwnRecord): string {
  const id = only(record, "id");
  if (id.length > maxIdChars || /\s/.test(id))
    throw refuseOwn(`spaces, or more than ${String(maxIdChars)} characters,`, record.line, "id");
  return id;
}

function typeOf(record: OwnRecord): DesignationType {
  const type = types.get(only(record, "type").toLowerCase());
  if (type === undefined) throw refuseOwn(`none of ${[...types.keys()].join(", ")}`, record.line, "type");
  return type;
}

function namesOf(record: OwnRecord, unknown: Tally): readonly ListedName[] {
  const names = createEntryNames(unknown);
  const add = (column: OwnColumn, parts: Omit<ListedName, "text">): void => {
    for (const text of record.values(column)) {
      if (!/[\p{L}\p{N}]/u.test(text)) throw refuseOwn("a name without a letter or digit", record.line, column);
      names.add({ text, ...parts });
    }
  };
  add("name", { kind: "PRIMARY", strength: "STRONG" });
  add("variations", { kind: "VARIATION", strength: "STRONG" });
  add("aliases", { kind: "ALIAS", strength: "STRONG" });
  add("weak_aliases", { kind: "ALIAS", strength: "WEAK" });
  add("former_names", { kind: "FORMER", strength: "STRONG" });
  return names.list();
}

/** `1980`, `1980-01`, `1980-01-31`, `~1980` for about, `1980/1985` for between. */
function birthDateOf(text: string, line: number): ListedBirthDate {
  const approximate = text.startsWith("~");
  const [first = "", last, ...more] = text.replace(/^~\s*/, "").split("/");
  const date = partialDate(first.trim());
  const until = last === undefined ? null : partialDate(last.trim());
  if (date === null || (last !== undefined && until === null) || more.length > 0 || (until ?? date) < date)
    throw refuseOwn("a date other than 1980, 1980-01, 1980-01-31, ~1980 or 1980/1985", line, "birth_dates");
  return { date, until, approximate };
}

function countryOf(text: string, record: OwnRecord, column: OwnColumn): string {
  const code = /^[A-Z]{2}$/.test(text) ? text : countryCode(text);
  if (code === null)
    throw refuseOwn("a country that is neither a two-letter code nor a known name", record.line, column);
  return code;
}

/** `value (RU)`: the value, and what stands in brackets behind it; null without. */
function bracketed(text: string): { readonly value: string; readonly inside: string | null } {
  const parts = /^(.*\S)\s*\(([^()]*)\)$/.exec(text);
  return parts === null ? { value: text, inside: null } : { value: parts[1] ?? "", inside: (parts[2] ?? "").trim() };
}

function addressOf(text: string): ListedAddress {
  const { value, inside } = bracketed(text);
  const country = inside === null ? null : /^[A-Z]{2}$/.test(inside) ? inside : countryCode(inside);
  // Brackets may be part of the address: then they stay where they are.
  return { text: country === null ? text : `${value}, ${country}`, city: null, postalCode: null, country };
}

/** These are numbers of one shape, written with or without spaces and in any case. */
const squeezed = new Set(["LEI", "BIC", "IBAN", "IMO", "MMSI"]);

function identifierOf(
  text: string,
  record: OwnRecord,
  { column, kind, shape }: (typeof ownIdentifiers)[number],
): ListedIdentifier {
  const { value: written, inside } = bracketed(text);
  const plain = squeezed.has(kind) ? written.replaceAll(/\s/g, "").toUpperCase() : written;
  const value = kind === "IMO" ? plain.replace(/^IMO/, "") : plain;
  if (!shape.test(value)) throw refuseOwn(`what cannot be a number of kind ${kind}`, record.line, column);
  if (inside === null) return { kind, value, note: null };
  if (kind === "WALLET") return { kind, value, note: null, currency: inside };
  if (kind === "OTHER" || kind === "PHONE" || kind === "EMAIL") return { kind, value, note: inside };
  return { kind, value, note: null, country: countryOf(inside, record, column) };
}

function identifiersOf(record: OwnRecord, unknown: Tally): readonly ListedIdentifier[] {
  const identifiers = createListedIdentifiers(unknown);
  for (const meaning of ownIdentifiers)
    for (const text of record.values(meaning.column)) identifiers.add(identifierOf(text, record, meaning));
  return identifiers.list();
}

function dateOf(record: OwnRecord, column: OwnColumn): string | null {
  const text = only(record, column);
  if (text === "") return null;
  const date = partialDate(text);
  if (date === null || date.length !== "1980-01-31".length)
    throw refuseOwn("a date other than one like 2026-01-31", record.line, column);
  return date;
}

function assetFreezeOf(record: OwnRecord): { readonly assetFreeze?: boolean } {
  const text = only(record, "asset_freeze").toLowerCase();
  if (text === "") return {};
  if (text !== "yes" && text !== "no") throw refuseOwn("neither yes nor no", record.line, "asset_freeze");
  return { assetFreeze: text === "yes" };
}

/** `uk:GIM0014`: the list and the key, so that one party on two lists is seen as such. */
function referencesOf(record: OwnRecord): readonly string[] {
  for (const reference of record.values("references"))
    if (!/^[a-z]+:\S+$/.test(reference))
      throw refuseOwn("a reference that is not like uk:GIM0014", record.line, "references");
  return record.values("references");
}

/**
 * One entry of the firm's own list as a designation. Everything in it must be understood: a slip is the firm's to mend
 * before it screens with the list; a number too short to be matched is counted. Throws LIST_MALFORMED, with line and column.
 */
export function ownDesignation(record: OwnRecord, unknown: Tally): Designation {
  const addresses = record.values("addresses").map(addressOf);
  const birthPlaces = record.values("birth_places");
  const remarks = record.values("remarks").map((text) => ({ label: "Remark", text }));
  const regimeCode = only(record, "regime_code");
  return {
    id: designationId("own", idOf(record)),
    list: "own",
    type: typeOf(record),
    names: namesOf(record, unknown),
    regime: only(record, "regime") === "" ? ownRegime : only(record, "regime"),
    regimeCode: regimeCode === "" ? null : regimeCode,
    measures: record.values("measures"),
    birthDates: record.values("birth_dates").map((text) => birthDateOf(text, record.line)),
    nationalities: record.values("nationalities").map((text) => countryOf(text, record, "nationalities")),
    identifiers: identifiersOf(record, unknown),
    designatedOn: dateOf(record, "designated_on"),
    updatedOn: dateOf(record, "updated_on"),
    references: referencesOf(record),
    ...assetFreezeOf(record),
    ...(addresses.length === 0 ? {} : { addresses }),
    ...(birthPlaces.length === 0 ? {} : { birthPlaces }),
    ...(remarks.length === 0 ? {} : { remarks }),
  };
}

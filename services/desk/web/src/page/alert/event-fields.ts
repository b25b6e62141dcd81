import { countryName, wordOf, writtenDate, writtenMoney, writtenTime } from "../words.ts";

/** One text of an event: where it stands, what it is, and as it came. */
export interface EventField {
  readonly path: string;
  readonly label: string;
  readonly text: string;
}

/** A party, an institution, or what the event says of itself. */
export interface EventGroup {
  readonly title: string;
  readonly fields: readonly EventField[];
}

type Fields = Readonly<Record<string, unknown>>;

/** An event is a few levels deep; what is deeper is no event. */
const deepest = 8;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Every text of an event in the order of its schema, by the paths that matches use, parties first: names, addresses, dates,
 * accounts, lines. What is empty is left out.
 */
export function groupsOf(event: unknown, now: number): readonly EventGroup[] {
  if (!isFields(event)) return [];
  const bearers: EventGroup[] = [];
  const own: EventField[] = [];
  for (const [key, value] of Object.entries(event)) {
    if (key === "origins" || key === "problems") continue;
    const members = Array.isArray(value) ? value : [value];
    if (members.length > 0 && members.every((member) => isFields(member) && isBearer(member)))
      for (const [index, member] of members.entries()) {
        const path = Array.isArray(value) ? `${key}[${String(index)}]` : key;
        bearers.push({ title: titleOf(key, member as Fields), fields: fieldsOf(member, path, [], now) });
      }
    else own.push(...fieldsOf(value, key, [wordOf(spaced(key))], now));
  }
  return [...bearers, { title: "The event", fields: own }].filter(({ fields }) => fields.length > 0);
}

function isBearer(value: Fields): boolean {
  return "role" in value || ("name" in value && ("type" in value || "bic" in value));
}

function titleOf(key: string, bearer: Fields): string {
  const role = bearer["role"];
  if (typeof role === "string" && role !== "OTHER") return wordOf(role);
  const plain: Readonly<Record<string, string>> = { parties: "A party", agents: "An institution" };
  return plain[key] ?? wordOf(spaced(key));
}

function fieldsOf(value: unknown, path: string, labels: readonly string[], now: number): readonly EventField[] {
  if (value === null || value === undefined || value === "" || labels.length > deepest) return [];
  const label = labels.at(-1) ?? wordOf(path);
  if (Array.isArray(value))
    return value.flatMap((member, index) => fieldsOf(member, `${path}[${String(index)}]`, labels, now));
  if (!isFields(value)) return [{ path, label, text: textOf(path, value, now) }];
  const money = moneyOf(value);
  if (money !== null) return [{ path, label, text: money }];
  const kind = value["kind"];
  const known = typeof kind === "string" && kind !== "OTHER" ? wordOf(kind) : label;
  return Object.entries(value).flatMap(([key, member]) => {
    if (key === "role" || key === "kind") return [];
    if (key === "type" && member === "UNKNOWN") return [];
    const own = key === "value" ? known : wordOf(spaced(key));
    return fieldsOf(member, `${path}.${key}`, [...labels, own], now);
  });
}

/** Names stay as they came, letter for letter; only codes and times are put into words. */
function textOf(path: string, value: unknown, now: number): string {
  const key = /[A-Za-z]+(?=(?:\[\d+\])?$)/.exec(path)?.[0] ?? "";
  if (/(?:At|By)$/.test(key) && (typeof value === "number" || typeof value === "string"))
    return writtenTime(value, now) || String(value);
  if (typeof value !== "string") return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
  if (key === "birthDate") return writtenDate(value).text;
  return value;
}

function moneyOf(value: Fields): string | null {
  const { amount, currency } = value as { readonly amount?: unknown; readonly currency?: unknown };
  if (typeof currency !== "string" || (typeof amount !== "string" && typeof amount !== "number")) return null;
  return writtenMoney({ amount, currency });
}

function spaced(key: string): string {
  return key.replaceAll(/([a-z])([A-Z])/g, "$1 $2");
}

/** The party or institution whose field a path is: `parties[1]` of `parties[1].address.lines[0]`. */
export function bearerOf(event: unknown, path: string): Fields | null {
  const [, key = "", index] = /^([A-Za-z]+)(?:\[(\d+)\])?/.exec(path) ?? [];
  if (!isFields(event)) return null;
  const value = event[key];
  const bearer: unknown = index === undefined ? value : Array.isArray(value) ? value[Number(index)] : undefined;
  return isFields(bearer) && isBearer(bearer) ? bearer : null;
}

/** Texts of a bearer, of those fields that are there. */
export function textsOf(bearer: Fields | null, key: string): readonly string[] {
  const value = bearer?.[key];
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
  return texts.filter((text): text is string => typeof text === "string" && text !== "");
}

/** Countries of a bearer: where it lives, and what its address says. */
export function countriesOf(bearer: Fields | null): readonly string[] {
  const address = bearer?.["address"];
  const ofAddress = isFields(address) ? textsOf(address, "country") : [];
  return [...new Set([...textsOf(bearer, "residence"), ...ofAddress])].map(countryName);
}

export function identifiersOf(bearer: Fields | null): readonly { readonly kind: string; readonly value: string }[] {
  const value = bearer?.["identifiers"];
  if (!Array.isArray(value)) return [];
  return value.filter(isFields).flatMap((identifier) => {
    const { kind, value: text } = identifier as { readonly kind?: unknown; readonly value?: unknown };
    return typeof text === "string" ? [{ kind: typeof kind === "string" ? kind : "OTHER", value: text }] : [];
  });
}

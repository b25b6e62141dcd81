import type { ConvertedField, FieldKind, FieldRole } from "../converted.ts";
import { refused } from "../message-error.ts";
import type { SourceText } from "../text/source-text.ts";
import type { JsonValue } from "./parse.ts";

/** What is gathered while an event is read. */
export interface Reading {
  readonly fields: ConvertedField[];
  readonly texts: SourceText[];
}

/** Where a value stands, and whose it is. */
export interface Place {
  readonly path: string;
  readonly role: FieldRole;
}

export type ValueReader<T> = (value: JsonValue, place: Place, reading: Reading) => T;

/** How a member of an object is read, and what it is where it is absent or null; without that it must be there. */
export interface MemberReader<T> {
  readonly read: ValueReader<T>;
  readonly absent?: { readonly value: T };
}

/** Every member of a record. Complete by its type: what is added to an event does not compile before somebody has said how it is read. */
export type Members<T> = { readonly [F in keyof T]-?: MemberReader<T[F]> };

export function must<T>(read: ValueReader<T>): MemberReader<T> {
  return { read };
}

export function maybe<T>(read: ValueReader<T>): MemberReader<T | null> {
  return { read, absent: { value: null } };
}

export function orElse<T>(read: ValueReader<T>, value: T): MemberReader<T> {
  return { read, absent: { value } };
}

function wrong({ start }: JsonValue, { path }: Place, what: string): never {
  throw refused("MESSAGE_MALFORMED", what, { path, offset: start });
}

/** A text, and how it is compared; null for one that is not screened, or that is told elsewhere. */
export function text(kind: FieldKind | null): ValueReader<string> {
  return (value, place, reading) => {
    if (value.kind !== "string") return wrong(value, place, "no text where one must stand");
    const { source } = value;
    if (source.text !== "" && kind !== null) {
      const { start, end, pieces } = source;
      const { path, role } = place;
      const field = { path, role, kind, text: source.text, start, end, eventPath: path };
      reading.fields.push(pieces.length > 0 ? { ...field, pieces } : field);
    }
    if (source.text !== "") reading.texts.push(source);
    return source.text;
  };
}

/** Not screened, and not a text of the message: ids and paths. */
export const plain: ValueReader<string> = (value, place) =>
  value.kind === "string" ? value.source.text : wrong(value, place, "no text where one must stand");

export function integer(least: number, most: number): ValueReader<number> {
  return (value, place) => {
    const number = value.kind === "number" && /^-?\d+$/.test(value.written) ? Number(value.written) : NaN;
    return number >= least && number <= most ? number : wrong(value, place, "no whole number of that range");
  };
}

/** One of the symbols that an enumeration has. */
export function symbol<T extends string>(symbols: readonly T[]): ValueReader<T> {
  const isSymbol = (said: string): said is T => symbols.some((one) => one === said);
  return (value, place) =>
    value.kind === "string" && isSymbol(value.source.text)
      ? value.source.text
      : wrong(value, place, "none of the symbols that may stand there");
}

export function list<T>(read: ValueReader<T>): ValueReader<readonly T[]> {
  return (value, place, reading) => {
    if (value.kind !== "array") return wrong(value, place, "no array where one must stand");
    return value.items.map((item, i) => read(item, { ...place, path: `${place.path}[${String(i)}]` }, reading));
  };
}

/** All members and no others. `roleOf` tells whose texts they are by what else stands in the object. */
export function record<T extends object>(
  members: Members<T>,
  roleOf: (value: JsonValue & { readonly kind: "object" }, place: Place) => FieldRole = (_, { role }) => role,
): ValueReader<T> {
  return (value, place, reading) => {
    if (value.kind !== "object") return wrong(value, place, "no object where one must stand");
    for (const [name, stranger] of value.members)
      if (!Object.hasOwn(members, name))
        wrong(stranger, within(place, name), "a member that an event does not have there");
    const role = roleOf(value, place);
    const made: Partial<T> = {};
    for (const name in members)
      made[name] = member(value, name, members[name], { ...within(place, name), role }, reading);
    return made as T;
  };
}

function member<T>(
  { members, start }: JsonValue & { readonly kind: "object" },
  name: string,
  { read, absent }: MemberReader<T>,
  place: Place,
  reading: Reading,
): T {
  const value = members.get(name);
  if (value !== undefined && value.kind !== "null") return read(value, place, reading);
  if (absent !== undefined) return absent.value;
  throw refused("MESSAGE_INCOMPLETE", "a member that must be there", { path: place.path, offset: start });
}

function within({ path, role }: Place, name: string): Place {
  return { path: path === "" ? name : `${path}.${name}`, role };
}

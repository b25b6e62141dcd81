import { CordonError } from "@cordon/errors";

import { type JsonObject, jsonObject, textsOf } from "../format/json-lines.ts";
import { dateOfIso } from "../publisher/dates.ts";
import { isRead, linkHolders, targetTopic } from "./properties.ts";

/** Longest id; the published ones have some sixty characters. */
const maxIdChars = 256;

/** One FollowTheMoney entity, with the properties that are read. */
export interface FtmEntity {
  readonly id: string;
  readonly caption: string;
  readonly schema: string;
  readonly properties: Readonly<Record<string, readonly string[]>>;
  /** Names of the properties that are not read. */
  readonly others: readonly string[];
  /** Ids that were merged into this one. */
  readonly referents: readonly string[];
  /** ISO 8601 date. */
  readonly changedOn: string | null;
  readonly line: number;
  /** UTF-16 code units of its texts. */
  readonly chars: number;
}

export function refuse(what: string, line: number): CordonError {
  return new CordonError("LIST_MALFORMED", `OpenSanctions: ${what} at line ${String(line)}`, { details: { line } });
}

function textAt(object: JsonObject, name: string, line: number): string {
  const text = object[name];
  if (typeof text !== "string" || text.trim() === "") throw refuse(`an entity without "${name}"`, line);
  return text;
}

/** The id of an entity, all that a deleted one needs. Throws LIST_MALFORMED. */
export function entityId(value: unknown, line: number): string {
  const object = jsonObject(value);
  if (object === null) throw refuse("a value that is no entity", line);
  const id = textAt(object, "id", line);
  if (id.length > maxIdChars) throw refuse("an id that is too long", line);
  return id;
}

export function valuesOf({ properties }: Pick<FtmEntity, "properties">, property: string): readonly string[] {
  return Object.hasOwn(properties, property) ? (properties[property] ?? []) : [];
}

export const isTarget = (entity: FtmEntity): boolean => valuesOf(entity, "topics").includes(targetTopic);

export const isLink = ({ schema }: FtmEntity): boolean => linkHolders.has(schema);

/** One entity as published: id, schema, properties of string arrays. Throws LIST_MALFORMED for another shape. */
export function readEntity(value: unknown, line: number): FtmEntity {
  const id = entityId(value, line);
  const object = jsonObject(value) ?? {};
  const schema = textAt(object, "schema", line);
  const published = jsonObject(object["properties"]);
  if (published === null) throw refuse('an entity without "properties"', line);
  const referents = object["referents"] === undefined ? [] : textsOf(object["referents"]);
  if (referents === null) throw refuse('"referents" that are no texts', line);

  const properties: Record<string, readonly string[]> = {};
  const others: string[] = [];
  let chars = id.length;
  for (const [property, given] of Object.entries(published)) {
    const texts = textsOf(given);
    if (texts === null) throw refuse("a property whose values are no texts", line);
    if (isRead(schema, property)) properties[property] = texts;
    else if (texts.length > 0) others.push(property);
  }
  for (const texts of [...Object.values(properties), referents]) for (const text of texts) chars += text.length;
  const { caption, last_change: changed } = object;
  return {
    id,
    caption: typeof caption === "string" ? caption : "",
    schema,
    properties,
    others,
    referents,
    changedOn: typeof changed === "string" ? dateOfIso(changed) : null,
    line,
    chars,
  };
}

import type { ListedName } from "@cordon/matching/listed";

import { cleanText } from "../format/clean-text.ts";
import { createEntryNames } from "../publisher/entry-names.ts";
import { separateNames } from "../publisher/separate-names.ts";
import type { Tally } from "../tally.ts";
import { type FtmEntity, refuse, valuesOf } from "./entity.ts";
import { isNewNameProperty, nameProperties } from "./properties.ts";

/** The name an entity goes by: its caption when that is one of its names of any kind, else the first of `name`. */
function primaryText(entity: FtmEntity): string {
  const { caption } = entity;
  if ([...nameProperties.keys()].some((property) => valuesOf(entity, property).includes(caption))) return caption;
  return valuesOf(entity, "name").find((name) => name.trim() !== "") ?? "";
}

/**
 * The names of a listed thing, the one it goes by first; the other values of `name` are spellings of it. A wallet
 * that nobody is named for goes by its key. Throws LIST_MALFORMED for one with no name at all.
 */
export function namesOf(entity: FtmEntity, unknown: Tally): readonly ListedName[] {
  const names = createEntryNames(unknown);
  const add = (text: string, parts: Omit<ListedName, "text">): void => {
    for (const name of separateNames(cleanText(text))) names.add({ text: name, ...parts });
  };
  add(primaryText(entity), { kind: "PRIMARY", strength: "UNKNOWN" });
  for (const [property, parts] of nameProperties) for (const text of valuesOf(entity, property)) add(text, parts);
  for (const property of Object.keys(entity.properties).filter(isNewNameProperty)) {
    unknown.count(`property ${property.slice(0, 64)}, taken for an alias`);
    for (const text of valuesOf(entity, property)) add(text, { kind: "ALIAS", strength: "UNKNOWN" });
  }
  let listed = names.list();
  if (listed.length === 0) {
    const keys = valuesOf(entity, "publicKey");
    // A thing without a name has its schema's for a caption: nobody is called that.
    const texts = keys.length > 0 || entity.caption === entity.schema ? keys : [entity.caption];
    for (const text of texts) add(text, { kind: "PRIMARY", strength: "UNKNOWN" });
    listed = names.list();
  }
  if (listed.length === 0) throw refuse("a listed entity without a name", entity.line);
  if (listed[0]?.kind !== "PRIMARY") unknown.count("designation without a primary name");
  for (const { text } of listed) if (text.includes("\uFFFD")) unknown.count("damaged character in a name");
  return listed;
}

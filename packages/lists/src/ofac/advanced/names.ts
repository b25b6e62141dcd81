import { CordonError } from "@cordon/errors";
import type { ListedName, NameKind } from "@cordon/matching/listed";

import { cleanText } from "../../format/clean-text.ts";
import { childrenOf, descendantsOf } from "../../format/xml-fields.ts";
import type { XmlElement } from "../../format/xml-records.ts";
import type { Tally } from "../../tally.ts";
import { ofacAliasKinds } from "../entry.ts";
import type { ReferenceValues } from "./reference-values.ts";

export interface NamesReading {
  readonly references: ReferenceValues;
  readonly unknown: Tally;
}

/** Parts that stand before the comma of `SURNAME, Given`. */
const familyParts = new Set(["last name", "maiden name", "matronymic"]);
const otherParts = new Set([
  "first name",
  "middle name",
  "patronymic",
  "entity name",
  "vessel name",
  "aircraft name",
  "nickname",
]);

interface NamePart {
  readonly text: string;
  readonly type: string;
  readonly script: string;
}

function refuse(what: string, line: number): CordonError {
  return new CordonError("LIST_MALFORMED", `OFAC list (ADVANCED): ${what} at line ${String(line)}`, {
    details: { line },
  });
}

/** Types of the parts of names, by the groups that the parts name. */
function partTypes(identity: XmlElement, { references }: NamesReading): ReadonlyMap<string, string> {
  return new Map(
    descendantsOf(identity, "NamePartGroups", "MasterNamePartGroup", "NamePartGroup").map(({ attributes }) => [
      attributes["ID"] ?? "",
      references.text("NamePartType", attributes["NamePartTypeID"]).toLowerCase(),
    ]),
  );
}

function partsOf(documented: XmlElement, types: ReadonlyMap<string, string>, reading: NamesReading): NamePart[] {
  return descendantsOf(documented, "DocumentedNamePart", "NamePartValue").flatMap(({ attributes, text }) => {
    const type = types.get(attributes["NamePartGroupID"] ?? "") ?? "";
    if (!familyParts.has(type) && !otherParts.has(type)) reading.unknown.count("type of a part of a name");
    const script = reading.references.text("Script", attributes["ScriptID"]);
    const part = cleanText(text);
    return part === "" ? [] : [{ text: part, type, script }];
  });
}

/** `SURNAME, Given` of the parts in one script, as the CSV has it; without a surname or more than it, all in order. */
function textOf(parts: readonly NamePart[]): string {
  const family = parts.filter(({ type }) => familyParts.has(type)).map(({ text }) => text);
  const rest = parts.filter(({ type }) => !familyParts.has(type)).map(({ text }) => text);
  return [family.join(" "), rest.join(" ")].filter((text) => text !== "").join(", ");
}

/** Kind and strength decide what is matched, so ones that are not known refuse the file. */
function kindOf(alias: XmlElement, { references }: NamesReading): NameKind {
  const type = references.text("AliasType", alias.attributes["AliasTypeID"]).toLowerCase().replaceAll(".", "");
  const kind = type === "name" ? "ALIAS" : ofacAliasKinds.get(type);
  if (kind === undefined) throw refuse("an alias type that is not known", alias.line);
  return alias.attributes["Primary"] === "true" ? "PRIMARY" : kind;
}

function strengthOf(alias: XmlElement): ListedName["strength"] {
  const low = alias.attributes["LowQuality"];
  if (low !== "true" && low !== "false") throw refuse("a LowQuality that is neither true nor false", alias.line);
  return low === "true" ? "WEAK" : "STRONG";
}

function documentedNames(
  alias: XmlElement,
  types: ReadonlyMap<string, string>,
  reading: NamesReading,
): readonly ListedName[] {
  const [kind, strength] = [kindOf(alias, reading), strengthOf(alias)];
  return childrenOf(alias, "DocumentedName").flatMap((documented) => {
    const parts = partsOf(documented, types, reading);
    return [...new Set(parts.map(({ script }) => script))].map((script): ListedName => {
      const text = textOf(parts.filter((part) => part.script === script));
      if (script === "Latin" || script === "") return { text, kind, strength };
      return { text, kind: kind === "PRIMARY" ? "VARIATION" : kind, strength, script };
    });
  });
}

/** The names of an identity in every script, persons' as `SURNAME, Given`. Throws LIST_MALFORMED for an unknown kind. */
export function namesOfIdentity(identity: XmlElement, reading: NamesReading): readonly ListedName[] {
  const types = partTypes(identity, reading);
  return childrenOf(identity, "Alias").flatMap((alias) => {
    const names = documentedNames(alias, types, reading);
    if (names.length === 0) reading.unknown.count("alias without a name");
    return names;
  });
}

import type { IdentifierKind, ListedIdentifier } from "../designation.ts";
import { LONGEST_VALUE, bicKeys, coded, families, isNumber, selfEvident } from "./identifier-keys.ts";
import { plainCharacters } from "./plain-characters.ts";

/**
 * The keys under which a listed identifier is found; none where it is too short or too vague to identify anybody.
 * A listed and an asked identifier are the same if and only if they have a key in common.
 */
export function keysOfListed({ kind, value }: Pick<ListedIdentifier, "kind" | "value">): readonly string[] {
  if (value.length > LONGEST_VALUE) return [];
  const keys = new Set(selfEvident(value));
  for (const part of partsOf(kind, value)) for (const key of listedKeys(kind, part)) keys.add(key);
  return [...keys];
}

function listedKeys(kind: IdentifierKind, value: string): readonly string[] {
  const family = families[kind];
  if (family !== undefined) {
    const plain = plainCharacters(value);
    return isNumber(plain) ? [`${family}:${plain}`] : [];
  }
  if (kind === "BIC") return bicKeys(value, "listed");
  return coded(kind, value);
}

/** Labels in front of a number: `INN: 25…`, `TIN - 16…`, `OGRN-1021600000124`; a dash in `A-333602` parts no label. */
const labelled =
  /([A-Za-z][A-Za-z. ]*?)\s*(?:[:–#]|\s-\s|-(?=[0-9]{9})|\sno\.?\s|\snumber\s)\s*([0-9][0-9A-Za-z/.-]*)/gi;

/** A number that many share: the reason code of a Russian taxpayer tells a tax office, not a firm. */
const shared = /(?:KPP|PPC)$/i;

/** Longer cells hold more than one number. */
const LONGEST_ALONE = 20;

/** A cell, and the numbers in it where it holds several, or one with its label. */
function partsOf(kind: IdentifierKind, value: string): readonly string[] {
  if (kind === "PHONE" || kind === "EMAIL") return value.split(/[;,]|\s\/\s|\sor\s/);
  return families[kind] === undefined ? [value] : numbersIn(value);
}

function numbersIn(value: string): readonly string[] {
  const parts: string[] = [];
  // `1247700291200KPP: 770701001INN: 97…`: a number may run into the label of the next one.
  const apart = value.replaceAll(/([0-9]{7,})([A-Za-z]{3,}\s*[:\-–])/g, "$1 $2");
  let labels = 0;
  for (const [, label = "", number = ""] of apart.matchAll(labelled)) {
    labels++;
    if (!shared.test(label)) parts.push(number);
  }
  if (plainCharacters(value).length <= LONGEST_ALONE) parts.push(value);
  return labels > 0 ? parts : [...parts, ...value.split(/[;,]|\s{2,}/)];
}

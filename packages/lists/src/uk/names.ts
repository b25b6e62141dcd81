import type { DesignationType, NameKind, NameStrength } from "@cordon/matching/listed";

import { cleanText } from "../format/clean-text.ts";

/** `Name type`, in lower case. A blank one occurs and is read as ALIAS, counted. */
export const ukNameKinds: ReadonlyMap<string, NameKind> = new Map<string, NameKind>([
  ["primary name", "PRIMARY"],
  ["primary name variation", "VARIATION"],
  ["alias", "ALIAS"],
]);

/** `Alias strength`, in lower case. Only designations that come from the UN have one. */
export const ukNameStrengths: ReadonlyMap<string, NameStrength> = new Map<string, NameStrength>([
  ["good quality a.k.a", "STRONG"],
  ["good quality a.k.a.", "STRONG"],
  ["low quality a.k.a", "WEAK"],
  ["low quality a.k.a.", "WEAK"],
  ["", "UNKNOWN"],
]);

/** `Designation Type`, in lower case. */
export const ukDesignationTypes: ReadonlyMap<string, DesignationType> = new Map<string, DesignationType>([
  ["individual", "PERSON"],
  ["entity", "ORGANISATION"],
  ["ship", "VESSEL"],
]);

/**
 * The name spread over its cells: Name 1 to Name 5 (given, further given, patronymic), then Name 6 (family name, or
 * all of the name of an entity or ship). Entities that repeat the whole name in Name 1 (BEL0122, BEL0125) get it once.
 */
export function ukFullName(type: DesignationType, given: readonly string[], family: string): string {
  const last = cleanText(family);
  const first = given.map(cleanText).filter((part) => part !== "" && !(type !== "PERSON" && part === last));
  return [...first, last].join(" ").trim();
}

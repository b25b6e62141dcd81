import type { ComparedField, Designation, ListedPlace } from "@cordon/matching/listed";

import type { AmendedDesignation } from "./diff-designations.ts";

/** What one field lost and gained, each value as a line for people to read. */
export interface FieldChange {
  readonly field: ComparedField;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

type Values = Exclude<Designation[ComparedField], undefined | null | ListedPlace>;
type Value = Values extends infer V ? (V extends readonly (infer Item)[] ? Item : V) : never;

/** The parts of a name, a date, a number that say something: `date 1980, approximate true`. */
function spelt(value: Value): string {
  if (typeof value !== "object") return String(value);
  const parts = Object.entries(value).flatMap(([name, part]: [string, string | boolean | null]) =>
    part === null || part === false ? [] : [`${name} ${String(part)}`],
  );
  return parts.join(", ");
}

function linesOf(designation: Designation, field: ComparedField): readonly string[] {
  const value = designation[field];
  if (value === undefined || value === null) return [];
  if (typeof value === "string" || typeof value === "boolean") return [String(value)];
  return "kind" in value ? [placeLine(value)] : value.map(spelt);
}

function placeLine({ kind, codes, elsewhere, rule, ruleInText, ruleOfOrigin }: ListedPlace): string {
  const others = elsewhere.map(({ spelling, countries }) => `${spelling} is in ${countries.join(" ")}, too`);
  const rules = `rule ${rule}, in text ${ruleInText}, of origin ${ruleOfOrigin}`;
  return [kind, ...codes, ...others, rules].join(", ");
}

/** The changes of an amended designation by field. For a terminal, not for logs: party names stand in them. */
export function describeChanges({ before, after, changedFields }: AmendedDesignation): readonly FieldChange[] {
  return changedFields.map((field) => {
    const [was, now] = [linesOf(before, field), linesOf(after, field)];
    return {
      field,
      removed: was.filter((line) => !now.includes(line)),
      added: now.filter((line) => !was.includes(line)),
    };
  });
}

import type { Designation, DesignationType } from "@cordon/matching";

/** A listed name that traffic may carry, and every designation that an alert on it may rightly name. */
export interface PlantedName {
  readonly text: string;
  readonly type: "PERSON" | "ORGANISATION";
  readonly designationIds: readonly string[];
}

export interface PlantedNames {
  readonly names: readonly PlantedName[];
  /** True for a word that stands in the names of several designations. */
  readonly usual: (word: string) => boolean;
}

/** A word of more designations than this is not what makes a name recognisable. */
const usualFrom = 5;
const leastLetters = 10;
const longestText = 140;

function plantable(type: DesignationType): type is "PERSON" | "ORGANISATION" {
  return type === "PERSON" || type === "ORGANISATION";
}

/** Latin letters, at least two words, and enough letters that no screener may take it for another name. */
function unmistakable(text: string): boolean {
  const words = text.split(" ").filter((word) => /[A-Za-z]{2}/.test(word));
  return (
    /^[A-Za-z][A-Za-z' .-]*$/.test(text) &&
    text.length <= longestText &&
    words.length >= 2 &&
    text.replaceAll(/[^A-Za-z]/g, "").length >= leastLetters
  );
}

/** Two names of the same words, in whatever order and case, are one name: either of their designations is right. */
function sameness(text: string): string {
  return (text.toLowerCase().match(/[a-z0-9]+/g) ?? []).toSorted().join(" ");
}

/** Chooses from the live index the names that synthetic traffic plants. The same designations give the same names. */
export function plantedNames(designations: Iterable<Designation>): PlantedNames {
  const candidates: { readonly text: string; readonly type: "PERSON" | "ORGANISATION" }[] = [];
  const idsByName = new Map<string, Set<string>>();
  const bearersOfWord = new Map<string, number>();
  for (const designation of designations) {
    const words = new Set<string>();
    for (const name of designation.names) {
      const text = name.text.trim().replaceAll(/\s+/g, " ");
      for (const word of text.toLowerCase().match(/[a-z]+/g) ?? []) words.add(word);
      const key = sameness(text);
      const ids = idsByName.get(key) ?? new Set();
      idsByName.set(key, ids.add(designation.id));
      if (name.strength !== "WEAK" && plantable(designation.type) && unmistakable(text))
        candidates.push({ text, type: designation.type });
    }
    for (const word of words) bearersOfWord.set(word, (bearersOfWord.get(word) ?? 0) + 1);
  }
  return {
    names: candidates.map(({ text, type }) => ({
      text,
      type,
      designationIds: [...(idsByName.get(sameness(text)) ?? [])].toSorted(),
    })),
    usual: (word) => (bearersOfWord.get(word.toLowerCase()) ?? 0) > usualFrom,
  };
}

import {
  type CompiledSearchOptions,
  type Designation,
  designationId,
  designationTypes,
  type ListedName,
  type NameMatch,
  scanIdentifiers,
  scanLinked,
  type ScreeningIndex,
  type SearchResult,
  newDesignation,
} from "@cordon/matching";

export function listed(id: string, name: string, more: Partial<Designation> = {}): Designation {
  const [list = "", key = ""] = id.split(":");
  return newDesignation({
    id: designationId(list, key),
    list,
    type: "PERSON",
    names: [{ text: name, kind: "PRIMARY", strength: "UNKNOWN" }],
    regime: "Test regime",
    ...more,
  });
}

/**
 * An index that matches when a listed name is in the text, letter for letter. Its score is the share of the text that
 * the name covers, so that shorter texts score higher; a line of free text that holds the name scores 100. `BROAD` is too broad; a text without an ASCII letter cannot be read.
 */
export function fakeIndex(designations: readonly Designation[]): ScreeningIndex & { readonly searched: string[] } {
  const searched: string[] = [];
  return {
    engineVersion: "fake-1",
    lists: [],
    names: designations.length,
    searched,
    lineKey: (text) => text,
    linesKey: () => null,
    work: { words: 0, postings: 0, candidates: 0, steps: 0 },
    findIdentifier: (keys) => scanIdentifiers(designations, keys),
    mayFindIdentifier: () => true,
    places: () => designations.filter(({ place }) => place !== undefined),
    linkedTo: (designation) => scanLinked(designations, designation),
    *designations() {
      yield* designations;
    },
    searchText(text: string, options: CompiledSearchOptions, place = "line"): SearchResult {
      if (place === "name") return { kind: "matches", matches: [] };
      searched.push(`text: ${text}`);
      if (text.includes("BROAD")) return { kind: "too-broad" };
      if (!/[a-z]/i.test(text)) return { kind: "unreadable" };
      const matches = designations
        .filter(({ type }) => (options.typeMask >> designationTypes.indexOf(type)) % 2 === 1)
        .flatMap((designation) => {
          const found = designation.names.find((name) => text.includes(name.text));
          return found === undefined ? [] : [matchOf(designation, found, found.text, text.indexOf(found.text))];
        });
      return { kind: "matches", matches };
    },
    search(text: string, options: CompiledSearchOptions): SearchResult {
      searched.push(text);
      if (text.includes("BROAD")) return { kind: "too-broad" };
      if (!/[a-z]/i.test(text)) return { kind: "unreadable" };
      const matches = designations
        .filter(({ type }) => (options.typeMask >> designationTypes.indexOf(type)) % 2 === 1)
        .flatMap((designation) => {
          const found = designation.names.find((name) => text.includes(name.text));
          return found === undefined ? [] : [matchOf(designation, found, text, text.indexOf(found.text))];
        })
        .filter((match) => match.score >= 100 * options.threshold);
      return { kind: "matches", matches: matches.toSorted((a, b) => b.score - a.score) };
    },
  };
}

function matchOf(designation: Designation, name: ListedName, text: string, start: number): NameMatch {
  const score = Math.floor((10_000 * name.text.length) / text.length);
  return {
    designation,
    name,
    score,
    start,
    end: start + name.text.length,
    reasons: [
      { kind: "exact", detail: name.text, points: 10_000 },
      { kind: "unmatched-in-payment", detail: "the rest", points: score - 10_000 },
    ],
  };
}

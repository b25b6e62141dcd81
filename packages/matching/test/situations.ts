import fc from "fast-check";

import { type Designation, designationTypes, type ListedName, nameKinds, nameStrengths } from "../src/designation.ts";
import { compileSearchOptions } from "../src/engine/options.ts";
import type { CompiledSearchOptions, NameMatch, SearchResult } from "../src/search.ts";
import { words } from "./arbitraries.ts";
import { designation } from "./example-designations.ts";

/** Words that meet each other in every way: exactly, misspelt, by sound, as particles, numbers and legal forms. */
const vocabulary = (
  "mohammed muhammad mohamad gaddafi qadhafi khadafi hussein husayn hassan osama usama laden al bin abu abd rahman " +
  "tetouani tetwani jahovic jahovitch kazawi gang alpa alpha trading company limited ooo fzco 1980 1981 61398 a b c " +
  "abcabcab abcabcabc abcacbab aabbaabb babababa xxxxxxx xxxxxxxx ali aly o'brien sa'id said obrien al-qaida алина 习近平 петров iii carlos oma omar kis kish"
).split(" ");
export const word = fc.constantFrom(...vocabulary);
export const phrase = fc.array(word, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(" "));
/** Of few letters, so that everything is nearly everything else. */
const adversarial = fc.array(words(1, 10), { minLength: 1, maxLength: 9 }).map((parts) => parts.join(" "));

export const listedName: fc.Arbitrary<ListedName> = fc.record({
  text: fc.oneof(
    { weight: 8, arbitrary: phrase },
    { weight: 4, arbitrary: adversarial },
    { weight: 1, arbitrary: fc.string({ unit: "grapheme" }) },
  ),
  kind: fc.constantFrom(...nameKinds),
  strength: fc.constantFrom(...nameStrengths),
});

export const list: fc.Arbitrary<readonly Designation[]> = fc
  .array(fc.tuple(fc.array(listedName, { minLength: 1, maxLength: 4 }), fc.constantFrom(...designationTypes)), {
    minLength: 1,
    maxLength: 12,
  })
  .map((entries) => entries.map(([names, type], at) => designation(String(at), names, type)));

export const options: fc.Arbitrary<CompiledSearchOptions> = fc
  .record({
    threshold: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 70, max: 86 }) }, fc.integer({ min: 70, max: 100 })),
    types: fc.oneof(fc.constant([...designationTypes]), fc.subarray([...designationTypes], { minLength: 1 })),
    weakAliases: fc.constantFrom("confirm" as const, "raise" as const),
  })
  .map(compileSearchOptions);

/** A name of the list, disturbed; or any other text. */
export function queriesOf(entries: readonly Designation[]): fc.Arbitrary<string> {
  const listed = entries.flatMap(({ names }) => names.map(({ text }) => text));
  const disturbed = fc
    .tuple(fc.constantFrom(...listed), fc.nat(), fc.nat(6), word)
    .map(([text, place, how, extra]) => disturb(text, { place, how, extra }));
  return fc.oneof(
    { weight: 4, arbitrary: disturbed },
    { weight: 2, arbitrary: phrase },
    { weight: 1, arbitrary: adversarial },
  );
}

function disturb(
  text: string,
  { place, how, extra }: { readonly place: number; readonly how: number; readonly extra: string },
): string {
  const at = place % (text.length + 1);
  switch (how) {
    case 0:
      return text.slice(0, at) + text.slice(at + 1);
    case 1:
      return text.slice(0, at) + text.slice(at + 1, at + 2) + text.slice(at, at + 1) + text.slice(at + 2);
    case 2:
      return text.split(" ").toReversed().join(" ").toUpperCase();
    case 3:
      return `${text} ${extra}`;
    case 4:
      return text.replaceAll(" ", "");
    case 5:
      return `${text.slice(0, at)}..`;
    default:
      return text;
  }
}

export interface Situation {
  readonly entries: readonly Designation[];
  readonly queries: readonly string[];
  readonly options: CompiledSearchOptions;
}

/** A list, texts to search in it, and how. */
export const situation: fc.Arbitrary<Situation> = list.chain((entries) =>
  fc.record({
    entries: fc.constant(entries),
    queries: fc.array(queriesOf(entries), { minLength: 1, maxLength: 12 }),
    options,
  }),
);

export function matchesOf(result: SearchResult): readonly NameMatch[] {
  return result.kind === "matches" ? result.matches : [];
}

export function idsOf(result: SearchResult): readonly string[] {
  return matchesOf(result).map((match) => match.designation.id);
}

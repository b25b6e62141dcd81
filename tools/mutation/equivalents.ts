/** A change of a condition that no test can notice, for it changes nothing but the time that something takes. */
export interface Equivalent {
  /** End of the path. */
  readonly file: string;
  /** What is written, and what it is changed to, as docs/mutation.md shows them, but that no sign is escaped. */
  readonly original: string;
  readonly replacements: readonly string[];
  readonly reason: string;
}

export const equivalents: readonly Equivalent[] = [
  {
    file: "decisions/src/compare.ts",
    original: "decoded === undefined",
    replacements: ["true"],
    reason: "a text is decoded again instead of being remembered; what it reads is the same",
  },
  {
    file: "decisions/src/compare.ts",
    original: "fields.length === screened.length",
    replacements: ["false"],
    reason: "names are counted twice to find that none is left out: the screened fields are all fields then",
  },
  {
    file: "decisions/src/policy.ts",
    original: "value === null",
    replacements: ["false"],
    reason: "nothing that a rule can say is null (`RuleConditions`, `RuleSettings`)",
  },
  {
    file: "decisions/src/policy.ts",
    original: "a < b",
    replacements: ["a <= b"],
    reason: "no two names of one object are equal",
  },
  {
    file: "decisions/src/line-seams.ts",
    original: "text.length < REACH",
    replacements: ["true", "text.length <= REACH"],
    reason: "lines are joined on that lie behind what is cut off in the end",
  },
  {
    file: "decisions/src/line-seams.ts",
    original: "whole.length < REACH",
    replacements: ["true", "whole.length <= REACH"],
    reason: "a text that is long enough is made once more, cut off at the same place",
  },
  {
    file: "decisions/src/screen-event.ts",
    original: "set === null",
    replacements: ["false"],
    reason: "without a set no good guy sets a match aside, which is asked next",
  },
  {
    file: "decisions/src/good-guys.ts",
    original: "known === undefined",
    replacements: ["true"],
    reason: "a fingerprint is made again instead of being remembered",
  },
  {
    file: "decisions/src/good-guys.ts",
    original: "candidates.length === 0",
    replacements: ["false"],
    reason: "the entry's hash is made, and no candidate is compared with it",
  },
  {
    file: "decisions/src/good-guys.ts",
    original: "rail !== null",
    replacements: ["true"],
    reason: "no good guy names a rail that is null",
  },
  {
    file: "decisions/src/party-fingerprint.ts",
    original: "text !== null",
    replacements: ["true"],
    reason: "of null the answer is null either way",
  },
  {
    file: "decisions/src/party-fingerprint.ts",
    original: "JSON.stringify(a) < JSON.stringify(b)",
    replacements: ["JSON.stringify(a) <= JSON.stringify(b)"],
    reason: "of two that are equal it does not matter which is first",
  },
  {
    file: "index-store/src/good-guys/signed-set.ts",
    original: "a.id < b.id",
    replacements: ["a.id <= b.id"],
    reason: "no two good guys have one id",
  },
  {
    file: "decisions/src/policy/conditions.ts",
    original: "value !== null",
    replacements: ["true"],
    reason: "no rule names a rail or a channel that is null",
  },
  {
    file: "decisions/src/policy/text-treatment.ts",
    original: "a < b",
    replacements: ["a <= b", "a >= b"],
    reason: "any order will do that is the same for all, and no two names of one object are equal",
  },
  {
    file: "decisions/src/policy/text-treatment.ts",
    original: "rules.length === 0",
    replacements: ["false"],
    reason: "without a rule each text is treated as usual, only found later",
  },
  {
    file: "decisions/src/policy/text-treatment.ts",
    original: "ofRole === undefined",
    replacements: ["true"],
    reason: "a treatment is looked up again instead of being remembered; it is the same one",
  },
  {
    file: "decisions/src/policy/text-treatment.ts",
    original: "treatment === undefined",
    replacements: ["true"],
    reason: "a treatment is looked up again instead of being remembered; it is the same one",
  },
  {
    file: "decisions/src/policy/treatment.ts",
    original: "holding.filter((at) => speaksOfTexts(rules[at]!))",
    replacements: ["holding"],
    reason: "a rule that says nothing of texts changes nothing of them",
  },
  {
    file: "decisions/src/policy/treatment.ts",
    original: "texts === undefined",
    replacements: ["true"],
    reason: "treatments of texts are looked up again instead of being remembered; they are the same ones",
  },
  {
    file: "decisions/src/places/find-places.ts",
    original: "code !== null",
    replacements: ["true"],
    reason: "no entry has the code null",
  },
  {
    file: "decisions/src/places/place-book.ts",
    original: "place === undefined",
    replacements: ["false"],
    reason: "the index gives no entry that is no place (`ScreeningIndex.places`)",
  },
  {
    file: "decisions/src/places/place-book.ts",
    original: "first === undefined",
    replacements: ["false"],
    reason: "a name without words is kept under no word that a text could have",
  },
  {
    file: "decisions/src/places/place-book.ts",
    original: "words.length > 1",
    replacements: ["true", "words.length >= 1"],
    reason: "a name of one word is kept twice, and found twice as the same",
  },
  {
    file: "decisions/src/places/place-book.ts",
    original: "word.length < SHORTEST_NEAR - 1",
    replacements: ["false"],
    reason: "a shorter word is looked up in vain: no key is so short",
  },
  {
    file: "decisions/src/places/place-book.ts",
    original: "joined.length === words.length",
    replacements: ["false"],
    reason: "where nothing was joined the same words are looked at twice",
  },
  {
    file: "decisions/src/policy-file/policy-document.ts",
    original: "length > 0",
    replacements: ["length >= 0"],
    reason: "what stands at the empty path is the whole file, which is answered next",
  },
  {
    file: "decisions/src/link-matches.ts",
    original: "designations.size < 2",
    replacements: ["false"],
    reason: "one entry alone is linked with nothing",
  },
  {
    file: "decisions/src/match-identifiers.ts",
    original: "found.length === 0",
    replacements: ["false"],
    reason: "of no identifiers there are no matches either way",
  },
  {
    file: "decisions/src/screenable-event.ts",
    original: "messageType !== null",
    replacements: ["true"],
    reason: "no type of a message is left, and the word null is none that is looked for",
  },
  {
    file: "screening/src/outputs.ts",
    original: "value === null",
    replacements: ["false"],
    reason: "a record without a value has no schema's id, which is asked next",
  },
  {
    file: "screening/src/fast-path/clear-parts.ts",
    original: "judges === undefined",
    replacements: ["true"],
    reason: "who judges is made again instead of being remembered, and judges the same",
  },
  {
    file: "screening/src/fast-path/clear-parts.ts",
    original: "!now.listsPlaces",
    replacements: ["false"],
    reason: "where no place is listed no country is, which is asked next",
  },
  {
    file: "screening/src/fast-path/clear-parts.ts",
    original: "inHand.workLeft >= 0",
    replacements: ["inHand.workLeft > 0"],
    reason: "an event that takes all of the work that is left is screened in full, with more",
  },
  {
    file: "screening/src/fast-path/known-bearers.ts",
    original: "kept !== undefined",
    replacements: ["false"],
    reason: "a memory is found by what it is for instead of by its place; it is the same one",
  },
  {
    file: "screening/src/fast-path/known-texts.ts",
    original: "memories === undefined",
    replacements: ["true"],
    reason: "a memory is found by what it is for instead of by its place; it is the same one",
  },
  {
    file: "screening/src/fast-path/known-texts.ts",
    original: "length >= 0",
    replacements: ["length > 0"],
    reason: "an empty text is judged again instead of being remembered",
  },
  {
    file: "screening/src/fast-path/known-texts.ts",
    original: "before !== NOTHING_KEPT && of.lines.keptAt() === inHand.judges.age.number",
    replacements: ["false"],
    reason: "a text is made of the bytes and found by its own",
  },
  {
    file: "screening/src/fast-path/recent-bytes.ts",
    original: "at + 4 <= end",
    replacements: ["false", "at + 4 < end"],
    reason: "bytes are hashed one by one: any hash will do that is the same each time",
  },
  {
    file: "screening/src/fast-path/recent-bytes.ts",
    original: "i + 4 <= length",
    replacements: ["false", "i + 4 < length"],
    reason: "bytes are compared, or copied, one by one",
  },
  {
    file: "screening/src/fast-path/recent-bytes.ts",
    original: "true",
    replacements: ["false"],
    reason: "four bytes are hashed in the other order: any hash will do that is the same each time",
  },
  {
    file: "screening/src/fast-path/recent-bytes.ts",
    original: "cells[cell] !== hash",
    replacements: ["false"],
    reason: "bytes whose hash is another are compared, and differ",
  },
  {
    file: "screening/src/fast-path/recent-bytes.ts",
    original: "i < length",
    replacements: ["false"],
    reason: "behind the same bytes no two runs of up to three have one hash: of 2,000 states all were tried",
  },
  {
    file: "screening/src/fast-path/recent-bytes.ts",
    original: "a.getUint8(aStart + i) !== b.getUint8(bStart + i)",
    replacements: ["false"],
    reason: "behind the same bytes no two runs of up to three have one hash: of 2,000 states all were tried",
  },
  {
    file: "screening/src/fast-path/known-texts.ts",
    original: "before === NOTHING_KEPT",
    replacements: ["true", "false", "before !== NOTHING_KEPT"],
    reason:
      "a text that was not found by its bytes is not found by its characters; one that was may be judged again instead of being renewed",
  },
  {
    file: "screening/src/fast-path/known-texts.ts",
    original: "workOfReading(text) > workLeft",
    replacements: ["false", "workOfReading(text) >= workLeft"],
    reason: "what takes more work than is left leaves less than none, which is asked in the end",
  },
  {
    file: "screening/src/fast-path/fast-path.ts",
    original: "bytes.buffer !== value.buffer",
    replacements: ["true"],
    reason: "a view is made for each event",
  },
  {
    file: "screening/src/fast-path/fast-path.ts",
    original: "idStart < 0",
    replacements: ["idStart <= 0"],
    reason: "no id begins a record",
  },
  {
    file: "screening/src/fast-path/fast-path.ts",
    original: "!policy.asked.anything",
    replacements: ["false"],
    reason: "where no rule asks anything each event is treated as usual, only found later",
  },
  {
    file: "screening/src/fast-path/known-seams.ts",
    original: "seams === undefined",
    replacements: ["true"],
    reason: "what stands across lines is judged again instead of being remembered",
  },
  {
    file: "screening/src/fast-path/known-seams.ts",
    original: "work <= MOST_WORK",
    replacements: ["work < MOST_WORK"],
    reason: "so much work is judged again instead of being remembered",
  },
  {
    file: "screening/src/fast-path/recent-bytes.ts",
    original: "young.end + HEAD + length > room",
    replacements: ["young.end + HEAD + length >= room"],
    reason: "a half is full one byte sooner",
  },
  {
    file: "screening/src/fast-path/recent-bytes.ts",
    original: "young.end > young.arena.byteLength",
    replacements: ["young.end >= young.arena.byteLength"],
    reason: "an arena grows one byte sooner",
  },
];

/** Conditions that decide whether money moves, and the tests that must notice when one is changed. */
export interface Area {
  readonly name: string;
  /** Patterns of Stryker, from the root. */
  readonly files: readonly string[];
  /** Patterns of test files, from the root: those that state what the files do, and no others, which would only take time. */
  readonly tests: readonly string[];
}

export const areas: readonly Area[] = [
  {
    name: "lists",
    files: ["packages/lists/src/guard-list.ts", "packages/lists/src/fill-rates.ts"],
    tests: ["packages/lists/test/guard-list.test.ts"],
  },
  {
    name: "messages/outcome",
    files: ["packages/decisions/src/{by-evidence,compare,judge-part,policy,screen-event,search-field,set-aside}.ts"],
    tests: ["packages/decisions/test/*.test.ts"],
  },
  {
    name: "decisions/policy",
    files: ["packages/decisions/src/policy/*.ts", "packages/decisions/src/{screenable-bearer,told}.ts"],
    tests: ["packages/decisions/test/{policy,policy-rules,treatments}.test.ts"],
  },
  {
    name: "decisions/policy-file",
    files: ["packages/decisions/src/policy-file/{check-rules,policy-document,read-policy-file}.ts"],
    tests: ["packages/decisions/test/policy-file.test.ts"],
  },
  {
    name: "decisions/places",
    files: ["packages/decisions/src/places/*.ts"],
    tests: ["packages/decisions/test/places.test.ts"],
  },
  {
    name: "good-guys",
    files: [
      "packages/decisions/src/{good-guys,party-fingerprint}.ts",
      "packages/index-store/src/good-guys/signed-set.ts",
      "services/screener/src/good-guys.ts",
    ],
    tests: ["packages/decisions/test/good-guys.test.ts", "services/screener/test/good-guys.test.ts"],
  },
  {
    name: "messages/bounds",
    files: ["packages/decisions/src/{line-seams,passed-over,place-names,work-meter}.ts"],
    tests: [
      "packages/decisions/test/{line-seams,passed-over,place-names,places,compare,judge-part,work-meter}.test.ts",
    ],
  },
  {
    name: "messages/texts",
    files: [
      "packages/decisions/src/{bearer-texts,link-matches,match-identifiers,plain-texts,screenable-event}.ts",
      "packages/decisions/src/screenable-identifier.ts",
    ],
    tests: [
      "packages/decisions/test/{screenable-event,passed-over,records,source-places,evidence,compare}.test.ts",
      "packages/decisions/test/{link-matches,match-identifiers,screen-event,what-decides}.test.ts",
    ],
  },
  {
    name: "schemas/writer",
    files: ["schemas/src/check-writer.ts"],
    tests: ["schemas/test/check-writer.test.ts"],
  },
  {
    name: "schemas/parts",
    files: ["schemas/src/{event-parts,parts-reader}.ts"],
    tests: ["schemas/test/parts-reader.test.ts"],
  },
  {
    name: "pipeline",
    files: [
      "packages/screening/src/{event-readers,key-text,outputs,screen-record,writer-of}.ts",
      "packages/screening/src/index/*.ts",
    ],
    tests: [
      "packages/screening/test/{event-readers,key-text,outputs,screen-record}.test.ts",
      "packages/screening/test/index/*.test.ts",
    ],
  },
  {
    name: "fast-path",
    files: ["packages/screening/src/fast-path/*.ts"],
    tests: [
      "packages/screening/test/fast-path/{ages,corridor,fast-path,known-seams,like-the-full-path,memory,packed-verdict}.test.ts",
      "packages/screening/test/fast-path/{known-seams,recent-bytes}.property.test.ts",
    ],
  },
  {
    name: "screener",
    files: ["services/screener/src/batch/screen-batch.ts", "services/screener/src/index/holder.ts"],
    tests: ["services/screener/test/{batch,index}/*.test.ts"],
  },
  {
    name: "matching/evidence",
    files: [
      "packages/matching/src/evidence/{birth-dates,check-digits,find-in-text,identifier-keys,listed-keys}.ts",
      "packages/matching/src/evidence/{may-hold-identifier,part-keys,text-parts,wallet,weigh}.ts",
    ],
    tests: ["packages/matching/test/evidence/*.test.ts"],
  },
  {
    name: "matching/decode",
    files: ["packages/matching/src/decode/{decode-text,lost-characters,reads-as-text}.ts"],
    tests: ["packages/matching/test/decode/*.test.ts"],
  },
  {
    name: "matching/text",
    files: ["packages/matching/src/text/{contained-name,may-hold-more,surroundings}.ts"],
    tests: ["packages/matching/test/text/*.test.ts"],
  },
];

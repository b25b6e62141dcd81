/** `npm run accuracy`: measures what the score recognises and writes docs/accuracy.md. */
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { listUnions } from "@cordon/load-tests";
import { engineVersion } from "@cordon/matching";

import { readCases, scorePair } from "./cases.ts";
import { falseHits, type FalseHits } from "./false-hits.ts";
import { type FamilyFigures, familyFigures } from "./families.ts";
import { fieldPairs } from "./field-pairs.ts";
import { innocents } from "./innocents.ts";
import { publishedPairs } from "./published-pairs.ts";
import {
  classTable,
  f1Table,
  falseHitTable,
  familyTable,
  fieldTable,
  groupsOf,
  publishedTable,
  scriptTable,
  wrongList,
} from "./report.ts";
import { scriptPairs } from "./script-pairs.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const shared = join(root, "../shared/data");

const cases = readCases(join(root, "tools/accuracy/cases.csv")).map(scorePair);
const published = publishedPairs(shared).map(scorePair);
if (published.length === 0) process.stderr.write("../shared/data is absent: only our own cases are measured\n");

const scripts = scriptPairs(shared);
const field = fieldPairs(shared).map(scorePair);

const alarms: (readonly [string, FalseHits])[] = [];
let families: readonly FamilyFigures[] = [];
for (const { lists, designations } of await listUnions(shared)) {
  families = familyFigures(designations);
  for (const group of innocents(shared)) alarms.push([lists, falseHits(designations, group)]);
}

const report = `# What the score recognises

Written by \`npm run accuracy\` with engine ${engineVersion}; do not edit. The cases are in
[tools/accuracy/cases.csv](../tools/accuracy/cases.csv): a payment's name, a listed name, and whether a person would call
them one name. Only those held out were not tuned on, so only they are evidence, and they are few. "Held out before" are the
rest of an earlier such set: what it showed to be wrong was repaired and is tuned on now, so what is left of it is right by
choice, and shows only that nothing went back. Some held out are of kinds that were repaired then. The list at the end names
what is wrong among those held out too: who repairs one marks it as tuned on. All cases were written by the makers of the
engine; pairs of other people are harder.

## F1 at each threshold

2 found / (2 found + missed + false), on our own cases. The default threshold is 85.

${f1Table(groupsOf(cases))}

## By class of variation, at 85

${classTable(cases)}

## Names of the UK and UN lists

Names of one designation that are plausibly one name written twice (likeness of letters at least 0.8, every fourth pair),
and look-alikes that are two designations. Aliases are not spellings: many of the former cannot be recognised by a score.

${published.length === 0 ? "Not measured: ../shared/data is absent." : publishedTable(published)}

## Other scripts, and other romanisations

Pairs of names labelled by others, at 85. The people are parted into two halves by their listed names: rules and tables were
tuned on one. Figures of the other were looked at while that was done, but none of its misses.

${scripts.length === 0 ? "Not measured: ../shared/data is absent." : scriptTable(scripts)}

## Listed names, written otherwise

1,000 names of each type and family, drawn from UK, UN and OFAC by a seed, written in one way, and searched for in those lists at 85; found if the search tells the entry.
An edit is a letter dropped, added, changed or swapped with the next, anywhere but at the beginning of the name: in a legal form or a short word, too.

${families.length === 0 ? "Not measured: ../shared/data is absent." : familyTable(families)}

## What practitioners complain of

The pairs of ../shared/data/field at 85. All of them were looked at while rules were made.

${field.length === 0 ? "Not measured: ../shared/data is absent." : fieldTable(field)}

## Innocent names that alert

Per thousand; in brackets without those whose every word has its partner in the listed name, as a namesake's has. No
score of names can tell a namesake apart. The made-up names join a forename and a surname that are among the commonest
of one country, so they hold far more namesakes than customers do.

${alarms.length === 0 ? "Not measured: ../shared/data is absent." : falseHitTable(alarms)}

## Every case that is judged wrongly at 85

${wrongList(cases)}
`;

writeFileSync(join(root, "docs/accuracy.md"), report);
process.stdout.write("docs/accuracy.md is written\n");

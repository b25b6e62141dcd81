import { markdownTable } from "@cordon/load-tests";

import { equivalents } from "./equivalents.ts";
import { type AreaResult, killedPercent, type MutatedFile, type Survivor } from "./report.ts";

/** docs/mutation.md: what was noticed, by area and by file, and each change that was not, with the reason where one is known. */
export function document(areas: readonly AreaResult[]): string {
  const files = areas.flatMap((area) => area.files);
  const left = files.flatMap(({ path, survivors }) => survivors.map((survivor) => ({ path, survivor })));
  const told = left.map(({ path, survivor }) => ({ path, survivor, reason: reasonOf(path, survivor) }));
  const same = told.filter(({ reason }) => reason !== null);
  const open = told.filter(({ reason }) => reason === null);
  return `# Conditions under mutation

Written by \`npm run mutation\`; do not edit. Each comparison, condition, logical operator, truth value and quantifier
(\`some\` and \`every\`, \`startsWith\` and \`endsWith\`, \`min\` and \`max\`, a \`filter\` or a \`trim\` left out) of the files below, which decide
whether money moves, is changed, one at a time, and the tests of its area are run ([Stryker](https://stryker-mutator.io) in
\`tools/mutation\`; its mutators ConditionalExpression, EqualityOperator, LogicalOperator, BooleanLiteral, MethodExpression, and CallExpression, which leaves a call out). A
property is tried on 60 examples and one seed. A change that no test notices survives.

| command | what it runs |
| --- | --- |
| \`npm run mutation\` | every area |
| \`npm run mutation -- lists good-guys\` | the areas named; the others keep their last result |
| \`npm run mutation -- lists --again\` | the same, but tries only what no test noticed before, and what changed |

**${String(killedPercent(files))} %** of ${String(count(files))} changes are noticed (goal: 95). ${String(same.length)} of those that are not change nothing that could be noticed; without them it is ${String(withoutEquivalents(files, same.length))} %.

${markdownTable(
  ["area", "changed", "noticed", "not noticed", "percent", "of them without effect", "minutes", "at"],
  areas.map(areaRow),
)}

${markdownTable(["file", "changed", "noticed", "not noticed"], files.map(fileRow))}

## Not noticed, and to be noticed

${tableOrNone(
  ["where", "written", "changed to"],
  open.map(({ path, survivor }) => place(path, survivor)),
)}

## Without effect

${tableOrNone(
  ["where", "written", "changed to", "why no test can notice"],
  same.map(({ path, survivor, reason }) => [...place(path, survivor), reason ?? ""]),
)}
`;
}

function areaRow({ name, files, seconds, day, commit }: AreaResult): readonly (string | number)[] {
  const survivors = files.flatMap(({ path, survivors: left }) => left.map((survivor) => reasonOf(path, survivor)));
  const without = survivors.filter((reason) => reason !== null).length;
  const all = count(files);
  const minutes = seconds === null ? "" : String(Math.ceil(seconds / 60));
  return [
    name,
    all,
    all - survivors.length,
    survivors.length,
    killedPercent(files),
    without,
    minutes,
    `${day}, ${commit}`,
  ];
}

function fileRow({ path, killed, survivors }: MutatedFile): readonly (string | number)[] {
  return [path, killed + survivors.length, killed, survivors.length];
}

function count(files: readonly MutatedFile[]): number {
  return files.reduce((sum, { killed, survivors }) => sum + killed + survivors.length, 0);
}

function withoutEquivalents(files: readonly MutatedFile[], equivalent: number): number {
  const killed = files.reduce((sum, file) => sum + file.killed, 0);
  return Math.floor((killed / (count(files) - equivalent)) * 1000) / 10;
}

/** By what is written, not by its line, which moves. */
function reasonOf(path: string, { original, replacement }: Survivor): string | null {
  const known = equivalents.find(
    (one) => path.endsWith(one.file) && one.original === original && one.replacements.includes(replacement),
  );
  return known?.reason ?? null;
}

function place(path: string, { line, original, replacement }: Survivor): readonly string[] {
  return [`${path}:${String(line)}`, `\`${cell(original)}\``, `\`${cell(replacement)}\``];
}

function cell(text: string): string {
  return text.replaceAll("`", "'");
}

function tableOrNone(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? "None." : markdownTable(head, rows);
}

import type { DesignationType } from "../src/designation.ts";
import { comparable, type ComparableName, fillComparison, relationBetween } from "../src/engine/compare-names.ts";
import { compileSearchOptions } from "../src/engine/options.ts";
import { listVariants } from "../src/normalise/list-variants.ts";
import { variants } from "../src/normalise/variants.ts";
import { type Profile, profileIndexOf, profiles, textProfile } from "../src/score/profile.ts";
import { bestScore, type Comparison, deduction, ENOUGH_WEIGHT, newComparison, scoreOf } from "../src/score/score.ts";
import { scanText } from "../src/text/scan-text.ts";
import { designation } from "./example-designations.ts";

/** The document with every block between markers written anew from the engine. */
export function withBlocks(document: string): string {
  return document.replaceAll(
    /<!-- (enough|profiles|example|line)(?:: ([^>]*?))? -->\n[\s\S]*?<!-- \/\1 -->/g,
    (_, kind: string, of: string | undefined) => {
      const [payment = "", listed = "", type = ""] = (of ?? "").split("|").map((part) => part.trim());
      const block = blockOf(kind)(payment, listed, type as DesignationType);
      return `<!-- ${of === undefined ? kind : `${kind}: ${of}`} -->\n${block}\n<!-- /${kind} -->`;
    },
  );
}

const blocks: Readonly<Record<string, (payment: string, listed: string, type: DesignationType) => string>> = {
  enough: () => `${String(ENOUGH_WEIGHT)},`,
  profiles: profileTable,
  example: workedExample,
  line: lineExample,
};

function blockOf(kind: string) {
  const block = blocks[kind];
  if (block === undefined) throw new Error(`no block is called ${kind}`);
  return block;
}

function at<T>(values: ArrayLike<T>, i: number): T {
  const value = values[i];
  if (value === undefined) throw new RangeError("past the end");
  return value;
}

function profileTable(): string {
  const named = {
    person: at(profiles, 0),
    "organisation, other": at(profiles, 1),
    "vessel, aircraft": at(profiles, 2),
  };
  const rows = Object.entries({ ...named, text: textProfile }).map(
    ([name, p]) =>
      `| ${[name, p.alpha, p.beta, p.conflict, p.otherFirst, p.missingFirst, p.otherNumber, p.common, p.commonAlone].join(" | ")} |`,
  );
  return [
    "| profile | A | B | conflict | otherFirst | missingFirst | otherNumber | common | commonAlone |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

const percent = (hundredths: number): string => (hundredths / 100).toFixed(2);

/** The pair of readings that `cordon compare` scores, with every number of its score. */
function workedExample(payment: string, listed: string, type: DesignationType): string {
  const profile = at(profiles, profileIndexOf(type));
  const comparison = newComparison();
  const [query, row] = bestReadings(comparison, { payment, listed, type, profile });
  fillComparison(comparison, query, row);
  const words = bestScore(comparison, profile, 1);
  const off = deduction(comparison, profile);
  return [
    `**${payment}** in a payment, **${listed}** on the list, profile ${type.toLowerCase()}:`,
    "",
    "| payment | weight | list | weight | relation | s |",
    "| --- | --- | --- | --- | --- | --- |",
    ...tableRows(comparison, query, row),
    "",
    "```",
    ...arithmetic(comparison, profile),
    `   words ${percent(words)}${off === 0 ? "" : `, what the whole takes off ${percent(off)}`}, score ${percent(words - off)}`,
    "```",
  ].join("\n");
}

interface Example {
  readonly payment: string;
  readonly listed: string;
  readonly type: DesignationType;
  readonly profile: Profile;
}

function bestReadings(
  comparison: Comparison,
  { payment, listed, type, profile }: Example,
): readonly [ComparableName, ComparableName] {
  let best: readonly [ComparableName, ComparableName] | undefined;
  let bestSoFar = -1;
  for (const row of listVariants(listed, type).map(comparable))
    for (const query of variants(payment).map(comparable)) {
      fillComparison(comparison, query, row);
      const score = scoreOf(comparison, profile, 1);
      if (score > bestSoFar) best = [query, row];
      bestSoFar = Math.max(bestSoFar, score);
    }
  if (best === undefined) throw new Error("an example of names that cannot be compared");
  return best;
}

function tableRows({ m, n, match, percent: s }: Comparison, query: ComparableName, row: ComparableName): string[] {
  const lines: string[] = [];
  for (let i = 0; i < m; i++) {
    const j = at(match, i);
    const own = `| ${at(query.terms, i).text} | ${String(query.weights[i])}`;
    if (j < 0) lines.push(`${own} | | | left over | |`);
    else {
      const { relation } = relationBetween(query, row, i, j);
      lines.push(
        `${own} | ${at(row.terms, j).text} | ${String(row.weights[j])} | ${relation} | ${String(s[i * n + j])} |`,
      );
    }
  }
  for (let j = 0; j < n; j++)
    if (!match.subarray(0, m).includes(j))
      lines.push(`| | | ${at(row.terms, j).text} | ${String(row.weights[j])} | left over | |`);
  return lines;
}

function arithmetic(comparison: Comparison, { alpha, beta }: Profile): string[] {
  const { m, n, match, percent: s, queryWeights, rowWeights } = comparison;
  const above: string[] = [];
  const below: string[] = [];
  let [p, q] = [0, 0];
  for (let i = 0; i < m; i++) {
    const j = at(match, i);
    if (j < 0) continue;
    const w = at(rowWeights, j);
    above.push(`200·${String(s[i * n + j])}·${String(w)}`);
    below.push(`200·${String(w)}`);
    p += 200 * at(s, i * n + j) * w;
    q += 200 * w;
  }
  for (let i = 0; i < m; i++) {
    if (at(match, i) >= 0) continue;
    below.push(`${String(alpha)}·${String(queryWeights[i])}`);
    q += alpha * at(queryWeights, i);
  }
  for (let j = 0; j < n; j++) {
    if (match.subarray(0, m).includes(j)) continue;
    below.push(`${String(beta)}·${String(rowWeights[j])}`);
    q += beta * at(rowWeights, j);
  }
  return [
    `S = (${above.join(" + ")}) / (${below.join(" + ")})`,
    `  = ${String(p)} / ${String(q)} = ${percent(Math.floor((100 * p) / q))} percent`,
  ];
}

function lineExample(line: string, listed: string, type: DesignationType): string {
  const result = scanText([designation("1", [listed], type)], line, compileSearchOptions());
  const [match] = result.kind === "matches" ? result.matches : [];
  if (match === undefined) throw new Error("an example of a line that contains nothing");
  return [
    `**${line}** contains **${listed}** in \`${line.slice(match.start, match.end)}\`, UTF-16 units ${String(match.start)} to ${String(match.end)}:`,
    "",
    "```",
    `${percent(match.score).padStart(7)}  score`,
    ...match.reasons.map(({ kind, detail, points }) => `${percent(points).padStart(7)}  ${kind}: ${detail}`),
    "```",
  ].join("\n");
}

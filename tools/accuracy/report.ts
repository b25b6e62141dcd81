import { markdownTable } from "@cordon/load-tests";

import { acrossScripts, type CaseUse, type ScoredPair } from "./cases.ts";
import type { FalseHits } from "./false-hits.ts";
import type { FamilyFigures, Recall } from "./families.ts";
import { type ScriptPair, scriptScore } from "./script-pairs.ts";

export const DEFAULT_THRESHOLD = 85;
export const thresholds: readonly number[] = [70, 75, 80, 82, 84, 85, 86, 88, 90, 92, 95, 98, 100];

const uses: readonly (readonly [CaseUse, name: string])[] = [
  ["tune", "tuned on"],
  ["passed", "held out before"],
  ["held", "held out"],
];

interface Outcome {
  readonly found: number;
  readonly missed: number;
  readonly false: number;
}

export function outcome(pairs: readonly ScoredPair[], threshold: number): Outcome {
  const hit = pairs.filter(({ score }) => score >= threshold);
  const found = hit.filter(({ same }) => same).length;
  return { found, missed: pairs.filter(({ same }) => same).length - found, false: hit.length - found };
}

/** 2 * found / (2 * found + missed + false). */
export function f1({ found, missed, false: wrong }: Outcome): number {
  return (2 * found) / (2 * found + missed + wrong);
}

function f1Cell(pairs: readonly ScoredPair[], threshold: number): string {
  return pairs.length === 0 ? "" : f1(outcome(pairs, threshold)).toFixed(3);
}

export function f1Table(groups: readonly (readonly [name: string, pairs: readonly ScoredPair[]])[]): string {
  return markdownTable(
    ["threshold", ...groups.map(([name, pairs]) => `${name} (${String(pairs.length)})`)],
    thresholds.map((threshold) => [String(threshold), ...groups.map(([, pairs]) => f1Cell(pairs, threshold))]),
  );
}

/** One row a class of variation: what was found of what should be, and false hits of what should not. */
export function classTable(pairs: readonly ScoredPair[]): string {
  const kinds = [...new Set(pairs.map(({ kind }) => kind))];
  return markdownTable(
    ["class", ...["found", "false"].flatMap((what) => uses.map(([, name]) => `${what}, ${name}`))],
    kinds.map((kind) => [
      kind,
      ...[true, false].flatMap((same) =>
        uses.map(([use]) => {
          const some = pairs.filter((pair) => pair.kind === kind && pair.same === same && pair.use === use);
          const hit = some.filter(({ score }) => score >= DEFAULT_THRESHOLD).length;
          return some.length === 0 ? "" : `${String(hit)} of ${String(some.length)}`;
        }),
      ),
    ]),
  );
}

export function publishedTable(pairs: readonly ScoredPair[]): string {
  const kinds = [...new Set(pairs.map(({ kind, type }) => `${kind}, ${type.toLowerCase()}`))].toSorted();
  return markdownTable(
    ["pairs", "in all", ...[80, 85, 90].map((threshold) => `reach ${String(threshold)}`)],
    kinds.map((kind) => {
      const some = pairs.filter((pair) => `${pair.kind}, ${pair.type.toLowerCase()}` === kind);
      const reach = [80, 85, 90].map((t) => String(some.filter(({ score }) => score >= t).length));
      return [kind, String(some.length), ...reach];
    }),
  );
}

function perThousand(count: number, { names }: FalseHits): string {
  return ((1000 * count) / names).toFixed(2);
}

export function falseHitTable(groups: readonly (readonly [lists: string, hits: FalseHits])[]): string {
  return markdownTable(
    ["threshold", ...groups.map(([lists, { source }]) => `${source}, ${lists}`)],
    thresholds.map((threshold) => [
      String(threshold),
      ...groups.map(([, hits]) => {
        const some = hits.hits.filter(({ score }) => score >= threshold);
        const other = some.filter(({ sameName }) => !sameName);
        return `${perThousand(some.length, hits)} (${perThousand(other.length, hits)})`;
      }),
    ]),
  );
}

/** Every wrong verdict at the default threshold, by class. */
export function wrongList(pairs: readonly ScoredPair[]): string {
  const wrong = pairs.filter(({ score, same }) => score >= DEFAULT_THRESHOLD !== same);
  return wrong
    .map(({ kind, use, same, score, payment, listed }) => {
      const what = same ? "missed" : "false hit";
      return `- ${kind}${use === "held" ? ", held out" : ""}: ${what}, ${score.toFixed(2)}: \`${payment}\` / \`${listed}\``;
    })
    .join("\n");
}

export function groupsOf(pairs: readonly ScoredPair[]): readonly (readonly [string, readonly ScoredPair[]])[] {
  return [
    ...uses.map(([use, name]) => [name, pairs.filter((pair) => pair.use === use)] as const),
    ["persons", pairs.filter(({ type }) => type === "PERSON")],
    ["organisations", pairs.filter(({ type }) => type === "ORGANISATION")],
    ["vessels", pairs.filter(({ type }) => type === "VESSEL")],
    ["across scripts", pairs.filter(acrossScripts)],
  ];
}

/** A row a kind of script or romanisation: how many of the pairs that are one name reach the threshold, in either half of the people. */
export function scriptTable(pairs: readonly ScriptPair[]): string {
  const scored = pairs.map((pair) => ({ ...pair, hit: scriptScore(pair) >= DEFAULT_THRESHOLD }));
  const cell = (some: typeof scored): string =>
    some.length === 0
      ? ""
      : `${(some.filter(({ hit }) => hit).length / some.length).toFixed(2)} of ${String(some.length)}`;
  const row = (name: string, some: typeof scored): readonly string[] => [
    name,
    cell(some.filter(({ same, tuned }) => same && tuned)),
    cell(some.filter(({ same, tuned }) => same && !tuned)),
    String(some.filter(({ same, hit }) => !same && hit).length),
    String(some.filter(({ same }) => !same).length),
  ];
  const kinds = [...Map.groupBy(scored, ({ kind }) => kind)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return markdownTable(
    ["kind", "found, tuned on", "found, held out", "false hits", "of pairs that differ"],
    [...kinds.map(([kind, some]) => row(kind, some)), row("**all**", scored)],
  );
}

function recallCell({ found, asked }: Recall): string {
  return `${((100 * found) / asked).toFixed(1)} of ${String(asked)}`;
}

/** A row a family: how many of the names asked for were found, percent. */
export function familyTable(figures: readonly FamilyFigures[]): string {
  const mean = (of: (figure: FamilyFigures) => Recall): string =>
    (figures.reduce((sum, figure) => sum + (100 * of(figure).found) / of(figure).asked, 0) / figures.length).toFixed(1);
  return markdownTable(
    ["family", "persons, % found", "organisations, % found"],
    [
      ...figures.map(({ family, persons, organisations }) => [family, recallCell(persons), recallCell(organisations)]),
      ["**mean**", mean(({ persons }) => persons), mean(({ organisations }) => organisations)],
    ],
  );
}

export function fieldTable(pairs: readonly ScoredPair[]): string {
  const kinds = [...new Set(pairs.map(({ kind }) => kind))];
  return markdownTable(
    ["kind", "found", "false hits"],
    [
      ...kinds.map((kind) =>
        fieldRow(
          kind,
          pairs.filter((pair) => pair.kind === kind),
        ),
      ),
      fieldRow("**all**", pairs),
    ],
  );
}

function fieldRow(name: string, pairs: readonly ScoredPair[]): readonly string[] {
  return [name, hitsOf(pairs, true), hitsOf(pairs, false)];
}

function hitsOf(pairs: readonly ScoredPair[], same: boolean): string {
  const some = pairs.filter((pair) => pair.same === same);
  return some.length === 0
    ? ""
    : `${String(outcome(some, DEFAULT_THRESHOLD)[same ? "found" : "false"])} of ${String(some.length)}`;
}

import type { DesignationType } from "@cordon/screening";

import { helpOption, readArguments } from "./arguments.ts";
import { comparePairs } from "./compare-pairs.ts";
import { percent, type ScoredPair, scoreOf, scorePair } from "./score-pair.ts";
import { outputTo, type Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

export const compareHelp = `Scores the name of a payment against a listed name: the engine's score, also below the threshold, 0 to 100.

  cordon compare NAME NAME [--type T] [--explain]
  cordon compare --pairs FILE.csv

  NAME NAME          the payment's name first, the list's second
  --type T           what the listed party is: person, organisation, vessel or aircraft (default: the type that gives the
                     higher score of person and organisation)
  --explain          the reasons as a table for a person, instead of JSON
  --pairs FILE.csv   a table with the columns name1 (the payment's), name2 (the list's) and, if you like, schema (Person,
                     Organization, Company, Vessel); written to stdout with the column "score" appended. - reads stdin
  --help

Two names print one JSON object: {"score", "type", "reasons": [{"kind", "detail", "points"}]}; the points sum to the score.
A name that leaves nothing to compare, or is too long to, scores 0 and has "hold" with the reason.
Exit code: 0 compared; 2 bad usage, or a table that cannot be read.
`;

const typeNames: ReadonlyMap<string, DesignationType> = new Map<string, DesignationType>([
  ["person", "PERSON"],
  ["organisation", "ORGANISATION"],
  ["organization", "ORGANISATION"],
  ["vessel", "VESSEL"],
  ["aircraft", "AIRCRAFT"],
]);

/** Compares two names, or a table of them. Throws UsageError. */
export async function compare(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = readArguments(args, {
    ...helpOption,
    type: { type: "string" },
    explain: { type: "boolean" },
    pairs: { type: "string" },
  });
  const output = outputTo(terminal.stdout);
  if (values.help === true) {
    await output.write(compareHelp);
    return 0;
  }
  if (values.pairs !== undefined) {
    if (positionals.length > 0 || values.type !== undefined || values.explain === true)
      throw new UsageError("--pairs takes names and types from its file: leave out names, --type and --explain");
    await comparePairs(values.pairs, terminal);
    return 0;
  }
  const [payment, listed, ...more] = positionals;
  if (payment === undefined || listed === undefined || more.length > 0)
    throw new UsageError("compare takes two names, each in quotes if it has spaces");
  const scored = scorePair(payment, listed, typeOf(values.type));
  await output.write(values.explain === true ? explained(scored) : `${JSON.stringify(printable(scored))}\n`);
  return 0;
}

function typeOf(name: string | undefined): DesignationType | null {
  if (name === undefined) return null;
  const type = typeNames.get(name.toLowerCase());
  if (type === undefined) throw new UsageError(`--type takes person, organisation, vessel or aircraft, not "${name}"`);
  return type;
}

function printable(scored: ScoredPair) {
  const { type, comparison } = scored;
  const score = scoreOf(scored) / 100;
  switch (comparison.kind) {
    case "compared": {
      const reasons = comparison.reasons.map(({ kind, detail, points }) => ({ kind, detail, points: points / 100 }));
      return { score, type: type.toLowerCase(), reasons };
    }
    case "unreadable":
      return { score, type: type.toLowerCase(), reasons: [], hold: "NAME_UNREADABLE" };
    case "too-broad":
      return { score, type: type.toLowerCase(), reasons: [], hold: "QUERY_TOO_BROAD" };
  }
}

function explained(scored: ScoredPair): string {
  const { type, comparison } = scored;
  const lines = [`${percent(scoreOf(scored)).padStart(7)}  score as ${type.toLowerCase()}`];
  if (comparison.kind === "compared")
    for (const { kind, detail, points } of comparison.reasons)
      lines.push(`${percent(points).padStart(7)}  ${kind}: ${detail}`);
  else lines.push(`         ${comparison.kind === "unreadable" ? "nothing to compare" : "too long to compare"}`);
  return `${lines.join("\n")}\n`;
}

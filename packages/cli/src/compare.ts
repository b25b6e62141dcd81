import { type DesignationType, type OfacScore, ofacScore } from "@cordon/matching";

import { helpOption, readArguments } from "./arguments.ts";
import { comparePairs, type PairScorer } from "./compare-pairs.ts";
import { percent, type ScoredPair, scoreOf, scorePair } from "./score-pair.ts";
import { outputTo, type Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

const compareHelp = `Scores the name of a payment against a listed name: the engine's score, also below the threshold, 0 to 100.

  cordon compare NAME NAME [--type T] [--explain]
  cordon compare --pairs FILE.csv
  cordon compare --method ofac …     what OFAC's Sanctions List Search would give, by its published method

  NAME NAME          the payment's name first, the list's second
  --type T           what the listed party is: person, organisation, vessel or aircraft (default: the type that gives the
                     higher score of person and organisation)
  --method M         cordon (default), or ofac: Jaro-Winkler of the whole names, and Jaro-Winkler and Soundex of their parts,
                     the higher of both (Treasury's FAQ 249), in whole percent; for people who must compare, Cordon decides
                     nothing by it. Write the listed name as OFAC does: "LAST, First"
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
    method: { type: "string" },
  });
  const output = outputTo(terminal.stdout);
  if (values.help === true) {
    await output.write(compareHelp);
    return 0;
  }
  const method = methodOf(values.method);
  if (values.pairs !== undefined) {
    if (positionals.length > 0 || values.type !== undefined || values.explain === true)
      throw new UsageError("--pairs takes names and types from its file: leave out names, --type and --explain");
    await comparePairs(values.pairs, scorers[method], terminal);
    return 0;
  }
  const [payment, listed, ...more] = positionals;
  if (payment === undefined || listed === undefined || more.length > 0)
    throw new UsageError("compare takes two names, each in quotes if it has spaces");
  if (method === "ofac") {
    if (values.type !== undefined) throw new UsageError("--method ofac knows no types: leave out --type");
    const score = ofacScore(payment, listed);
    await output.write(values.explain === true ? explainedOfac(score) : `${JSON.stringify(printableOfac(score))}\n`);
    return 0;
  }
  const scored = scorePair(payment, listed, typeOf(values.type));
  await output.write(values.explain === true ? explained(scored) : `${JSON.stringify(printable(scored))}\n`);
  return 0;
}

/** Hundredths of a percent. */
const scorers = {
  cordon: (payment, listed, type) => scoreOf(scorePair(payment, listed, type)),
  ofac: (payment, listed) => ofacScore(payment, listed).score * 100,
} as const satisfies Readonly<Record<string, PairScorer>>;

function methodOf(name = "cordon"): keyof typeof scorers {
  if (name === "cordon" || name === "ofac") return name;
  throw new UsageError(`--method takes cordon or ofac, not "${name}"`);
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

/** The points sum to the score, which the tool rounds to a whole percent. */
function ofacReasons({ score, technique, whole, parts }: OfacScore) {
  const reasons =
    technique === "whole-name"
      ? [{ kind: "whole-name", detail: "Jaro-Winkler of the whole names", points: pointsOf(whole) }]
      : parts.map(({ searched, listed, similarity, soundsAlike }) => ({
          kind: "name-part",
          detail:
            listed === null
              ? `${searched} is near no part`
              : `${searched} and ${listed}: ${pointsOf(similarity).toFixed(2)} %${soundsAlike ? ", sounds alike" : ""}`,
          points: pointsOf(similarity / parts.length),
        }));
  const rounding = Math.round(score * 100 - reasons.reduce((sum, reason) => sum + reason.points * 100, 0)) / 100;
  return rounding === 0 ? reasons : [...reasons, { kind: "rounding", detail: "to a whole percent", points: rounding }];
}

function pointsOf(similarity: number): number {
  return Math.round(similarity * 10_000) / 100;
}

function printableOfac(scored: OfacScore) {
  return { score: scored.score, method: "ofac", technique: scored.technique, reasons: ofacReasons(scored) };
}

function explainedOfac(scored: OfacScore): string {
  const lines = ofacReasons(scored).map(
    ({ kind, detail, points }) => `${points.toFixed(2).padStart(7)}  ${kind}: ${detail}`,
  );
  return `${scored.score.toFixed(2).padStart(7)}  score by OFAC's method\n${lines.join("\n")}\n`;
}

import type { BenchRow } from "./measure.ts";

const columns: readonly (readonly [title: string, cell: (row: BenchRow) => string])[] = [
  ["names", (row) => whole(row.names)],
  ["rows", (row) => whole(row.rows)],
  ["tokens", (row) => whole(row.tokens)],
  ["cold /s", (row) => whole(row.coldPerSecond)],
  ["warm /s", (row) => whole(row.warmPerSecond)],
  ["scan /s", (row) => row.exhaustivePerSecond.toFixed(2)],
  ["pairs /s", (row) => whole(row.exhaustivePairsPerSecond)],
  ["cold x", (row) => whole(row.coldPerSecond / row.exhaustivePerSecond)],
  ["warm x", (row) => whole(row.warmPerSecond / row.exhaustivePerSecond)],
  ["mismatches", (row) => `${whole(row.mismatches)} of ${whole(row.comparedHits)}`],
  ["postings", (row) => row.postingsPerQuery.toFixed(1)],
  ["candidates", (row) => row.candidatesPerQuery.toFixed(2)],
  ["hit %", (row) => (row.hitShare * 100).toFixed(2)],
  ["too broad", (row) => whole(row.tooBroad)],
  ["bytes/name", (row) => whole(row.bytesPerName)],
  ["build s", (row) => row.buildSeconds.toFixed(2)],
  ["p50 us", (row) => row.p50Micros.toFixed(1)],
  ["p99.9 us", (row) => row.p999Micros.toFixed(0)],
  ["max us", (row) => row.maxMicros.toFixed(0)],
  ["lines /s", (row) => whole(row.linesPerSecond)],
  ["line p50", (row) => row.lineP50Micros.toFixed(1)],
  ["line p99", (row) => row.lineP99Micros.toFixed(0)],
  ["line max", (row) => row.lineMaxMicros.toFixed(0)],
  ["postings/line", (row) => row.postingsPerLine.toFixed(1)],
  ["words/line", (row) => row.wordsPerLine.toFixed(2)],
  ["words/name", (row) => row.wordsPerQuery.toFixed(3)],
  ["line x name", (row) => row.lineBesideName.toFixed(1)],
  ["known p99", (row) => row.knownLineP99Micros.toFixed(0)],
  ["hit us", (row) => row.hitMicros.toFixed(1)],
  ["cold x 25", (row) => row.coldBesideFewNames.toFixed(2)],
  ["open x hash", (row) => row.openingBesideHash.toFixed(1)],
  ["longest step of opening, ms", (row) => row.longestStepMillis.toFixed(1)],
];

function whole(value: number): string {
  return Math.round(value).toLocaleString("en");
}

/** The rows as text, each column as wide as its widest cell. */
export function tableOf(rows: readonly BenchRow[]): string {
  const cells = [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, cell]) => cell(row)))];
  const widths = columns.map((_, at) => Math.max(...cells.map((line) => line[at]?.length ?? 0)));
  return cells.map((line) => line.map((cell, at) => cell.padStart(widths[at] ?? 0)).join("  ")).join("\n");
}

/** Sections of a snapshot that are one part of its bytes a name. */
const parts: readonly (readonly [part: string, sections: RegExp])[] = [
  ["designations", /^entity/],
  ["deletions", /^delete/],
  ["postings", /^posting/],
  ["anchors", /^anchor/],
  ["keys", /^key/],
  ["spaceless", /^spaceless/],
  ["rows", /^row/],
  ["words", /^(?:token|exact)/],
  ["identifiers", /^identifier/],
  ["ids", /^id(?:Offsets|Bytes)/],
];

/** Bytes a name by part, one line a list. */
export function bytesOf({ names, bytesPerNameOf }: BenchRow): string {
  const shares = parts.map(([part, sections]) => {
    const bytes = Object.entries(bytesPerNameOf).filter(([section]) => sections.test(section));
    return `${part} ${bytes.reduce((sum, [, size]) => sum + size, 0).toFixed(1)}`;
  });
  return `bytes a name, of ${whole(names)}: ${shares.join(", ")}`;
}

export const notes = `cold: first pass over the stream with an empty token cache; warm: second pass over the same stream.
scan: every row scored pair by pair by the same kernel, for a sample of the stream; its rate is the mean of that sample.
postings, candidates: a name, in the cold pass. p50, p99.9, max: name by name, elapsed time always, the lesser of two
passes that both begin with an empty cache. words/name, words/line: words looked up in the index, when none is remembered at
first. line x name: a cold line beside a cold name. known p99: a line without a match, its words known. hit us: a warm name
that hits, described. cold x 25: a cold name beside the same against 25 names. open x hash: with the native hash. line: the same for lines of free text of 140 characters, in microseconds.
`;

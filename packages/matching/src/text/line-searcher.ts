import type { ComparableName, ComparedWords } from "../engine/compare-names.ts";
import type { ListedEntry } from "../engine/listed-entries.ts";
import { DEFAULT_THRESHOLD } from "../engine/options.ts";
import type { QueryTokens } from "../engine/query-tokens.ts";
import { type SearchWork, WORK_LIMIT } from "../engine/work.ts";
import type { Variant } from "../normalise/variants.ts";
import { type Term, termOf } from "../relations/similarity.ts";
import { hasAny, lookUp } from "../retrieval/buckets.ts";
import type { FindNeighbours } from "../retrieval/neighbourhood.ts";
import { textProfile } from "../score/profile.ts";
import { newComparison, SPACELESS_SCORE } from "../score/score.ts";
import type { CompiledSearchOptions, TextPlace } from "../search.ts";
import type { Snapshot } from "../snapshot/open.ts";
import { typeBitOf, unpackTraits } from "../snapshot/row-traits.ts";
import { weightOf } from "../weights/weight.ts";
import { canBeContained, containedName, gainOf, percentInText } from "./contained-name.ts";
import { type LineSieve, lineSieve, type SieveScale, type Sifted } from "./line-sieve.ts";
import { type Line, lineOf } from "./line.ts";
import { ANCHOR_WORDS, type Anchors, anchorRows, anchoringSteps } from "./row-anchors.ts";
import { eachRunHash, foundTogether, soughtTogether } from "./run-together.ts";

/** A row that a line contains, and which reading of the line. */
export interface FoundInLine {
  readonly row: number;
  readonly reading: number;
  readonly score: number;
  readonly exactWeight: number;
  /** The name stands there with other spaces, see `foundTogether`. */
  readonly spaceless: boolean;
}

export interface SearchedText {
  readonly text: string;
  readonly place: TextPlace;
  readonly readings: readonly Variant[];
}

export interface LineSearcher {
  /** Makes, in steps of some milliseconds, what lines are searched by at the default threshold; else the first line makes it. */
  preparing(): Generator<void, void, void>;
  /** What the text may contain, before it is read in full: see `LineSieve`. */
  sift: LineSieve["sift"];
  /** Every row that a reading contains, of all or of those only that `sift` left; null past the work limit. */
  search(read: SearchedText, options: CompiledSearchOptions, sifted?: Sifted): readonly FoundInLine[] | null;
}

interface Pair {
  readonly line: Line;
  readonly row: number;
  readonly reading: number;
}

interface LineWord {
  readonly ids: Int32Array;
  readonly percents: Uint8Array;
  readonly weight: number;
}

/** Words remembered; past it the memory starts again empty. */
const MOST_WORDS = 1 << 16;

/** Anchors are made for the highest of these that is not above the threshold asked for. */
const anchorThresholds = [85, 70, 50];

export interface LineSearcherDeps {
  readonly snapshot: Snapshot;
  readonly findNeighbours: FindNeighbours;
  readonly work: SearchWork;
  readonly queryTokens: QueryTokens;
  readonly entryAt: (position: number) => ListedEntry;
  readonly sieveScale: SieveScale;
}

/**
 * The search for listed names in lines, over one snapshot. A row is looked at if the line has a neighbour of one of its
 * anchors. It is dropped if no run of words could carry it: over the line's words in order, each gives at most its
 * greatest gain with a word of the row, each without a relation costs threshold * alpha * weight, and the best sum over
 * runs must reach threshold * beta * (weight of the row). What is left is scored by `containedName` from its text.
 */
export function lineSearcher({
  snapshot,
  findNeighbours,
  work,
  queryTokens,
  entryAt,
  sieveScale,
}: LineSearcherDeps): LineSearcher {
  const { dictionary, rows } = snapshot;
  const sieves = new Map<Anchors, LineSieve>();
  const anchorsAt = new Map<number, Anchors>();
  const remembered = new Map<string, LineWord>();
  const comparison = newComparison();
  const tokenStamps = new Uint32Array(dictionary.size);
  const chainHeads = new Int32Array(dictionary.size);
  const rowStamps = new Uint32Array(rows.count);
  let epoch = 0;
  let chainNext = new Int32Array(1024);
  let chainSlot = new Int32Array(1024);
  let chainPercent = new Uint8Array(1024);
  let chained = 0;
  /** Neighbours of the line's words, each once. */
  let met = new Int32Array(1024);
  let metCount = 0;
  let slotGains = new Float64Array(64);
  /** Cost of leaving all words before a slot unmatched. */
  let costBefore = new Float64Array(65);
  let touched = new Int32Array(64);

  return {
    *preparing() {
      anchorsAt.set(DEFAULT_THRESHOLD, yield* anchoringSteps(dictionary, rows, DEFAULT_THRESHOLD));
      yield;
      sieveFor(DEFAULT_THRESHOLD);
    },
    sift: (text, options) => sieveFor(options.threshold).sift(text, options),
    search(searched, options, sifted) {
      const found: FoundInLine[] = [];
      if (sifted !== undefined) return searchSifted(searched, sifted, options, found) ? found : null;
      for (const [reading, tokens] of searched.readings.entries())
        if (!searchReading(searched, { tokens, reading }, options, found)) return null;
      return addTogether(searched, options, found) ? found : null;
    },
  };

  /** Names that stand in the plain reading with other spaces: filed under their letters, they are found run by run. False past the limit of work. */
  function addTogether(
    { text, place, readings: [plain] }: SearchedText,
    options: CompiledSearchOptions,
    found: FoundInLine[],
  ): boolean {
    if (plain === undefined || options.threshold * 100 > SPACELESS_SCORE) return true;
    const suspected = new Set<number>();
    const runs = eachRunHash(plain, (hash) => {
      if (hasAny(snapshot.spaceless, hash)) lookUp(snapshot.spaceless, hash, (row) => suspected.add(row));
    });
    // Each row that is suspected has all runs read again.
    work.steps += runs * (1 + suspected.size);
    if (work.steps > WORK_LIMIT) return false;
    if (suspected.size === 0) return true;
    noteTogether(lineOf(text, plain, place), suspected, options, found);
    return true;
  }

  function noteTogether(
    line: Line,
    suspected: Iterable<number>,
    options: CompiledSearchOptions,
    found: FoundInLine[],
  ): void {
    for (const row of suspected) {
      if ((typeBitOf(rows.traits[row]!) & options.typeMask) === 0) continue;
      const sought = soughtTogether(plainOf(row).tokens);
      if (sought !== null && foundTogether(line, sought) !== null)
        found.push({ row, reading: 0, score: SPACELESS_SCORE, exactWeight: 0, spaceless: true });
    }
  }

  function searchSifted(
    { text, place, readings: read }: SearchedText,
    { rows: left, together }: Sifted,
    options: CompiledSearchOptions,
    found: FoundInLine[],
  ): boolean {
    for (const [reading, tokens] of read.entries()) {
      const line = lineOf(text, tokens, place);
      for (const row of left) if (!compare({ line, row, reading }, options, found)) return false;
      if (reading === 0) noteTogether(line, together, options, found);
    }
    return true;
  }

  interface Reading {
    readonly tokens: Variant;
    readonly reading: number;
  }

  function searchReading(
    { text, place }: SearchedText,
    { tokens, reading }: Reading,
    options: CompiledSearchOptions,
    found: FoundInLine[],
  ): boolean {
    work.words += tokens.length;
    meet(tokens, options.threshold);
    const { heads, postings } = anchorsFor(options.threshold);
    let line: Line | null = null;
    for (let k = 0; k < metCount; k++) {
      const id = met[k]!;
      const begin = heads[id * 2]!;
      const end = heads[id * 2 + 2]!;
      work.postings += end - begin;
      if (work.postings > WORK_LIMIT) return false;
      for (let at = begin; at < end; at++) {
        const row = postings[at * ANCHOR_WORDS]! >>> 8;
        if (rowStamps[row] === epoch) continue;
        rowStamps[row] = epoch;
        if ((typeBitOf(rows.traits[row]!) & options.typeMask) === 0 || !mayCarry(row, options.threshold, place))
          continue;
        line ??= lineOf(text, tokens, place);
        if (!compare({ line, row, reading }, options, found)) return false;
      }
    }
    return true;
  }

  function compare({ line, row, reading }: Pair, options: CompiledSearchOptions, found: FoundInLine[]): boolean {
    work.candidates++;
    comparison.work = work.steps;
    const contained = containedName(comparison, line, wordsOf(row), options.threshold);
    work.steps = comparison.work;
    if (work.steps > WORK_LIMIT) return false;
    if (contained !== null)
      found.push({ row, reading, score: contained.score, exactWeight: contained.exactWeight, spaceless: false });
    return true;
  }

  function anchorsFor(threshold: number): Anchors {
    const at = anchorThresholds.find((each) => each <= threshold) ?? threshold;
    let anchors = anchorsAt.get(at);
    if (anchors === undefined) {
      anchors = anchorRows(dictionary, rows, at);
      anchorsAt.set(at, anchors);
    }
    return anchors;
  }

  function sieveFor(threshold: number): LineSieve {
    const anchors = anchorsFor(threshold);
    let sieve = sieves.get(anchors);
    if (sieve === undefined) {
      sieve = lineSieve({ snapshot, tokens: queryTokens, work, anchors, scale: sieveScale });
      sieves.set(anchors, sieve);
    }
    return sieve;
  }

  /** Begins a reading: gathers the neighbours of its words, and what leaving words out costs. */
  function meet(tokens: Variant, threshold: number): void {
    if (epoch === 0xffffffff) {
      tokenStamps.fill(0);
      rowStamps.fill(0);
      epoch = 0;
    }
    epoch++;
    chained = 0;
    metCount = 0;
    reserveSlots(tokens.length);
    for (const [slot, token] of tokens.entries()) {
      const { ids, percents, weight } = wordOf(token.text);
      reserveChains(ids.length);
      costBefore[slot + 1] = costBefore[slot]! + threshold * textProfile.alpha * weight;
      for (let k = 0; k < ids.length; k++) {
        const id = ids[k]!;
        if (tokenStamps[id] !== epoch) {
          tokenStamps[id] = epoch;
          chainHeads[id] = -1;
          met[metCount++] = id;
        }
        chainNext[chained] = chainHeads[id]!;
        chainSlot[chained] = slot;
        chainPercent[chained] = percents[k]!;
        chainHeads[id] = chained++;
      }
    }
  }

  function wordOf(text: string): LineWord {
    let word = remembered.get(text);
    if (word === undefined) {
      // Numbers of invoices come once each: they would drive out the words.
      if (dictionary.isForeignNumber(text)) return { ids: NO_IDS, percents: NO_PERCENTS, weight: weightOf(text) };
      word = lookedUp(text);
      if (remembered.size >= MOST_WORDS) remembered.clear();
      remembered.set(text, word);
    }
    return word;
  }

  /** With what counts within a text, as `containedName` has it. */
  function lookedUp(text: string): LineWord {
    const term = termOf(text);
    const found = findNeighbours(term);
    const kept: number[] = [];
    for (let k = 0; k < found.count; k++)
      if (percentInText(term, dictionary.term(found.ids[k]!), found.percents[k]!) > 0) kept.push(k);
    return {
      ids: Int32Array.from(kept, (k) => found.ids[k]!),
      percents: Uint8Array.from(kept, (k) => found.percents[k]!),
      weight: weightOf(text),
    };
  }

  function mayCarry(row: number, threshold: number, place: TextPlace): boolean {
    const start = rows.starts[row]!;
    const end = rows.starts[row + 1]!;
    let whole = 0;
    let metWords = 0;
    for (let at = start; at < end; at++) {
      const word = rows.tokens[at]!;
      whole += word & 0xff;
      if (tokenStamps[word >>> 8] === epoch) metWords++;
    }
    // One word of several tells too little, whatever it scores; most rows end here.
    if (metWords < 2 && end - start > 1) return false;
    if (end - start === 1 && !isLoneWord(rows.tokens[start]!, place)) return false;
    let count = 0;
    for (let at = start; at < end; at++) {
      const id = rows.tokens[at]! >>> 8;
      if (tokenStamps[id] !== epoch) continue;
      for (let link = chainHeads[id]!; link >= 0; link = chainNext[link]!) {
        const slot = chainSlot[link]!;
        const gain = gainOf(chainPercent[link]!, rows.tokens[at]! & 0xff, threshold);
        if (slotGains[slot] === 0) count = noteSlot(slot, count);
        if (gain > slotGains[slot]!) slotGains[slot] = gain;
      }
    }
    const best = bestRun(count);
    for (let k = 0; k < count; k++) slotGains[touched[k]!] = 0;
    return best >= threshold * textProfile.beta * whole;
  }

  function isLoneWord(word: number, place: TextPlace): boolean {
    return canBeContained(1, dictionary.term(word >>> 8).plain, word & 0xff, place);
  }

  /** Keeps `touched[0..count)` in the order of the line. */
  function noteSlot(slot: number, count: number): number {
    let at = count;
    for (; at > 0 && touched[at - 1]! > slot; at--) touched[at] = touched[at - 1]!;
    touched[at] = slot;
    return count + 1;
  }

  function bestRun(count: number): number {
    let best = 0;
    let run = 0;
    for (let k = 0; k < count; k++) {
      const slot = touched[k]!;
      if (k > 0) run = Math.max(0, run - (costBefore[slot]! - costBefore[touched[k - 1]! + 1]!));
      run += slotGains[slot]!;
      if (run > best) best = run;
    }
    return best;
  }

  /** The reading of a listed name that a row stands for, made from its text. */
  function plainOf(row: number): ComparableName {
    return entryAt(rows.entities[row]!).readingsOf(rows.names[row]!)[unpackTraits(rows.traits[row]!).variant]!;
  }

  /** The words of a row, by which it is compared. */
  function wordsOf(row: number): ComparedWords {
    const terms: Term[] = [];
    const weights: number[] = [];
    for (let at = rows.starts[row]!; at < rows.starts[row + 1]!; at++) {
      terms.push(dictionary.term(rows.tokens[at]! >>> 8));
      weights.push(rows.tokens[at]! & 0xff);
    }
    return { terms, weights };
  }

  function reserveSlots(count: number): void {
    if (count <= slotGains.length) return;
    slotGains = new Float64Array(count * 2);
    costBefore = new Float64Array(count * 2 + 1);
    touched = new Int32Array(count * 2);
  }

  function reserveChains(more: number): void {
    const needed = chained + more;
    if (needed > chainNext.length) {
      chainNext = grown(chainNext, needed * 2);
      chainSlot = grown(chainSlot, needed * 2);
      const percents = new Uint8Array(needed * 2);
      percents.set(chainPercent);
      chainPercent = percents;
    }
    if (metCount + more > met.length) met = grown(met, (metCount + more) * 2);
  }
}

const NO_IDS = new Int32Array(0);
const NO_PERCENTS = new Uint8Array(0);

function grown(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(array);
  return larger;
}

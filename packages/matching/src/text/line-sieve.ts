import { NEIGHBOUR, type QueryTokens, RECORD, FIRST_NEIGHBOUR, NEIGHBOURS, WEIGHT } from "../engine/query-tokens.ts";
import { type SearchWork, WORK_LIMIT } from "../engine/work.ts";
import { mayBeWrittenOtherwise } from "../normalise/canonical.ts";
import { disguisesInLine } from "../normalise/disguises.ts";
import { termOf } from "../relations/similarity.ts";
import { bitFilter, FILTERED, lookUp } from "../retrieval/buckets.ts";
import { FNV_BASIS, FNV_PRIME, mix } from "../retrieval/hash.ts";
import { bucketOf, BUCKETS, NO_TOKEN } from "../retrieval/postings.ts";
import { textProfile } from "../score/profile.ts";
import { SPACELESS_SCORE } from "../score/score.ts";
import type { CompiledSearchOptions } from "../search.ts";
import type { Snapshot } from "../snapshot/open.ts";
import { typeBitOf } from "../snapshot/row-traits.ts";
import { LEAST_OF_NUMBERS } from "../weights/weight.ts";
import { gainOf, percentInText } from "./contained-name.ts";
import { fastLineReader, MOST_LINE_WORDS, UNRELATED } from "./read-line-fast.ts";
import {
  ALONE,
  ANCHOR_WORDS,
  type Anchors,
  EITHER,
  HAS_ALONE,
  HAS_OTHERS,
  KIND,
  mostWeightOfKind,
  OTHERS,
  SUM_KIND,
} from "./row-anchors.ts";
import { LONGEST_TOGETHER, SHORTEST_TOGETHER } from "./run-together.ts";

/** Rows that a line may contain: those that some reading may hold word by word, and those with other spaces. */
export interface Sifted {
  readonly rows: readonly number[];
  readonly together: readonly number[];
}

/** Multipliers of its bounds, in percent; 100 but in the tests that prove them tight enough to be noticed. */
export interface SieveScale {
  /** How far from a word its partner may stand. */
  readonly window: number;
  /** What the best run of words could carry. */
  readonly run: number;
}

export interface LineSieve {
  /**
   * Every row that a reading of the text may contain, mostly none; null where the text must be read in full. It allocates
   * nothing for a text without such rows.
   */
  sift(text: string, options: CompiledSearchOptions): Sifted | "too-broad" | null;
}

export interface SieveDeps {
  readonly snapshot: Snapshot;
  readonly tokens: QueryTokens;
  readonly work: SearchWork;
  readonly anchors: Anchors;
  readonly scale: SieveScale;
}

/** What lines need of a neighbour: id 24 | percent 8, bucket 12 | weight 8, and the two words of its head in the anchors. */
const MET = 4;
/** Neighbours remembered in this way; past it the memory starts again empty. */
const MOST_MET = 1 << 20;

const NOTHING: Sifted = Object.freeze({ rows: Object.freeze([]), together: Object.freeze([]) });

const NO_TEXTS: readonly string[] = [];

/** Longest way of a window, in words: masks tell slots apart by their number modulo 32. */
const FARTHEST = 15;

/**
 * Rejects nearly every line before anything is made. A row stays only if the line has, for one of its anchors, a word
 * related to it, and near enough words related to those partners of the anchor that the row cannot do without: between
 * the words of a part that are related to the row, the others cost threshold * alpha * weight each, and all of them
 * together may cost (100 - threshold) * 200 * (weight of the row). What is left is dropped if no run of words could carry
 * the row. What it drops `containedName` finds nowhere in the line: it says nothing but "none".
 */
export function lineSieve({ snapshot, tokens, work, anchors, scale }: SieveDeps): LineSieve {
  const { dictionary, rows } = snapshot;
  const { offsets } = dictionary;
  const reader = fastLineReader(tokens, dictionary.isForeignNumber);
  const spacelessFilter = bitFilter(snapshot.spaceless);
  const spacelessShift = 32 - (31 - Math.clz32(snapshot.spaceless.starts.length - 1));
  const rowStamps = new Uint32Array(rows.count);
  let epoch = 0;
  /** Where the neighbours of each record begin in `met`, and their number; -1 before they are asked for. */
  let metAt = new Int32Array(2048).fill(-1);
  let met = new Uint32Array(MET << 10);
  let metEnd = 0;
  let generation = -1;
  /** For each bucket the slots, modulo 32, that have a neighbour in it; all of them for no token. */
  const masks = new Int32Array(BUCKETS);
  masks[NO_TOKEN] = -1;
  /** What leaving a slot out costs, and its window for each kind of row. */
  const costs = new Float64Array(MOST_LINE_WORDS);
  const windows = new Int32Array(MOST_LINE_WORDS * (OTHERS + 1));
  const slack = new Float64Array(OTHERS);
  const dearest = new Float64Array(OTHERS - 2);
  let lastSlot = 0;
  let found: number[] = [];

  function sift(text: string, options: CompiledSearchOptions): Sifted | "too-broad" | null {
    tokens.begin();
    if (generation !== tokens.generation() || metEnd > MOST_MET) forget();
    if (!reader.read(text)) return null;
    found = [];
    if (!siftReadings(options)) return "too-broad";
    const together = siftTogether(options);
    if (together === null) return "too-broad";
    // Letters in disguise make further readings: few lines have any.
    for (const disguised of reader.mixed ? disguisesInLine(text) : NO_TEXTS) {
      if (!reader.read(disguised)) return null;
      if (!siftReadings(options)) return "too-broad";
    }
    return found.length === 0 && together.length === 0 ? NOTHING : { rows: found, together };
  }

  function siftReadings(options: CompiledSearchOptions): boolean {
    if (!siftReading(reader.plain, reader.plainLength, options)) return false;
    return reader.mergedLength === 0 || siftReading(reader.merged, reader.mergedLength, options);
  }

  function forget(): void {
    metAt.fill(-1);
    metEnd = 0;
    generation = tokens.generation();
  }

  function beginEpoch(): void {
    if (epoch === 0xffffffff) {
      rowStamps.fill(0);
      epoch = 0;
    }
    epoch++;
  }

  function siftReading(reading: Int32Array, length: number, options: CompiledSearchOptions): boolean {
    work.words += length;
    beginEpoch();
    for (let slot = 0; slot < length; slot++) {
      const record = reading[slot]!;
      if (record !== UNRELATED) meet(record);
      costs[slot] = options.threshold * textProfile.alpha * weightOf(record);
    }
    fillMasks(reading, length);
    beginWindows(length, options.threshold);
    let complete = true;
    for (let slot = 0; slot < length && complete; slot++)
      if (reading[slot] !== UNRELATED) complete = siftSlot(slot, { reading, length, options });
    clearMasks(reading, length);
    return complete;
  }

  function weightOf(record: number): number {
    if (record === UNRELATED) return LEAST_OF_NUMBERS;
    tokens.weigh(record);
    return tokens.records[record * RECORD + WEIGHT]! & 0xff;
  }

  /** Gathers what counts of a word's neighbours within a text. */
  function meet(record: number): void {
    if (metAt.length <= record * 2 + 1) {
      const larger = new Int32Array(Math.max(record * 2 + 2, metAt.length * 2)).fill(-1);
      larger.set(metAt);
      metAt = larger;
    }
    if (metAt[record * 2]! >= 0) return;
    tokens.meet(record);
    const first = tokens.records[record * RECORD + FIRST_NEIGHBOUR]!;
    const count = tokens.records[record * RECORD + NEIGHBOURS]!;
    if (met.length < (metEnd + count) * MET) {
      const larger = new Uint32Array(Math.max((metEnd + count) * MET, met.length * 2));
      larger.set(met);
      met = larger;
    }
    metAt[record * 2] = metEnd;
    const term = count > 0 ? termOf(tokens.textOf(record)) : null;
    for (let k = first * NEIGHBOUR; k < (first + count) * NEIGHBOUR; k += NEIGHBOUR) {
      const id = tokens.arena[k]! >>> 8;
      const percent = tokens.arena[k]! & 0xff;
      if (percentInText(term!, dictionary.term(id), percent) === 0) continue;
      const to = metEnd++ * MET;
      met[to] = tokens.arena[k]!;
      met[to + 1] = tokens.arena[k + 1]!;
      met[to + 2] = anchors.heads[id * 2]!;
      met[to + 3] = anchors.heads[id * 2 + 1]!;
    }
    metAt[record * 2 + 1] = metEnd - metAt[record * 2]!;
  }

  function fillMasks(reading: Int32Array, length: number): void {
    for (let slot = 0; slot < length; slot++) {
      const record = reading[slot]!;
      if (record === UNRELATED) continue;
      const first = metAt[record * 2]! * MET;
      const end = first + metAt[record * 2 + 1]! * MET;
      for (let k = first; k < end; k += MET) masks[met[k + 1]! >>> 8]! |= 1 << (slot & 31);
    }
  }

  function clearMasks(reading: Int32Array, length: number): void {
    for (let slot = 0; slot < length; slot++) {
      const record = reading[slot]!;
      if (record === UNRELATED) continue;
      const first = metAt[record * 2]! * MET;
      const end = first + metAt[record * 2 + 1]! * MET;
      for (let k = first; k < end; k += MET) masks[met[k + 1]! >>> 8] = 0;
    }
    masks[NO_TOKEN] = -1;
  }

  /**
   * For each slot and kind the other slots that may be in one part with it. Of a row of n words n - 2 more may stand
   * between two of them, so that the dearest n - 2 of the words between cost nothing.
   */
  function beginWindows(length: number, threshold: number): void {
    for (let kind = 1; kind < OTHERS; kind++)
      slack[kind] = ((100 - threshold) * 200 * mostWeightOfKind[kind]! * scale.window) / 100;
    lastSlot = length - 1;
    windows.fill(0, 0, length * (OTHERS + 1));
  }

  /** The window of a slot for a kind, made when the first of the slot's is asked for. */
  function windowOf(slot: number, kind: number): number {
    const to = slot * (OTHERS + 1);
    if (windows[to + ALONE] === 0) {
      windows[to + ALONE] = 1;
      // Slots of a short line have a bit each.
      windows[to + OTHERS] = lastSlot < 32 ? ~(1 << slot) : -1;
      reach(slot, 1, Math.min(lastSlot, slot + FARTHEST));
      reach(slot, -1, Math.max(0, slot - FARTHEST));
    }
    return windows[to + kind]!;
  }

  function reach(slot: number, step: -1 | 1, last: number): void {
    dearest.fill(0);
    let sum = 0;
    const to = slot * (OTHERS + 1);
    for (let at = slot + step; step > 0 ? at <= last : at >= last; at += step) {
      const bit = 1 << (at & 31);
      let free = 0;
      for (let kind = 1; kind < OTHERS; kind++) {
        if (sum - free <= slack[kind]!) windows[to + kind]! |= bit;
        free += dearest[kind - 1]!;
      }
      if ((windows[to + OTHERS - 1]! & bit) === 0) return;
      const cost = costs[at]!;
      sum += cost;
      noteDearest(cost);
    }
    if (last === 0 || last === lastSlot) return;
    // What lies beyond may be in the window, too.
    let free = 0;
    for (let kind = 1; kind < OTHERS; kind++) {
      if (sum - free <= slack[kind]!) windows[to + kind] = windows[to + OTHERS]!;
      free += dearest[kind - 1]!;
    }
  }

  /** Keeps the greatest costs, greatest first. */
  function noteDearest(cost: number): void {
    let left = cost;
    for (let at = 0; at < dearest.length; at++) {
      const known = dearest[at]!;
      if (left <= known) continue;
      dearest[at] = left;
      left = known;
    }
  }

  interface Slots {
    readonly reading: Int32Array;
    readonly length: number;
    readonly options: CompiledSearchOptions;
  }

  function siftSlot(slot: number, slots: Slots): boolean {
    const { reading } = slots;
    const { postings } = anchors;
    const first = metAt[reading[slot]! * 2]! * MET;
    const end = first + metAt[reading[slot]! * 2 + 1]! * MET;
    for (let k = first; k < end; k += MET) {
      const sum = met[k + 3]!;
      const exact = (met[k]! & 0xff) === 100;
      const near = masks[sum & 0xfff]! | masks[(sum >>> 12) & 0xfff]!;
      const may = near !== 0 && (sum & HAS_OTHERS) !== 0 && (near & windowOf(slot, (sum >>> SUM_KIND) & KIND)) !== 0;
      // A name of one word counts if it is there letter for letter.
      if (!may && !(exact && (sum & HAS_ALONE) !== 0)) continue;
      const from = met[k + 2]!;
      const to = anchors.heads[(met[k]! >>> 8) * 2 + 2]!;
      work.postings += to - from;
      if (work.postings > WORK_LIMIT || work.steps > WORK_LIMIT) return false;
      for (let at = from * ANCHOR_WORDS; at < to * ANCHOR_WORDS; at += ANCHOR_WORDS) {
        const head = postings[at]!;
        const kind = head & KIND;
        if (kind === ALONE) {
          if (!exact) continue;
        } else {
          const within = windowOf(slot, kind);
          const one = (masks[postings[at + 1]! & 0xfff]! & within) !== 0;
          const two = (masks[postings[at + 1]! >>> 12]! & within) !== 0;
          if ((head & EITHER) === 0 ? !(one && two) : !(one || two)) continue;
        }
        suspect(head >>> 8, slot, kind, slots);
      }
    }
    return true;
  }

  /** Notes a row, once, unless no run of words around the slot could carry it. */
  function suspect(row: number, slot: number, kind: number, slots: Slots): void {
    if (rowStamps[row] === epoch) return;
    const { typeMask } = slots.options;
    if ((typeBitOf(rows.traits[row]!) & typeMask) === 0 || !mayCarry(row, slot, kind, slots)) return;
    rowStamps[row] = epoch;
    if (!found.includes(row)) found.push(row);
  }

  /**
   * Over the words in order, each gives at most its greatest gain with a word of the row, each without a relation costs
   * what it weighs, and the best sum over runs must reach threshold * beta * (weight of the row). Only words of the slot's
   * window may be in one part with it.
   */
  function mayCarry(row: number, slot: number, kind: number, { reading, length, options }: Slots): boolean {
    const start = rows.starts[row]!;
    const end = rows.starts[row + 1]!;
    const window = windowOf(slot, kind);
    const bounded = kind !== ALONE && kind !== OTHERS && window !== windowOf(slot, OTHERS);
    let from = bounded || kind === ALONE ? slot : 0;
    let to = bounded || kind === ALONE ? slot + 1 : length;
    if (bounded) {
      while (from > 0 && (window & (1 << ((from - 1) & 31))) !== 0) from--;
      while (to < length && (window & (1 << (to & 31))) !== 0) to++;
    }
    let whole = 0;
    let within = 0;
    const own = kind === ALONE ? -1 : window | (1 << (slot & 31));
    for (let at = start; at < end; at++) {
      const weight = rows.tokens[at]! & 0xff;
      whole += weight;
      if ((masks[bucketOf(rows.tokens[at]! >>> 8)]! & own) !== 0) within += weight;
    }
    work.steps += end - start;
    const least = options.threshold * textProfile.beta * whole;
    if (gainOf(100, within, options.threshold) < least) return false;
    let best = 0;
    let run = 0;
    let wordsMet = 0;
    for (let at = from; at < to; at++) {
      const gain = gainAt(reading[at]!, start, end, options.threshold);
      if (gain > 0) wordsMet++;
      run = gain > 0 ? run + gain : Math.max(0, run - costs[at]!);
      if (run > best) best = run;
    }
    // One word of several tells too little, whatever it scores.
    if (wordsMet < 2 && end - start > 1) return false;
    return best * scale.run >= least * 100;
  }

  /** The greatest gain of a word of the line with the words `[start, end)` of the rows. */
  function gainAt(record: number, start: number, end: number, threshold: number): number {
    if (record === UNRELATED) return 0;
    const first = metAt[record * 2]! * MET;
    const last = first + metAt[record * 2 + 1]! * MET;
    let most = 0;
    work.steps += 1 + ((last - first) >>> 2);
    for (let k = first; k < last; k += MET) {
      const id = met[k]! >>> 8;
      for (let at = start; at < end; at++) {
        if (rows.tokens[at]! >>> 8 !== id) continue;
        const gain = gainOf(met[k]! & 0xff, rows.tokens[at]! & 0xff, threshold);
        if (gain > most) most = gain;
      }
    }
    return most;
  }

  /** Rows that may stand in the plain reading with other spaces; null past the limit of work. See `eachRunHash`. */
  function siftTogether({ threshold, typeMask }: CompiledSearchOptions): readonly number[] | null {
    if (threshold * 100 > SPACELESS_SCORE) return NOTHING.together;
    const { bytes, starts, numbers, plainLength } = reader;
    let suspected: number[] | null = null;
    for (let from = 0; from < plainLength; from++) {
      let fnv = FNV_BASIS;
      for (let to = from; to < plainLength; to++) {
        // A key has no number in it.
        if (numbers[to] === 1 || starts[to + 1]! - starts[from]! > LONGEST_TOGETHER) break;
        work.steps++;
        for (let at = starts[to]!; at < starts[to + 1]!; at++) fnv = Math.imul(fnv ^ bytes[at]!, FNV_PRIME);
        if (starts[to + 1]! - starts[from]! < SHORTEST_TOGETHER) continue;
        const hash = mix(fnv);
        if (((spacelessFilter[hash >>> spacelessShift]! >>> (hash & FILTERED)) & 1) === 0) continue;
        lookUp(snapshot.spaceless, hash, (row) => {
          if ((typeBitOf(rows.traits[row]!) & typeMask) === 0 || !mayBeTogether(row, starts[from]!, starts[to + 1]!))
            return;
          if (suspected?.includes(row) !== true) (suspected ??= []).push(row);
        });
      }
      if (work.steps > WORK_LIMIT) return null;
    }
    return suspected ?? NOTHING.together;
  }

  /**
   * Whether the letters `[from, to)` of the reader may be all those of a row: hashes of others may be alike. Words that may be written
   * otherwise tell no letters, but every other stands there whole.
   */
  function mayBeTogether(row: number, from: number, to: number): boolean {
    let left = to - from;
    let sum = 0;
    for (let at = from; at < to; at++) sum += reader.bytes[at]!;
    let rewritten = false;
    for (let at = rows.starts[row]!; at < rows.starts[row + 1]!; at++) {
      const id = rows.tokens[at]! >>> 8;
      if (mayBeWrittenOtherwise(dictionary.textOf(id))) {
        rewritten = true;
        continue;
      }
      if (!standsIn(id, from, to)) return false;
      left -= offsets[id + 1]! - offsets[id]!;
      for (let k = offsets[id]!; k < offsets[id + 1]!; k++) sum -= dictionary.bytes[k]!;
    }
    return rewritten ? left > 0 : left === 0 && sum === 0;
  }

  /** Whether a word of the dictionary stands among these letters of the reader. */
  function standsIn(id: number, from: number, to: number): boolean {
    const { bytes } = dictionary;
    const begin = offsets[id]!;
    const length = offsets[id + 1]! - begin;
    for (let at = from; at + length <= to; at++) {
      let same = 0;
      while (same < length && reader.bytes[at + same] === bytes[begin + same]) same++;
      if (same === length) return true;
    }
    return false;
  }

  return { sift };
}
